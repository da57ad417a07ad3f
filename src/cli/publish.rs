//! `pack` and `publish`.

use std::path::PathBuf;

use clap::Args;

use super::certify::OutsideArgs;
use super::{TierArg, WaitArgs};

/// Arguments of `pack`.
#[derive(Debug, Args)]
pub struct PackArgs {
    /// File to write [default: NAME-VERSION.tar.zst in the project]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// List the files that would be packed, and write nothing
    #[arg(long, conflicts_with = "out")]
    pub list: bool,
    /// Pack although files differ from the last commit
    #[arg(long)]
    pub allow_dirty: bool,
}

/// Arguments of `publish`.
#[derive(Debug, Args)]
pub struct PublishArgs {
    /// Tier to publish as; more than listed needs a signing key, and awaits a reviewer's approval [default: listed]
    #[arg(long, value_enum)]
    pub tier: Option<TierArg>,
    /// Publish with an attestation that `certify --attest` wrote of this very package, and run nothing again
    #[arg(long, value_name = "FILE", conflicts_with_all = ["no_build", "osv_db", "endpoints"])]
    pub attestation: Option<PathBuf>,
    /// Check and show what would be sent; change nothing
    #[arg(long, conflicts_with = "wait")]
    pub dry_run: bool,
    /// Publish although files differ from the last commit
    #[arg(long)]
    pub allow_dirty: bool,
    /// Start what the package holds as it is, without building first
    #[arg(long)]
    pub no_build: bool,
    /// Waiting for the reviewer.
    #[command(flatten)]
    pub waiting: WaitArgs,
    /// What lies outside of the project.
    #[command(flatten)]
    pub outside: OutsideArgs,
}
