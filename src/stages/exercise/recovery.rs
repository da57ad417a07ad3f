//! Kills an integration while deliveries keep coming, starts it again, and delivers again what was not acknowledged, as a
//! marketplace would.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::bench::Bench;
use super::replay::{self, Control};
use crate::adapters::stub::{self, Stub};
use crate::error::{Error, Result};
use crate::webhook::{Call, Delivery, Effects, Fate, Fault, Recovery, SignedEvent};

/// When it is killed: while an upstream has done the work and has not said so, while it has not done it, and at any time.
const MOMENTS: [Moment; 4] =
    [Moment::WorkDone, Moment::WorkUnderWay, Moment::Any { salt: 0x9e37 }, Moment::Any { salt: 0x85eb }];
/// Deliveries around each crash, and the time between two.
const EACH: u64 = 8;
const APART: Duration = Duration::from_millis(25);
/// Time in which the first call of a round must come.
const FIRST_CALL: Duration = Duration::from_secs(3);
/// Time in which everything must be accepted again, and between two deliveries of one event.
const PATIENCE: Duration = Duration::from_secs(25);
const REDELIVERY: Duration = Duration::from_millis(500);
/// Time in which promised work must be done.
const PROMISE: Duration = Duration::from_secs(15);
const QUIET: Duration = Duration::from_millis(500);
/// Where the seeds of these events begin.
const STEP: u64 = 1200;

#[derive(Debug, Clone, Copy)]
enum Moment {
    WorkDone,
    WorkUnderWay,
    Any { salt: u64 },
}

/// Runs all rounds; `None` where no delivery has an effect that could be seen.
pub(super) async fn run(bench: &mut Bench<'_>) -> Result<Option<Recovery>> {
    let Some(control) = replay::control(bench, STEP).await else { return Ok(None) };
    let from = replay::seen(bench).len();
    let mut events = Vec::new();
    let (mut crashes, mut fates) = (0, Vec::new());
    for (round, moment) in (0_u64..).zip(MOMENTS) {
        let fresh = (0..EACH).map(|number| {
            let event = replay::sample_like(bench, &control.event, STEP + 10 + round * EACH + number);
            SignedEvent::genuine(event, bench.signer())
        });
        let fresh: Vec<_> = fresh.collect();
        let first = crash_during(bench, &control, &fresh, moment).await?;
        crashes += 1;
        fates.extend(first.iter().map(fate));
        events.extend(fresh);
        deliver_again(bench, &events, &mut fates).await;
        if fates.iter().any(|fate| *fate != Fate::Acknowledged) {
            // What a crash has stuck stays so; another one would only hold up the answer.
            break;
        }
    }
    let due = control.effects.total() * events.len();
    stub::wait_for_calls(bench.stubs(), PROMISE, |calls| Effects::of(&calls[from..]).total() >= due).await;
    stub::settle(bench.stubs(), QUIET, PROMISE).await;
    let calls: Vec<Call> = replay::seen(bench).split_off(from);
    Ok(Some(Recovery { crashes, fates, due: control.effects, calls }))
}

/// Sends a row of events and kills the integration meanwhile; it runs again afterwards.
async fn crash_during(
    bench: &mut Bench<'_>,
    control: &Control,
    events: &[SignedEvent],
    moment: Moment,
) -> Result<Vec<Delivery>> {
    let from = replay::seen(bench).len();
    let stub = stub_with_effects(bench, control)?;
    match moment {
        Moment::WorkDone => stub.begin_fault(Fault::Slow, true),
        Moment::WorkUnderWay => stub.begin_fault(Fault::Timeout, true),
        Moment::Any { .. } => {}
    }
    let attempts = (0_u32..).zip(events).map(|(number, event)| (APART * number, bench.attempt(event)));
    let sender = bench.sender().clone();
    let sending = attempts.map(|(wait, attempt)| {
        let sender = sender.clone();
        async move {
            tokio::time::sleep(wait).await;
            sender.deliver(attempt).await
        }
    });
    let sending = tokio::spawn(join_all(sending.collect::<Vec<_>>()));
    match moment {
        Moment::Any { salt } => tokio::time::sleep(at_random(bench.exercise().seed ^ salt)).await,
        Moment::WorkDone | Moment::WorkUnderWay => {
            stub::wait_for_calls(bench.stubs(), FIRST_CALL, |calls| Effects::any_attempt(&calls[from..])).await;
        }
    }
    bench.kill().await;
    stub_with_effects(bench, control)?.clear_fault();
    bench.restart().await?;
    sending.await.map_err(|_| Error::bug("sending deliveries broke"))
}

/// The stub at which a delivery has its effect.
fn stub_with_effects<'b>(bench: &'b Bench<'_>, control: &Control) -> Result<&'b Stub> {
    let found = bench.stubs().iter().find(|stub| control.effects.is_at(stub.name()));
    found.ok_or_else(|| Error::bug("an effect was seen at no stub"))
}

/// A time within a row of deliveries, or shortly behind it.
fn at_random(seed: u64) -> Duration {
    let longest = u64::try_from(APART.as_millis()).unwrap_or(1) * (EACH + 2);
    Duration::from_millis(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) % longest)
}

/// Delivers again what was not acknowledged, until all is or the time is over.
async fn deliver_again(bench: &Bench<'_>, events: &[SignedEvent], fates: &mut [Fate]) {
    let started = Instant::now();
    loop {
        let open: Vec<_> = (0..fates.len()).filter(|index| fates[*index] != Fate::Acknowledged).collect();
        if open.is_empty() || started.elapsed() > PATIENCE {
            return;
        }
        let deliveries = join_all(open.iter().map(|index| bench.deliver(&events[*index]))).await;
        for (index, delivery) in open.iter().zip(&deliveries) {
            fates[*index] = fate(delivery);
        }
        if deliveries.iter().any(|delivery| fate(delivery) != Fate::Acknowledged) {
            tokio::time::sleep(REDELIVERY).await;
        }
    }
}

fn fate(delivery: &Delivery) -> Fate {
    match &delivery.outcome {
        Ok(answer) if (200..300).contains(&answer.status) => Fate::Acknowledged,
        Ok(answer) if matches!(answer.status, 409 | 425 | 429 | 503) => Fate::PutOff(answer.status),
        Ok(answer) => Fate::Refused(format!("answered {}", answer.status)),
        Err(failure) => Fate::Refused(failure.to_string()),
    }
}
