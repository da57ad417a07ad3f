//! `LoadPlan -> LoadReport -> GateVerdict`, once at a rate or again and again to find the highest.

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::adapters::load::LoadRunner;
use crate::error::Result;
use crate::verdict::Verdict;
use crate::webhook::{Gate, GateVerdict, LoadPlan, LoadReport, Pace, RateSearch};

/// Share of the time in which the highest throughput is sought; the rest goes to rates.
const SHARE_OF_MAXIMUM: f64 = 0.3;
/// Most rates that are tried, and deliveries that each should have where the time allows it.
const MOST_STEPS: f64 = 8.0;
const DELIVERIES_OF_A_STEP: f64 = 200.0;
/// Longest time for what is still to be sent when all of a single run is due.
const DRAIN: Duration = Duration::from_secs(1);

/// A run at a rate, and whether it keeps a gate.
#[derive(Debug, Serialize)]
pub struct Measured {
    /// What was sent and came back.
    #[serde(flatten)]
    pub report: LoadReport,
    /// Whether the gate is kept, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateVerdict>,
}

/// What is sought: a gate, with so many connections, in so much time.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// What a rate must keep.
    pub gate: Gate,
    /// Connections.
    pub connections: usize,
    /// Time for all.
    pub duration: Duration,
    /// Time for each answer.
    pub timeout: Duration,
}

/// The highest rate that keeps a gate.
#[derive(Debug, Serialize)]
pub struct Saturation {
    /// The gate.
    pub gate: Gate,
    /// All connections busy all the time: the highest throughput, whatever the latencies.
    pub maximum: LoadReport,
    /// The run at the highest rate that kept the gate; absent where none did.
    pub highest: Option<Measured>,
    /// The rates that were tried, in order.
    pub steps: Vec<Step>,
}

/// One rate that was tried.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// Deliveries a second.
    pub rate: f64,
    /// Whether it kept the gate.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Deliveries that were accepted.
    pub delivered: u64,
}

/// A plan for one run at a rate.
pub fn plan_at(rate: f64, duration: Duration, connections: usize, timeout: Duration) -> LoadPlan {
    LoadPlan { pace: Pace::Open { rate }, duration, connections, timeout, drain: DRAIN }
}

/// Runs a plan and judges it.
pub async fn measure(runner: &LoadRunner, plan: LoadPlan, gate: Option<Gate>) -> Result<Measured> {
    let report = runner.run(plan).await?;
    let gate = gate.map(|gate| gate.judge(&report.latencies, report.failed));
    Ok(Measured { report, gate })
}

/// Finds the highest rate that keeps a gate: first the highest throughput, then rates below it, each in a short run of its
/// own, from above until one holds and then by halves. A rate whose verdict is inconclusive counts as one that does not
/// hold.
pub async fn saturate(runner: &LoadRunner, search: Search) -> Result<Saturation> {
    let started = Instant::now();
    // An answer that takes twice as long as the gate allows keeps no gate, and waiting for it would cost other rates.
    let timeout = search.timeout.min((search.gate.bound * 2).max(Duration::from_secs(1)));
    let plan = LoadPlan {
        pace: Pace::Closed,
        duration: search.duration.mul_f64(SHARE_OF_MAXIMUM),
        connections: search.connections,
        timeout,
        drain: Duration::ZERO,
    };
    let maximum = runner.run(plan).await?;
    let end = started + search.duration;
    let window = window(end.saturating_duration_since(Instant::now()), maximum.delivered_per_second);
    let mut rates = RateSearch::below(maximum.delivered_per_second);
    let (mut highest, mut steps) = (None, Vec::new());
    while let Some(rate) = rates.next_rate().filter(|_| Instant::now() + window.mul_f64(0.9) < end) {
        // A fifth of the window is for deliveries that are late.
        let plan =
            LoadPlan { pace: Pace::Open { rate }, duration: window.mul_f64(0.8), drain: window.mul_f64(0.2), ..plan };
        let measured = measure(runner, plan, Some(search.gate)).await?;
        let Some(judged) = &measured.gate else { break };
        let held = judged.verdict == Verdict::Pass;
        rates.record(rate, held);
        steps.push(Step {
            rate,
            verdict: judged.verdict,
            reason: judged.reason.clone(),
            delivered: measured.report.delivered,
        });
        if held {
            highest = Some(measured);
        }
    }
    Ok(Saturation { gate: search.gate, maximum, highest, steps })
}

/// Time for each rate: fewer and longer runs where an endpoint is too slow for short ones to decide anything.
fn window(left: Duration, per_second: f64) -> Duration {
    let deliveries = left.as_secs_f64() * per_second / 2.0;
    left.div_f64((deliveries / DELIVERIES_OF_A_STEP).floor().clamp(1.0, MOST_STEPS))
}
