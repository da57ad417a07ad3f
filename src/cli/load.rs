//! The load test of `test-webhook`.

use std::time::Duration;

use clap::{ArgGroup, Args};

use crate::webhook::{Gate, parse_duration};

/// What does not go together with load.
const SUITES: [&str; 6] = ["suites", "cases", "list_cases", "watch", "reports", "count"];

/// How an endpoint is put under load.
#[derive(Debug, Clone, Args)]
#[command(group(ArgGroup::new("load").args(["rate", "saturate"])))]
pub struct LoadArgs {
    /// Deliveries a second to send, whether or not earlier ones were answered
    #[arg(long, value_name = "RATE", value_parser = rate, conflicts_with_all = SUITES)]
    pub rate: Option<f64>,
    /// Find the highest rate that keeps the gate
    #[arg(long, conflicts_with_all = SUITES)]
    pub saturate: bool,
    /// Time in which deliveries are sent, such as 500ms, 10s or 2m
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = parse_duration, requires = "load")]
    pub duration: Duration,
    /// Connections to send over, 1 to 1024; each carries one delivery at a time
    #[arg(
        long, value_name = "COUNT", default_value_t = 16, requires = "load",
        value_parser = clap::value_parser!(u16).range(1..=1024)
    )]
    pub connections: u16,
    /// What must hold: a percentile (p50, p90, p95, p99, p99.9, max) below a latency, such as p95<500ms
    #[arg(long, value_name = "GATE", value_parser = Gate::parse, requires = "load")]
    pub gate: Option<Gate>,
    /// Size of each body in bytes, up to 1 MiB; white space fills it up [default: as large as the sample]
    #[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u32).range(1..=1 << 20), requires = "load",
        conflicts_with_all = ["data", "changes"])]
    pub body_size: Option<u32>,
}

fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (0.01..=1_000_000.0).contains(rate));
    rate.ok_or_else(|| "a rate is a number of deliveries a second, 0.01 to 1000000".to_owned())
}
