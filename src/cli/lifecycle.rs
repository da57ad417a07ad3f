//! What becomes of published versions: `status`, `yank`, `unyank` and `review`.

use std::time::Duration;

use clap::{Args, Subcommand};

use crate::publication::VersionedName;
use crate::webhook::parse_duration;

/// Whether and how long a decision is waited for.
#[derive(Debug, Args)]
pub struct WaitArgs {
    /// Follow the version until it is decided on: exit code 0 for active, 1 for rejected, 6 when the time is over
    #[arg(long)]
    pub wait: bool,
    /// Longest wait, up to 24h
    #[arg(long, value_name = "DURATION", default_value = "15m", value_parser = parse_duration, requires = "wait")]
    pub timeout: Duration,
}

/// Arguments of `status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Version as publisher/name@1.0.0 [default: that of the project]
    #[arg(value_name = "NAME@VERSION")]
    pub name: Option<VersionedName>,
    /// Waiting.
    #[command(flatten)]
    pub waiting: WaitArgs,
}

/// Arguments of `yank`.
#[derive(Debug, Args)]
pub struct YankArgs {
    /// Version as publisher/name@1.0.0
    #[arg(value_name = "NAME@VERSION")]
    pub name: VersionedName,
    /// Why, for those who use it
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Arguments of `unyank`.
#[derive(Debug, Args)]
pub struct UnyankArgs {
    /// Version as publisher/name@1.0.0
    #[arg(value_name = "NAME@VERSION")]
    pub name: VersionedName,
}

/// Arguments of `deprecate`.
#[derive(Debug, Args)]
pub struct DeprecateArgs {
    /// Version as publisher/name@1.0.0
    #[arg(value_name = "NAME@VERSION")]
    pub name: VersionedName,
    /// Why, and which to take, for those who use it
    #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
    pub message: Option<String>,
    /// Say so no longer
    #[arg(long, conflicts_with = "message")]
    pub undo: bool,
}

/// Commands of a marketplace's reviewers.
#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// List the versions that await a review, the one that waits longest first
    List {
        /// Versions to show, 1 to 1000
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
    /// Show what is claimed of a version, and what that rests on
    Show {
        /// Version as publisher/name@1.0.0
        #[arg(value_name = "NAME@VERSION")]
        name: VersionedName,
    },
    /// Grant the tier that a version claims
    Approve {
        /// Version as publisher/name@1.0.0
        #[arg(value_name = "NAME@VERSION")]
        name: VersionedName,
        /// Digest of the package that was reviewed [default: of the one that is shown]
        #[arg(long, value_name = "SHA256")]
        digest: Option<String>,
    },
    /// Refuse a version
    Reject {
        /// Version as publisher/name@1.0.0
        #[arg(value_name = "NAME@VERSION")]
        name: VersionedName,
        /// Why, for its publisher; repeatable
        #[arg(long = "reason", value_name = "TEXT", required = true)]
        reasons: Vec<String>,
        /// Digest of the package that was reviewed [default: of the one that is shown]
        #[arg(long, value_name = "SHA256")]
        digest: Option<String>,
    },
}
