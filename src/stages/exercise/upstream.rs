//! Faults of upstreams. Every case has an integration and stubs of its own, so that cases run side by side.

use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::sync::Semaphore;

use super::Exercise;
use super::bench::{Bench, Instance, LEDGER};
use crate::adapters::stub::{self, Stub};
use crate::adapters::webhook_sender::WebhookSender;
use crate::error::{Error, Explain as _, Result};
use crate::event::{Event, EventType, sample};
use crate::verdict::Verdict;
use crate::webhook::{Call, Case, Effects, Fault, Judgement, Observation, Reply, Script, Shown, SignedEvent};

/// Integrations that run at once.
const SIDE_BY_SIDE: usize = 6;
/// Deliveries of one event, as a marketplace would send it again.
const DELIVERIES: usize = 3;
/// Time until a delivery that was not accepted is sent again, where no `Retry-After` says otherwise.
const REDELIVERY: Duration = Duration::from_secs(1);
/// Time in which the first call must come.
const FIRST_CALL: Duration = Duration::from_secs(3);
/// Time in which promised work must have reached the upstream.
const PROMISE: Duration = Duration::from_secs(50);
/// Time for which an outage is watched where the delivery is accepted at once.
const OUTAGE: Duration = Duration::from_secs(4);
const QUIET: Duration = Duration::from_millis(400);

/// What an event does at one upstream without a fault.
struct Habit {
    event: Event,
    due: usize,
}

/// Runs the cases, side by side; returns them in their order.
pub(super) async fn run<'c>(
    bench: &Bench<'_>,
    cases: &[&'c Case],
    control_holds: bool,
) -> Result<Vec<(&'c Case, Shown)>> {
    let all = |shown: Shown| Ok(cases.iter().map(|case| (*case, shown.clone())).collect());
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    if !control_holds {
        return all(Judgement::inconclusive("not tried: nothing genuine is accepted").into());
    }
    if bench.program().is_none() {
        return all(Judgement::inconclusive(
            "faults cannot be put in front of a running endpoint's upstreams: leave the URL out",
        )
        .into());
    }
    let habits = habits(bench).await;
    let places = Semaphore::new(SIDE_BY_SIDE);
    let running = cases.iter().map(|case| in_turn(&places, bench, &habits, case));
    let shown: Vec<Shown> = try_join_all(running).await?;
    Ok(cases.iter().copied().zip(shown).collect())
}

/// Runs a case once there is a place for it.
async fn in_turn(
    places: &Semaphore,
    bench: &Bench<'_>,
    habits: &[(String, Option<Habit>)],
    case: &Case,
) -> Result<Shown> {
    let _place = places.acquire().await.or_bug(|| "the places are closed".into())?;
    one(bench, habits, case).await
}

async fn one(bench: &Bench<'_>, habits: &[(String, Option<Habit>)], case: &Case) -> Result<Shown> {
    let Script::Upstream { upstream, fault } = &case.script else {
        return Err(Error::bug("a case of another suite was run with a fault"));
    };
    match habits.iter().find(|(name, _)| name == upstream).and_then(|(_, habit)| habit.as_ref()) {
        Some(habit) => with_fault(bench, habit, upstream, *fault).await,
        None if upstream == LEDGER && habits.len() == 1 => Ok(Judgement::inconclusive(
            "there is nothing to put a fault in front of: declare what the integration calls as [[upstream]], with the \
             variable that holds its address",
        )
        .into()),
        None if upstream == LEDGER => Ok(Judgement::new(
            Verdict::NotApplicable,
            "the integration makes no call to the Ledger API for these events",
        )
        .into()),
        None => Ok(Judgement::inconclusive(format!(
            "no event makes the integration call {upstream}: subscribe to one that does, or give one with --data"
        ))
        .into()),
    }
}

