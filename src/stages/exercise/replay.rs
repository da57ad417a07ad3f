//! Sends events more than once, and counts what they do at the stubs.

use std::time::Duration;

use futures_util::future::join_all;

use super::bench::Bench;
use crate::error::Result;
use crate::event::{Event, EventType, sample};
use crate::webhook::{
    Call, Delivery, Effects, Expectation, Judgement, Repetition, SendFailure, Shown, SignedEvent, Tampering, judge,
};

/// Deliveries at once.
const AT_ONCE: usize = 20;
/// Time in which a first effect must be seen: work may be done after the answer.
const FIRST_EFFECT: Duration = Duration::from_secs(3);
/// Time in which an effect of a duplicate would be seen, where the first one came at once.
const LATE_EFFECT: Duration = Duration::from_millis(500);

/// Runs a repetition.
pub(super) async fn run(bench: &mut Bench<'_>, repetition: Repetition) -> Result<Shown> {
    if bench.program().is_none() {
        return Ok(Judgement::inconclusive(
            "effects cannot be seen: leave the URL out, so that the integration is started with stubs around it",
        )
        .into());
    }
    let Some(control) = control(bench, 400 + 10 * repetition as u64).await else {
        return Ok(Judgement::inconclusive(
            "no effect can be seen: declare what the integration calls as [[upstream]] with the variable that holds its \
             address, or let it write to PROVENIQ_API_URL; with a --seed that was used before, its ids may be known \
             already",
        )
        .into());
    };
    match repetition {
        Repetition::Sequence => Ok(again(bench, &control, control.event.clone()).await),
        Repetition::OtherContent => {
            let other = sample_like(bench, &control.event, 7);
            Ok(again(bench, &control, Event { id: control.event.id.clone(), ..other }).await)
        }
        Repetition::Restart => {
            bench.restart().await?;
            Ok(again(bench, &control, control.event.clone()).await)
        }
        Repetition::Concurrent => Ok(concurrent(bench, &control).await),
        Repetition::Reordered => Ok(reordered(bench, &control).await),
        Repetition::Forged => Ok(forged(bench, &control).await),
    }
}

/// A genuine delivery, and what it does once.
pub(super) struct Control {
    pub(super) event: Event,
    pub(super) effects: Effects,
    took: Duration,
}

/// Delivers an event of each type until one has an effect. `step` tells its seeds from those of others.
pub(super) async fn control(bench: &Bench<'_>, step: u64) -> Option<Control> {
    let exercise = bench.exercise();
    let seed = exercise.seed.wrapping_add(step);
    let candidates: Vec<Event> = match &exercise.data {
        Some(data) => vec![data.renewed(seed)],
        None => exercise.events.iter().map(|&kind| sample(kind, seed)).collect(),
    };
    for event in candidates {
        let from = seen(bench).len();
        let started = std::time::Instant::now();
        bench.deliver(&SignedEvent::genuine(event.clone(), bench.signer())).await;
        let calls = bench.work_since(from, FIRST_EFFECT).await;
        let effects = Effects::of(&calls);
        if effects.total() > 0 {
            return Some(Control { event, effects, took: started.elapsed() });
        }
    }
    None
}

pub(super) fn seen(bench: &Bench<'_>) -> Vec<Call> {
    crate::adapters::stub::all_calls(bench.stubs())
}

/// Another event of the same type.
pub(super) fn sample_like(bench: &Bench<'_>, event: &Event, step: u64) -> Event {
    let seed = bench.exercise().seed.wrapping_add(470 + step);
    match EventType::parse(&event.name) {
        Ok(kind) if bench.exercise().data.is_none() => sample(kind, seed),
        _ => changed(event.renewed(seed)),
    }
}

/// The same payload with white space behind it: other content under the same meaning.
fn changed(mut event: Event) -> Event {
    event.body = [&event.body[..], b" \n"].concat().into();
    event
}

/// Sends `event`, which was done before: nothing must be added.
async fn again(bench: &Bench<'_>, control: &Control, event: Event) -> Shown {
    let from = seen(bench).len();
    let delivery = bench.deliver(&SignedEvent::genuine(event, bench.signer())).await;
    let added = Effects::of(&bench.work_since(from, LATE_EFFECT.max(control.took)).await);
    let judgement = if added.total() > 0 {
        Judgement::fail(format!("the duplicate did its work again: {}", added.describe()))
    } else {
        judge_answers(&[&delivery], "the duplicate added nothing")
    };
    Shown { judgement, delivery: Some(delivery) }
}

