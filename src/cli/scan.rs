//! `scan`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `scan`.
#[derive(Debug, Args)]
pub struct ScanArgs {
    /// Folder or file to search
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Search what is staged and would be committed, as a git pre-commit hook
    #[arg(long, conflicts_with_all = ["history", "ignored"])]
    pub staged: bool,
    /// Search all that git's history holds, and name the commit
    #[arg(long, conflicts_with = "ignored")]
    pub history: bool,
    /// Search what git ignores too
    #[arg(long)]
    pub ignored: bool,
}
