//! Evidence from a run at the rate that the manifest declares.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::exercises::TIMEOUT;
use super::{Ground, settled};
use crate::adapters::load::{LoadEndpoint, LoadRunner};
use crate::certification::{Gathered, LatencyRun};
use crate::error::{Error, Result};
use crate::event::EventType;
use crate::stages::exercise::{self, Exercise};
use crate::stages::load;
use crate::webhook::{Gate, Latencies, LoadBodies, Quantile, load_signer};

/// Deliveries that are sent at least: what the check needs, and a few more.
const DELIVERIES: f64 = 510.0;
/// Shortest run.
const SHORTEST: Duration = Duration::from_secs(5);
/// Connections; a rate is open, so that more of them hide nothing.
const CONNECTIONS: usize = 32;
/// How often this program looks whether its own clock is late.
const TICK: Duration = Duration::from_millis(20);

/// Starts the integration and sends deliveries at the declared rate.
pub(super) async fn run(ground: &Ground<'_>, events: &[EventType], seed: u64) -> Result<Gathered<LatencyRun>> {
    let Some(webhook) = &ground.project.manifest.webhook else {
        return Ok(Gathered::NotApplicable("the integration takes no events".into()));
    };
    let rate = f64::from(webhook.rate_per_second);
    settled(measure(ground, events, rate, seed).await)
}

async fn measure(ground: &Ground<'_>, events: &[EventType], rate: f64, seed: u64) -> Result<LatencyRun> {
    let exercise = Exercise { seed, ..Exercise::of_suites(events.to_vec(), &[], TIMEOUT)? };
    let started = exercise::start(ground.project, &ground.launch, &exercise, &**ground.clock).await?;
    let kind = events.first().copied().unwrap_or(EventType::WebhookPing);
    let runner = LoadRunner {
        endpoint: LoadEndpoint::resolve(started.url()).await?,
        bodies: LoadBodies::of_types(if events.is_empty() { &[EventType::WebhookPing] } else { events }, seed),
        signer: load_signer(started.signer(), kind.as_str()),
        clock: Arc::clone(ground.clock),
    };
    let duration = Duration::from_secs_f64(DELIVERIES / rate).max(SHORTEST);
    let load = load::measure(&runner, load::plan_at(rate, duration, CONNECTIONS, TIMEOUT), Some(Gate::STANDARD));
    let (measured, lateness) = with_lateness(load).await;
    let measured = measured?;
    let gate = measured.gate.ok_or_else(|| Error::bug("a run with a gate has no verdict"))?;
    Ok(LatencyRun { report: measured.report, gate, lateness })
}

/// Does something, and tells how late a clock of this program's ticked meanwhile, at p95.
async fn with_lateness<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let mut lateness = Latencies::default();
    let mut ticks = tokio::time::interval(TICK);
    let mut work = pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return (done, lateness.quantile(Quantile::P95).unwrap_or_default()),
            due = ticks.tick() => lateness.record(due.elapsed()),
        }
    }
}
