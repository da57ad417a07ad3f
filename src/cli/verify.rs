//! `verify`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Package that `pack` wrote or the marketplace gave, or a published version as publisher/name@1.0.0
    #[arg(value_name = "PACKAGE|NAME@VERSION")]
    pub package: PathBuf,
    /// What is said of it: an attestation, a countersignature, or a receipt [default: the receipt that publish kept,
    /// else what the marketplace tells]
    #[arg(long, value_name = "FILE")]
    pub attestation: Option<PathBuf>,
    /// Public key (PEM) that must have signed it [default: the keys that the marketplace knows]
    #[arg(long, value_name = "FILE", requires = "attestation")]
    pub key: Option<PathBuf>,
    /// Leave the package of NAME@VERSION in this file, where it verifies
    #[arg(long, value_name = "FILE", conflicts_with = "attestation")]
    pub out: Option<PathBuf>,
}
