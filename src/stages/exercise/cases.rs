//! Runs one case on a bench, but for the faults of upstreams.

use std::time::Duration;

use futures_util::future::join_all;

use super::bench::Bench;
use super::{not_applicable, replay};
use crate::error::Result;
use crate::verdict::Verdict;
use crate::webhook::{
    Answer, Attempt, Case, Delivery, Disturbance, Expectation, Judgement, Script, Secrets, SendFailure, Shown,
    SignedEvent, judge,
};

/// Deliveries at once where many are sent.
const AT_ONCE: usize = 10;
/// Requests that are pipelined.
const PIPELINED: usize = 3;
/// When the other delivery is sent while one is sent slowly, which takes two seconds.
const MEANWHILE: Duration = Duration::from_millis(500);

/// Runs a case. An integration that it ends has failed it, and is started anew for the next one.
pub(super) async fn run(bench: &mut Bench<'_>, case: &Case) -> Result<Shown> {
    let shown = play(bench, case).await?;
    let outcome = shown.delivery.as_ref().map(|delivery| &delivery.outcome);
    let suspected = matches!(outcome, Some(Err(SendFailure::Connect(_) | SendFailure::Broken(_))));
    match bench.revive(suspected).await? {
        Some(status) => {
            let judgement = Judgement::fail(format!("the integration ended: {status}"));
            Ok(Shown { judgement, ..shown })
        }
        None => Ok(shown),
    }
}

async fn play(bench: &mut Bench<'_>, case: &Case) -> Result<Shown> {
    match &case.script {
        Script::Send(event) => Ok(judged(case.expectation, bench.deliver(event).await)),
        Script::SendMany(events) => Ok(many(bench, case.expectation, events).await),
        Script::Disturb { event, disturbance, after } => Ok(disturb(bench, case, event, *disturbance, after).await),
        Script::Restarted { secrets, event } => restarted(bench, case, *secrets, event).await,
        Script::Repeat(repetition, kind) => replay::run(bench, *repetition, *kind).await,
        Script::Refuse(forgeries) => Ok(replay::refused(bench, forgeries).await),
        Script::Upstream { .. } => Ok(not_applicable("runs beside the others")),
    }
}

/// Judges a delivery by its answer.
pub(super) fn judged(expectation: Expectation, delivery: Delivery) -> Shown {
    Shown { judgement: judge(expectation, &delivery.outcome), delivery: Some(delivery) }
}

/// Sends deliveries, some at once; one that fails fails the case.
async fn many(bench: &Bench<'_>, expectation: Expectation, events: &[SignedEvent]) -> Shown {
    let mut all = Vec::new();
    for some in events.chunks(AT_ONCE) {
        let sent = join_all(some.iter().map(|event| bench.deliver(event))).await;
        all.extend(sent.into_iter().map(|delivery| judged(expectation, delivery)));
    }
    let total = all.len();
    let count = |verdict| all.iter().filter(|shown| shown.judgement.verdict == verdict).count();
    let (passed, failed) = (count(Verdict::Pass), count(Verdict::Fail));
    let telling = match (failed, passed) {
        (1.., _) => Verdict::Fail,
        (0, 1..) => Verdict::Pass,
        (0, 0) => Verdict::Inconclusive,
    };
    let shown = all.into_iter().find(|shown| shown.judgement.verdict == telling);
    let mut shown = shown.unwrap_or_else(|| not_applicable("there is nothing to send"));
    shown.judgement.reason = match telling {
        Verdict::Fail => format!("{failed} of {total}: {}", shown.judgement.reason),
        _ => format!("{passed} of {total}: {}", shown.judgement.reason),
    };
    shown
}

async fn restarted(bench: &mut Bench<'_>, case: &Case, secrets: Secrets, event: &SignedEvent) -> Result<Shown> {
    if !bench.give_secrets(secrets).await? {
        return Ok(not_applicable("needs an integration that is started for it"));
    }
    Ok(judged(case.expectation, bench.deliver(event).await))
}

