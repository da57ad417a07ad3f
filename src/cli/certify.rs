//! `certify`.

use clap::{Args, ValueEnum};

/// Arguments of `certify`.
#[derive(Debug, Args)]
pub struct CertifyArgs {
    /// Tier to check for
    #[arg(long, value_enum, default_value = "listed")]
    pub tier: TierArg,
    /// Only the checks that need no running integration; the others are then not run
    #[arg(long = "static")]
    pub only_static: bool,
    /// Seed of what is sent to the integration, to repeat a run; a fresh one by default
    #[arg(long)]
    pub seed: Option<u64>,
    /// Start without building first
    #[arg(long)]
    pub no_build: bool,
}

/// Certification tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TierArg {
    /// Basic functionality, no review
    Listed,
    /// Code review and security scan
    Verified,
    /// Full audit and SLA commitment
    Premier,
}
