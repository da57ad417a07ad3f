//! Sends events more than once, and counts what they do at the stubs.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::bench::Bench;
use super::not_applicable;
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

/// Other deliveries before the first one comes again, and those that must be accepted.
const OTHERS: u64 = 110;
const FEWEST_OTHERS: usize = 101;
/// A memory that is no longer than this is too short by far.
const SHORT_MEMORY: Duration = Duration::from_secs(8);
/// How often forgeries are sent while some are accepted.
const MOST_ROUNDS: usize = 3;
/// Steps that tell seeds from those of other cases.
const OF_TYPE_FROM: u64 = 1000;
const OTHERS_FROM: u64 = 2600;
const REFUSED_CONTROL: u64 = 465;

const NOT_STARTED: &str =
    "effects cannot be seen: leave the URL out, so that the integration is started with stubs around it";
const NO_EFFECT: &str = "no effect can be seen: declare what the integration calls as [[upstream]] with the variable that \
                         holds its address, or let it write to PROVENIQ_API_URL; with a --seed that was used before, its \
                         ids may be known already";

/// Runs a repetition.
pub(super) async fn run(bench: &mut Bench<'_>, repetition: Repetition, kind: Option<EventType>) -> Result<Shown> {
    if bench.program().is_none() {
        return Ok(Judgement::inconclusive(NOT_STARTED).into());
    }
    let control = match kind {
        Some(kind) => {
            let event = sample(kind, bench.exercise().seed.wrapping_add(OF_TYPE_FROM + kind as u64));
            first_with_effect(bench, vec![event]).await
        }
        None => control(bench, 400 + 10 * repetition as u64).await,
    };
    let Some(control) = control else {
        let nothing = Judgement::inconclusive(NO_EFFECT);
        return Ok(kind.map_or(nothing.into(), |kind| not_applicable(&format!("no effect of {kind} can be seen"))));
    };
    if kind.is_none() && repetition != Repetition::Restart {
        bench.remember(&control);
    }
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
        Repetition::Later => Ok(later(bench, &control).await),
    }
}

/// A genuine delivery, and what it does once.
#[derive(Clone)]
pub(super) struct Control {
    pub(super) event: Event,
    pub(super) effects: Effects,
    took: Duration,
    at: Instant,
}

/// Delivers an event of each type until one has an effect. `step` tells its seeds from those of others.
pub(super) async fn control(bench: &Bench<'_>, step: u64) -> Option<Control> {
    let exercise = bench.exercise();
    let seed = exercise.seed.wrapping_add(step);
    let candidates: Vec<Event> = match &exercise.data {
        Some(data) => vec![data.renewed(seed)],
        None => exercise.events.iter().map(|&kind| sample(kind, seed)).collect(),
    };
    first_with_effect(bench, candidates).await
}

/// Delivers events until one has an effect.
pub(super) async fn first_with_effect(bench: &Bench<'_>, candidates: Vec<Event>) -> Option<Control> {
    for event in candidates {
        let from = seen(bench).len();
        let started = Instant::now();
        bench.deliver(&SignedEvent::genuine(event.clone(), bench.signer())).await;
        let calls = bench.work_since(from, FIRST_EFFECT).await;
        let effects = Effects::of(&calls);
        if effects.total() > 0 {
            return Some(Control { event, effects, took: started.elapsed(), at: started });
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
    let done = bench.work_since(from, LATE_EFFECT.max(control.took)).await;
    let judgement = undue(bench, from, &done).unwrap_or_else(|| judge(Expectation::Rejected, &delivery.outcome));
    Shown { judgement, delivery: Some(delivery) }
}

/// Sends forgeries of all kinds. What is accepted is found by its own case, and left out when the others are sent again: by
/// what is done alone nobody can tell whose work it was.
pub(super) async fn refused(bench: &mut Bench<'_>, forgeries: &[SignedEvent]) -> Shown {
    if bench.program().is_none() {
        return Judgement::inconclusive(NOT_STARTED).into();
    }
    let Some(control) = control(bench, REFUSED_CONTROL).await else {
        return Judgement::inconclusive(NO_EFFECT).into();
    };
    bench.remember(&control);
    let mut left: Vec<&SignedEvent> = forgeries.iter().collect();
    for _ in 0..MOST_ROUNDS {
        let from = seen(bench).len();
        let deliveries = deliver_all(bench, &left).await;
        let done = bench.work_since(from, FIRST_EFFECT.max(control.took)).await;
        let taken: Vec<bool> = deliveries.iter().map(is_accepted).collect();
        if taken.contains(&true) {
            left = left.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(event, _)| event).collect();
            continue;
        }
        let Some(delivery) = deliveries.into_iter().next() else { break };
        let nothing = || Judgement::pass(format!("{} refused deliveries did nothing", left.len()));
        let judgement = undue(bench, from, &done).unwrap_or_else(nothing);
        return Shown { judgement, delivery: Some(delivery) };
    }
    Judgement::inconclusive("forgeries are accepted, so that their work cannot be told from that of refused ones")
        .into()
}

/// Sends the first control again after many others, and some time.
async fn later(bench: &Bench<'_>, control: &Control) -> Shown {
    let control = bench.remembered().unwrap_or(control);
    let others = (0..OTHERS).map(|step| sample_like(bench, &control.event, OTHERS_FROM + step));
    let others: Vec<_> = others.map(|event| SignedEvent::genuine(event, bench.signer())).collect();
    let deliveries = deliver_all(bench, &others.iter().collect::<Vec<_>>()).await;
    let accepted = deliveries.iter().filter(|delivery| is_accepted(delivery)).count();
    if accepted < FEWEST_OTHERS {
        let telling = deliveries.into_iter().find(|delivery| !is_accepted(delivery));
        let judgement = Judgement::inconclusive(format!("{accepted} of {OTHERS} other deliveries were accepted"));
        return Shown { judgement, delivery: telling };
    }
    tokio::time::sleep(SHORT_MEMORY.saturating_sub(control.at.elapsed())).await;
    bench.work_since(seen(bench).len(), Duration::ZERO).await;
    again(bench, control, control.event.clone()).await
}

/// Delivers events, some at once, until one is not answered.
async fn deliver_all(bench: &Bench<'_>, events: &[&SignedEvent]) -> Vec<Delivery> {
    let mut deliveries = Vec::new();
    for some in events.chunks(AT_ONCE / 2) {
        deliveries.extend(join_all(some.iter().map(|event| bench.deliver(event))).await);
        let silent = |delivery: &Delivery| matches!(delivery.outcome, Err(SendFailure::Timeout(_)));
        if deliveries.iter().any(silent) {
            break;
        }
    }
    deliveries
}

/// What is said of work that nothing is due for: that of a forgery, or that of an earlier delivery which came again late.
fn undue(bench: &Bench<'_>, from: usize, done: &[Call]) -> Option<Judgement> {
    let effects = Effects::of(done);
    let repeated = Effects::repeated(&seen(bench)[..from], done);
    match effects.total() {
        0 => None,
        total if total == repeated.total() => {
            Some(Judgement::fail(format!("a duplicate did its work again, late: {}", effects.describe())))
        }
        _ => Some(Judgement::fail(format!("the work of a forgery was done: {}", effects.describe()))),
    }
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
        Err(failure) => failure.to_string(),
    }
}
