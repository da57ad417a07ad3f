//! `verify`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Package, as `pack` writes it and the marketplace gives it
    #[arg(value_name = "PACKAGE")]
    pub package: PathBuf,
    /// What is said of it: an attestation of its publisher, a marketplace's countersignature, or the receipt with it
    #[arg(long, value_name = "FILE")]
    pub attestation: PathBuf,
    /// Public key (PEM) that must have signed it [default: the keys that the marketplace knows]
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}