/// Sends one event twenty times at once: its work must be done once.
async fn concurrent(bench: &Bench<'_>, control: &Control) -> Shown {
    let from = seen(bench).len();
    let event = SignedEvent::genuine(sample_like(bench, &control.event, 1), bench.signer());
    let deliveries = join_all((0..AT_ONCE).map(|_| bench.deliver(&event))).await;
    let done = Effects::of(&bench.work_since(from, FIRST_EFFECT.max(control.took)).await);
    let due = control.effects.total();
    let judgement = match done.total() {
        total if total > due => Judgement::fail(format!(
            "{AT_ONCE} deliveries at once did the work {total} times where {due} is due: {}",
            done.describe()
        )),
        total if total < due => Judgement::fail(format!("the work was done {total} times where {due} is due")),
        _ => judge_answers(&deliveries.iter().collect::<Vec<_>>(), "the work was done once"),
    };
    let telling = deliveries.iter().find(|delivery| !is_quiet_refusal(delivery)).or(deliveries.first()).cloned();
    Shown { judgement, delivery: telling }
}

/// Sends a forgery of an event that has an effect when it is genuine: it must have none, whatever is answered.
async fn forged(bench: &Bench<'_>, control: &Control) -> Shown {
    let from = seen(bench).len();
    let event = sample_like(bench, &control.event, 4);
    let forgery = SignedEvent::new(event, bench.signer(), Tampering::WrongSecret, bench.exercise().seed);
    let delivery = bench.deliver(&forgery).await;
    let done = Effects::of(&bench.work_since(from, LATE_EFFECT.max(control.took)).await);
    let judgement = match done.total() {
        0 => judge(Expectation::Rejected, &delivery.outcome),
        _ => Judgement::fail(format!("the work of a forgery was done: {}", done.describe())),
    };
    Shown { judgement, delivery: Some(delivery) }
}

/// Sends the later of two events first. Both must be taken; one that is outdated may be left without an effect.
async fn reordered(bench: &Bench<'_>, control: &Control) -> Shown {
    let (earlier, later) = ordered_pair(bench, control);
    let from = seen(bench).len();
    let second = bench.deliver(&SignedEvent::genuine(later, bench.signer())).await;
    let first = bench.deliver(&SignedEvent::genuine(earlier, bench.signer())).await;
    let done = Effects::of(&bench.work_since(from, FIRST_EFFECT.max(control.took)).await).total();
    let due = control.effects.total();
    let judgement = match done {
        0 => Judgement::fail("neither of the two events had an effect"),
        done if done > 2 * due => Judgement::fail(format!("the work was done {done} times where {} is due", 2 * due)),
        _ => match [&first, &second].into_iter().find(|delivery| !is_accepted(delivery)) {
            Some(refused) => Judgement::fail(format!("one of the two was not accepted: {}", outcome(refused))),
            None => Judgement::pass(format!("both were taken; {done} effects")),
        },
    };
    Shown { judgement, delivery: Some(first) }
}

/// Two events about one subject, by their sequence where they have one.
fn ordered_pair(bench: &Bench<'_>, control: &Control) -> (Event, Event) {
    let (one, two) = (sample_like(bench, &control.event, 2), sample_like(bench, &control.event, 3));
    let payload = |event: &Event| serde_json::from_slice::<serde_json::Value>(&event.body).ok();
    let (Some(first), Some(mut second)) = (payload(&one), payload(&two)) else { return (one, two) };
    if let (Some(sequence), Some(subject)) = (first["data"]["sequence"].as_u64(), first["data"].get("subject")) {
        second["data"]["sequence"] = (sequence + 1).into();
        second["data"]["subject"] = subject.clone();
        return (one, Event { body: second.to_string().into(), ..two });
    }
    (one, two)
}

/// A duplicate may be accepted, or put off while the first one is under way; it must not break.
fn judge_answers(deliveries: &[&Delivery], holds: &str) -> Judgement {
    let broken = deliveries.iter().find(|delivery| !is_accepted(delivery) && !is_quiet_refusal(delivery));
    match broken {
        Some(delivery) => Judgement::fail(format!("{holds}, but it was not accepted: {}", outcome(delivery))),
        None if deliveries.len() > 1 && !deliveries.iter().any(|delivery| is_accepted(delivery)) => {
            Judgement::fail("none of the deliveries was accepted")
        }
        None => Judgement::pass(holds),
    }
}

fn is_accepted(delivery: &Delivery) -> bool {
    delivery.outcome.as_ref().is_ok_and(|answer| (200..300).contains(&answer.status))
}

/// Statuses that put a duplicate off without an error.
fn is_quiet_refusal(delivery: &Delivery) -> bool {
    is_accepted(delivery)
        || delivery.outcome.as_ref().is_ok_and(|answer| matches!(answer.status, 409 | 425 | 429 | 503))
}

fn outcome(delivery: &Delivery) -> String {
    match &delivery.outcome {
        Ok(answer) => format!("answered {}", answer.status),
        Err(failure @ (SendFailure::Connect(_) | SendFailure::Timeout(_) | SendFailure::Broken(_))) => {
            failure.to_string()
        }
    }
}