/// Delivers an event of each type, and sees what it does at each upstream.
async fn habits(bench: &Bench<'_>) -> Vec<(String, Option<Habit>)> {
    let mut habits: Vec<_> = bench.stubs().iter().map(|stub| (stub.name().to_owned(), None)).collect();
    for event in candidates(bench.exercise(), 500) {
        let from = stub::all_calls(bench.stubs()).len();
        bench.deliver(&SignedEvent::genuine(event.clone(), bench.signer())).await;
        let calls = bench.work_since(from, FIRST_CALL).await;
        for (upstream, habit) in habits.iter_mut().filter(|(_, habit)| habit.is_none()) {
            let here: Vec<_> = calls.iter().filter(|call| call.upstream == *upstream).collect();
            let due = Effects::of(here.iter().copied()).total();
            *habit = (!here.is_empty()).then(|| Habit { event: event.clone(), due });
        }
    }
    habits
}

fn candidates(exercise: &Exercise, step: u64) -> Vec<Event> {
    let seed = exercise.seed.wrapping_add(step);
    match &exercise.data {
        Some(data) => vec![data.renewed(seed)],
        None => exercise.events.iter().map(|&kind| sample(kind, seed)).collect(),
    }
}

/// Delivers an event while the upstream has a fault, again and again as a marketplace would.
async fn with_fault(bench: &Bench<'_>, habit: &Habit, upstream: &str, fault: Fault) -> Result<Shown> {
    let Some(program) = bench.program() else { return Err(Error::bug("there is no program to start")) };
    let instance = program.start(bench.clock()).await?;
    let place = instance.stubs.iter().position(|stub| stub.name() == upstream);
    let stub = &instance.stubs[place.ok_or_else(|| Error::bug("there is no such stub"))?];
    let sender = WebhookSender::new(instance.endpoint()?, bench.exercise().timeout)?;
    let seed = bench.exercise().seed.wrapping_add(600 + fault as u64);
    let event = match EventType::parse(&habit.event.name) {
        Ok(kind) if bench.exercise().data.is_none() => sample(kind, seed),
        _ => habit.event.renewed(seed),
    };
    let signed = SignedEvent::genuine(event, bench.signer());
    stub.begin_fault(fault, habit.due > 0);
    let (mut deliveries, mut last) = (Vec::new(), None);
    while deliveries.len() < DELIVERIES {
        let sent = stub.now();
        let delivery = sender.deliver(bench.attempt(&signed)).await;
        let status = delivery.outcome.as_ref().ok().map(|answer| answer.status);
        deliveries.push((sent, status));
        let accepted = status.is_some_and(|status| (200..300).contains(&status));
        last = Some(delivery);
        if matches!(fault, Fault::BadRequest | Fault::Forbidden) {
            stub::settle(&instance.stubs, QUIET * 3, PROMISE).await;
            break;
        }
        if accepted {
            wait_for_work(&instance, stub, habit, fault).await;
            break;
        }
        stub.end_outage();
        wait_for_redelivery(stub).await;
    }
    let observation =
        Observation { fault, calls: stub.calls(), deliveries, due: habit.due, not_before: stub.not_before() };
    Ok(Shown { judgement: observation.judge(), delivery: last })
}

/// A delivery that was accepted promises its work: waits until it is done, or its time is over.
async fn wait_for_work(instance: &Instance, stub: &Stub, habit: &Habit, fault: Fault) {
    let stubs = std::slice::from_ref(stub);
    let done = |calls: &[Call]| {
        let truncated = calls.iter().filter(|call| matches!(call.reply, Reply::Truncated(_))).count();
        Effects::of(calls).total() + truncated >= habit.due
    };
    if fault == Fault::Outage {
        stub::wait_for_calls(stubs, OUTAGE, done).await;
        stub.end_outage();
    }
    stub::wait_for_calls(stubs, PROMISE, done).await;
    stub::settle(&instance.stubs, QUIET, PROMISE).await;
}

async fn wait_for_redelivery(stub: &Stub) {
    let left = stub.not_before().map_or(Duration::ZERO, |over| over.saturating_sub(stub.now()));
    tokio::time::sleep(REDELIVERY.max(left + Duration::from_millis(100))).await;
}
