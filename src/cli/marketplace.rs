//! `demo`, `sandbox`, `search` and `info`.

#[cfg(feature = "server")]
use std::path::PathBuf;

use clap::Args;
#[cfg(feature = "server")]
use clap::Subcommand;

use super::CategoryArg;

/// Arguments of `demo`.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Leave the project, the package and the marketplace's data in this new folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
    /// Template to start from [default: webhook-typescript with Node, else webhook-python]
    #[arg(long, value_name = "TEMPLATE")]
    pub template: Option<String>,
}

/// Commands about the marketplace on this machine.
#[cfg(feature = "server")]
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Start it, in the foreground unless --detach is given
    Start {
        /// Run in the background
        #[arg(long)]
        detach: bool,
        /// Port to listen on; 0 takes a free one [default: the one used last, else 7464]
        #[arg(long)]
        port: Option<u16>,
        /// Address to listen on; anything but loopback lets others in
        #[arg(long, value_name = "ADDRESS")]
        host: Option<std::net::IpAddr>,
        /// Take reports of leaked keys that verify with this ECDSA P-256 public key (PEM), repeatable
        #[arg(long = "leak-reporter", value_name = "ID=FILE")]
        leak_reporters: Vec<String>,
        /// Life of the access tokens that it gives out, 1s to 24h, to try renewal with [default: 15m]
        #[arg(long, value_name = "DURATION")]
        access_token_lifetime: Option<String>,
        /// Leave the terminal's session: how --detach starts it
        #[arg(long, hide = true, conflicts_with = "detach")]
        leave_session: bool,
    },
    /// Stop it
    Stop,
    /// Tell whether it runs, and where
    Status {
        /// Print only the code with which a person signs in to it in a browser
        #[arg(long)]
        sign_in_code: bool,
    },
    /// Stop it and delete everything in it
    Reset,
    /// Add events to its log, from where `listen` receives them
    Emit(EmitArgs),
}

/// Arguments of `sandbox emit`.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub struct EmitArgs {
    /// Type of the event, such as webhook.ping
    #[arg(value_name = "TYPE")]
    pub event: String,
    /// The payload's data as JSON, from @FILE or - for standard input [default: a sample]
    #[arg(long, value_name = "@FILE|-", conflicts_with = "seed")]
    pub data: Option<String>,
    /// The whole body, delivered byte for byte, from @FILE or - for standard input
    #[arg(long, value_name = "@FILE|-", conflicts_with_all = ["seed", "data"])]
    pub body: Option<String>,
    /// Change a field of the payload, repeatable: data.subject.id=CLM-1
    #[arg(long = "set", value_name = "PATH=VALUE", conflicts_with = "body")]
    pub changes: Vec<String>,
    /// Events to add, 1 to 10000
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub count: u64,
    /// Seed of the samples, to repeat them [default: a fresh one, told in the outcome]
    #[arg(long)]
    pub seed: Option<u64>,
}

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words to look for; each may be the beginning of a word
    pub query: Vec<String>,
    /// Only this category
    #[arg(long, value_enum)]
    pub category: Option<CategoryArg>,
    /// Results to show, 1 to 100
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub limit: u32,
}

/// Arguments of `install`.
#[derive(Debug, Args)]
pub struct InstallArgs {
    /// Integration as publisher/name
    pub name: String,
    /// Settings as a JSON object, from @FILE or - for standard input
    #[arg(long, value_name = "@FILE|-")]
    pub settings: Option<String>,
    /// One setting, repeatable: region=north; what is no JSON is text
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
}

/// Arguments of `uninstall`.
#[derive(Debug, Args)]
pub struct UninstallArgs {
    /// Integration as publisher/name
    pub name: String,
}

/// Arguments of `logs`.
#[derive(Debug, Args)]
pub struct LogsArgs {
    /// Verify the audit log and show its latest entries
    #[arg(long)]
    pub audit: bool,
    /// Entries to show
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
}

/// Arguments of `info`.
#[derive(Debug, Args)]
pub struct InfoArgs {
    /// Integration as publisher/name
    pub name: String,
}
