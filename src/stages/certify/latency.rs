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
use crate::stages::exercise::{self, Exercise, Started};
use crate::stages::load::{self, Measured};
use crate::webhook::{Effects, Gate, Judgement, Latencies, LoadBodies, LoadReport, LoadWork, Quantile, load_signer};

/// Deliveries that are sent at least: what the check needs, and a few more.
const DELIVERIES: f64 = 510.0;
/// Shortest run.
const SHORTEST: Duration = Duration::from_secs(5);
/// Connections; a rate is open, so that more of them hide nothing.
const CONNECTIONS: usize = 32;
/// Most effects that are counted: what the stubs keep, with room for calls that only read.
const MOST_COUNTED: usize = 30_000;
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
    let kinds = if events.is_empty() { &[EventType::WebhookPing] } else { events };
    let due = started.effects_of(kinds).await;
    let duration = Duration::from_secs_f64(DELIVERIES / rate).max(SHORTEST);
    let plan = load::plan_at(rate, duration, CONNECTIONS, TIMEOUT);
    let runner = LoadRunner {
        endpoint: LoadEndpoint::resolve(started.url()).await?,
        bodies: LoadBodies::of_types(kinds, seed, plan.due().unwrap_or_default()),
        signer: load_signer(started.signer(), kinds[0].as_str()),
        clock: Arc::clone(ground.clock),
    };
    let (from, largest) = (started.calls(), started.largest_effect());
    let (measured, lateness) = with_lateness(load::measure(&runner, plan, Some(Gate::STANDARD))).await;
    let Measured { report, gate } = measured?;
    let gate = gate.ok_or_else(|| Error::bug("a run with a gate has no verdict"))?;
    let work = work_of(&started, &runner.bodies, Due { each: due, largest, from }, &report).await;
    Ok(LatencyRun { report, gate, lateness, work })
}

/// What deliveries do one by one.
struct Due {
    /// The effects of one of each type.
    each: Vec<Effects>,
    /// Length of the largest body among them.
    largest: usize,
    /// Calls that were made for them.
    from: usize,
}

/// What the acknowledged deliveries have done.
async fn work_of(started: &Started<'_>, bodies: &LoadBodies, due: Due, report: &LoadReport) -> Gathered<Judgement> {
    let total = LoadWork::effects_due(&due.each, report.due);
    if total == 0 {
        return Gathered::NotApplicable("no effect of a delivery can be seen, so that work was not counted".into());
    }
    if total > MOST_COUNTED {
        return Gathered::NotApplicable(format!("{total} effects are too many to count"));
    }
    let (calls, unfinished) = started.work_after(due.from, total).await;
    let bodies_differ = bodies.all().len() as u64 >= report.due;
    let work = LoadWork {
        due: due.each,
        largest: due.largest,
        sent: report.due,
        failed: report.failed,
        calls,
        bodies_differ,
        unfinished,
    };
    let nothing = || Gathered::NotApplicable("no effect was due".into());
    work.judge().map_or_else(nothing, Gathered::Seen)
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
