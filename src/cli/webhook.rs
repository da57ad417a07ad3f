//! `test-webhook`.

use clap::Args;

/// Arguments of `test-webhook`.
#[derive(Debug, Args)]
pub struct TestWebhookArgs {
    /// Endpoint that already runs [default: build and start the integration of this folder]
    pub url: Option<String>,
    /// Event type to send, repeatable [default: those of the manifest, else webhook.ping]
    #[arg(long = "event", value_name = "TYPE")]
    pub events: Vec<String>,
    /// Environment variable that holds the endpoint's signing secret [default: PROVENIQ_WEBHOOK_SECRET]
    #[arg(long, value_name = "NAME")]
    pub secret_env: Option<String>,
    /// Seed of payloads and ids, to repeat a run [default: a fresh one, told in the report]
    #[arg(long)]
    pub seed: Option<u64>,
    /// Start without building first
    #[arg(long, conflicts_with = "url")]
    pub no_build: bool,
    /// Seconds to wait for an answer, 1 to 120
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=120))]
    pub timeout: u64,
    /// Seconds to wait until the integration is ready, 1 to 600
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub ready_timeout: u64,
}
