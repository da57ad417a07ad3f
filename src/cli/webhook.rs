//! `test-webhook`.

use clap::{Args, ValueEnum};

use super::load::LoadArgs;
use super::retry_schedule::RetryScheduleArgs;

/// Arguments of `test-webhook`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct TestWebhookArgs {
    /// Endpoint that already runs [default: build and start the integration of this folder]
    pub url: Option<String>,
    /// Suite to run, repeatable [default: delivery, signature and robustness]
    #[arg(long = "suite", value_name = "NAME", value_enum, help_heading = "What to run")]
    pub suites: Vec<SuiteArg>,
    /// Case to run, repeatable
    #[arg(long = "case", value_name = "ID", help_heading = "What to run")]
    pub cases: Vec<String>,
    /// List every case there is here, and send nothing
    #[arg(long, help_heading = "What to run")]
    pub list_cases: bool,
    /// Event type to send, repeatable; without --suite or --case it is sent once and nothing else
    #[arg(long = "event", value_name = "TYPE", help_heading = "What to send")]
    pub events: Vec<String>,
    /// Payload to send instead of samples: @FILE, or - for standard input
    #[arg(long, value_name = "@FILE|-", conflicts_with = "events", help_heading = "What to send")]
    pub data: Option<String>,
    /// Change a field of the payload, repeatable: data.subject.id=CLM-1
    #[arg(long = "set", value_name = "PATH=VALUE", help_heading = "What to send")]
    pub changes: Vec<String>,
    /// How often to send, 1 to 10000
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=10_000), conflicts_with_all = ["suites", "cases"], help_heading = "What to send")]
    pub count: u16,
    /// Send data that its schema refuses
    #[arg(long, help_heading = "What to send")]
    pub no_validate: bool,
    /// How the endpoint's deliveries are signed
    #[arg(long, value_enum, default_value = "standard", help_heading = "How to sign")]
    pub scheme: SchemeArg,
    /// Sign with ed25519 (v1a) instead of HMAC (v1)
    #[arg(long, help_heading = "How to sign")]
    pub asymmetric: bool,
    /// Environment variable that holds the endpoint's signing secret [default: PROVENIQ_WEBHOOK_SECRET]
    #[arg(long, value_name = "NAME", help_heading = "How to sign")]
    pub secret_env: Option<String>,
    /// Seed of payloads, ids and faults, to repeat a run [default: a fresh one, told in the report]
    #[arg(long)]
    pub seed: Option<u64>,
    /// Run again on each change of the project
    #[arg(long)]
    pub watch: bool,
    /// Also write a report, repeatable: json=FILE, ndjson=FILE or junit=FILE
    #[arg(long = "report", value_name = "KIND=FILE")]
    pub reports: Vec<String>,
    /// Start without building first
    #[arg(long, conflicts_with = "url")]
    pub no_build: bool,
    /// Seconds to wait for an answer, 1 to 120
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=120))]
    pub timeout: u64,
    /// Seconds to wait until the integration is ready, 1 to 600
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub ready_timeout: u64,
    /// The load.
    #[command(flatten, next_help_heading = "Load")]
    pub load: LoadArgs,
    /// The retry schedule.
    #[command(flatten, next_help_heading = "Retry schedule")]
    pub schedule: RetryScheduleArgs,
}

/// A suite, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SuiteArg {
    /// Genuine deliveries of every type and shape
    Delivery,
    /// Forged, tampered, stale and oddly signed deliveries
    Signature,
    /// Duplicates, and what they do
    Replay,
    /// Input and connections that no marketplace would send on purpose
    Robustness,
    /// Faults of the systems that the integration calls
    Upstream,
    /// Every suite
    All,
}

/// A signature scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemeArg {
    /// Standard Webhooks
    Standard,
    /// Stripe-Signature
    Stripe,
    /// X-Hub-Signature-256
    Github,
    /// X-Shopify-Hmac-SHA256
    Shopify,
    /// X-Slack-Signature
    Slack,
}
