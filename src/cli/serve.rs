//! `serve`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Configuration: where it listens, its public address, its data, how people sign in
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,
}
