//! `dev`.

use clap::Args;

/// Arguments of `dev`.
#[derive(Debug, Args)]
pub struct DevArgs {
    /// Port of the integration [default: a free one, the same for the whole session]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Start without building first
    #[arg(long)]
    pub no_build: bool,
    /// Seconds to wait until the integration is ready, 1 to 600
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub ready_timeout: u64,
}
