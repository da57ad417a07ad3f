//! `listen`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Arguments of `listen`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ListenArgs {
    /// Something else than receiving.
    #[command(subcommand)]
    pub command: Option<ListenCommand>,
    /// What to receive.
    #[command(flatten)]
    pub receive: ReceiveArgs,
}

/// What to receive, and what to do with it.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct ReceiveArgs {
    /// Endpoint that deliveries are passed on to, byte for byte [default: they are shown only]
    #[arg(long, value_name = "URL")]
    pub forward_to: Option<String>,
    /// Event type to take, repeatable [default: all]
    #[arg(long = "event", value_name = "TYPE", conflicts_with = "local")]
    pub events: Vec<String>,
    /// Begin behind this position of the log [default: receive what comes from now on]
    #[arg(long, value_name = "CURSOR", conflicts_with_all = ["local", "from_beginning", "resume"])]
    pub since: Option<u64>,
    /// Begin with the first event of the log
    #[arg(long, conflicts_with_all = ["local", "resume"])]
    pub from_beginning: bool,
    /// Go on behind the last delivery of this marketplace in the capture
    #[arg(long, conflicts_with = "local", requires = "capture")]
    pub resume: bool,
    /// Keep every exchange in this SQLite file, which only you can read
    #[arg(long, value_name = "FILE")]
    pub capture: Option<PathBuf>,
    /// End after so many deliveries; exit 1 where one of them was not accepted
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// Seconds to wait for an answer of the endpoint, 1 to 120
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=120))]
    pub timeout: u64,
    /// Seconds without a connection after which it ends with exit code 4, 1 to 86400
    #[arg(long, value_name = "SECONDS", default_value_t = 60, conflicts_with = "local",
        value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub give_up_after: u64,
    /// Show deliveries on a web page of this machine, whose address is printed once
    #[arg(long)]
    pub ui: bool,
    /// Port of the web page; 0 takes a free one
    #[arg(long, value_name = "PORT", requires = "ui", default_value_t = 0)]
    pub ui_port: u16,
    /// On a terminal, write one line for each delivery in place of the view
    #[arg(long)]
    pub plain: bool,
    /// Be an endpoint on this machine that takes anything, without a marketplace
    #[arg(long)]
    pub local: bool,
    /// Port of the local endpoint; 0 takes a free one
    #[arg(long, requires = "local", default_value_t = 0)]
    pub port: u16,
    /// Status that the local endpoint answers [default: what the endpoint behind it answers, else 200]
    #[arg(long, value_name = "STATUS", requires = "local", value_parser = clap::value_parser!(u16).range(200..=599))]
    pub answer: Option<u16>,
    /// Name of this machine, such as a tunnel's, under which the local endpoint may be asked for, repeatable
    #[arg(long = "allow-host", value_name = "HOST", requires = "local")]
    pub allow_hosts: Vec<String>,
}

/// What else `listen` does.
#[derive(Debug, Subcommand)]
pub enum ListenCommand {
    /// Send a captured exchange again
    Replay(ReplayArgs),
    /// Say why a signature does not verify
    Explain(ExplainArgs),
    /// Print the secret that the marketplace signs your deliveries with, or write it to an .env file
    Secret {
        /// Set PROVENIQ_WEBHOOK_SECRET in this file, which only you can read, and print nothing secret
        #[arg(long, value_name = "FILE")]
        env_file: Option<PathBuf>,
    },
}

/// Arguments of `listen replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// Exchange: its id, or the webhook-id of its message
    pub id: String,
    /// File that holds it
    #[arg(long, value_name = "FILE")]
    pub capture: PathBuf,
    /// Endpoint to send it to [default: where it went before]
    #[arg(long, value_name = "URL")]
    pub to: Option<String>,
    /// Sign afresh: same id, the time of now
    #[arg(long)]
    pub resign: bool,
    /// Send this body in place of the captured one; needs --resign
    #[arg(long, value_name = "@FILE|-", requires = "resign")]
    pub body: Option<String>,
    /// Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace's]
    #[arg(long, value_name = "NAME", requires = "resign")]
    pub secret_env: Option<String>,
    /// Seconds to wait for an answer, 1 to 120
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=120))]
    pub timeout: u64,
}

/// Arguments of `listen explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// With --capture an exchange's id or webhook-id; else a file with a request (an exchange as JSON, or a raw HTTP
    /// request), or - for standard input
    #[arg(value_name = "ID|FILE")]
    pub subject: String,
    /// File that holds the exchange
    #[arg(long, value_name = "FILE")]
    pub capture: Option<PathBuf>,
    /// Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace's]
    #[arg(long, value_name = "NAME")]
    pub secret_env: Option<String>,
    /// When the request was received, as RFC 3339 [default: as told in the capture or the JSON]
    #[arg(long, value_name = "TIME")]
    pub received_at: Option<String>,
    /// Seconds before and behind the timestamp that are searched for the one that was signed, 0 to 604800
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400, value_parser = clap::value_parser!(u64).range(0..=604_800))]
    pub window: u64,
}