/// Disturbs the endpoint, then sees that it lives on.
async fn disturb(
    bench: &Bench<'_>,
    case: &Case,
    event: &SignedEvent,
    disturbance: Disturbance,
    after: &SignedEvent,
) -> Shown {
    let attempt = bench.attempt(event);
    let sender = bench.sender();
    let delivery = match disturbance {
        Disturbance::Content => sender.deliver(attempt).await,
        Disturbance::ContentType(value) => sender.deliver(attempt.with_header("content-type", value)).await,
        Disturbance::Method(method) => sender.deliver(Attempt { method, body: Vec::new(), ..attempt }).await,
        Disturbance::Slow => match slowly(bench, attempt, after).await {
            Ok(delivery) => delivery,
            Err(shown) => return shown,
        },
        Disturbance::Disconnect => sender.disconnect(attempt).await,
        Disturbance::Pipelined => match pipelined(bench, &attempt, event, after).await {
            Ok(delivery) => delivery,
            Err(shown) => return shown,
        },
    };
    let shown = judged(case.expectation, delivery);
    if shown.judgement.verdict == Verdict::Fail {
        return shown;
    }
    let alive = judged(Expectation::Accepted, bench.deliver(after).await);
    if alive.judgement.verdict == Verdict::Pass {
        return shown;
    }
    let reason = format!("a genuine delivery afterwards is not accepted: {}", alive.judgement.reason);
    Shown { judgement: Judgement::fail(reason), ..alive }
}

/// Sends a delivery slowly, and another one meanwhile, which must not have to wait for it.
async fn slowly(bench: &Bench<'_>, attempt: Attempt, after: &SignedEvent) -> Result<Delivery, Shown> {
    let event = after.event().renewed(bench.exercise().seed);
    let meanwhile = async {
        tokio::time::sleep(MEANWHILE).await;
        bench.deliver(&SignedEvent::genuine(event, bench.signer())).await
    };
    let (slow, other) = tokio::join!(bench.sender().deliver_slowly(attempt), meanwhile);
    let slow_accepted = judge(Expectation::Accepted, &slow.outcome).verdict == Verdict::Pass;
    // By the order of their ends: how long an endpoint takes for a delivery is its own affair. One that answers before the
    // slow delivery is through has held up nobody.
    let took = |delivery: &Delivery| delivery.outcome.as_ref().map(|answer| answer.elapsed).ok();
    let waited =
        took(&other).zip(took(&slow)).is_some_and(|(other, slow)| slow > MEANWHILE * 3 && MEANWHILE + other >= slow);
    if waited && slow_accepted {
        let judgement = Judgement::fail("another delivery had to wait until the slow one was through");
        return Err(Shown { judgement, delivery: Some(other) });
    }
    Ok(slow)
}

/// Sends three different deliveries on one connection; the first answer that is not 2xx tells most.
async fn pipelined(
    bench: &Bench<'_>,
    attempt: &Attempt,
    event: &SignedEvent,
    after: &SignedEvent,
) -> Result<Delivery, Shown> {
    let seed = bench.exercise().seed;
    let others = (1..PIPELINED as u64).map(|step| {
        let event = after.event().renewed(seed.wrapping_add(step));
        bench.attempt(&SignedEvent::genuine(event, bench.signer()))
    });
    let attempts: Vec<_> = std::iter::once(bench.attempt(event)).chain(others).collect();
    let Some(sent) = bench.sender().pipeline(&attempts).await else {
        return Err(not_applicable("requests are pipelined over plain HTTP only"));
    };
    let accepted = |answer: &Answer| (200..300).contains(&answer.status);
    let outcome = sent.and_then(|answers| {
        let worst = answers.iter().find(|answer| !accepted(answer)).or(answers.last());
        worst.cloned().ok_or_else(|| SendFailure::Broken("closed without an answer".to_owned()))
    });
    Ok(Delivery { attempt: attempt.clone(), outcome })
}
