//! PERF-LATENCY.

use std::time::Duration;

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::evidence::Gathered;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::verdict::Verdict;
use crate::webhook::Judgement;

pub(super) const CHECK: Check = Check {
    id: "PERF-LATENCY",
    area: Area::Performance,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "p95 is under 500 ms at the rate that the manifest declares, and what is acknowledged meanwhile is done, once",
    mend: "answer first and work later, or make the work cheaper; `proveniq test-webhook --saturate` finds what it bears",
    anchor: "webhook.rate_per_second",
    revision: 4,
    run,
};

/// Deliveries that a verdict needs at least.
const FEWEST: u64 = 500;
/// Where this machine itself is later than that at p95, a failure may be its own: a fifth of what is allowed.
const MOST_LATENESS: Duration = Duration::from_millis(100);

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.latency.judge(|run| {
        let reason = format!("{} at {} a second", run.gate.reason, run.report.rate.unwrap_or_default());
        let by_time = judge(run.gate.verdict, reason, run.report.delivered, run.lateness);
        with_work(by_time, &run.work)
    })
}

fn judge(gate: Verdict, reason: String, delivered: u64, lateness: Duration) -> Finished {
    match gate {
        Verdict::Pass if delivered < FEWEST => {
            Finished::with(Verdict::Inconclusive, format!("{delivered} deliveries are too few, {FEWEST} are needed"))
        }
        Verdict::Fail if lateness > MOST_LATENESS => Finished::with(
            Verdict::Inconclusive,
            format!(
                "{reason}; this machine was too busy to tell: its own clock ticked {} ms late",
                lateness.as_millis()
            ),
        ),
        Verdict::Fail => Finished::fail(Finding::new(reason).content("latency")),
        verdict => Finished::with(verdict, reason),
    }
}

/// What is fast for want of its work is not fast.
fn with_work(by_time: Finished, work: &Gathered<Judgement>) -> Finished {
    let summary = by_time.summary.clone();
    match work {
        Gathered::Seen(Judgement { verdict: Verdict::Fail, reason }) => {
            let lost = Finding::new(reason).content("work");
            Finished::from_findings([by_time.findings, vec![lost]].concat(), summary)
        }
        Gathered::Seen(Judgement { verdict: Verdict::Inconclusive, reason }) if by_time.verdict == Verdict::Pass => {
            Finished::with(Verdict::Inconclusive, format!("{summary}; {reason}"))
        }
        Gathered::Seen(Judgement { reason, .. }) | Gathered::NotApplicable(reason)
            if by_time.verdict == Verdict::Pass =>
        {
            Finished::pass(format!("{summary}; {reason}"))
        }
        _ => by_time,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_machine_makes_neither_a_failure_nor_a_pass() {
        let verdict = |gate, delivered, lateness| {
            judge(gate, "p95 is 600 ms".into(), delivered, Duration::from_millis(lateness)).verdict
        };
        assert_eq!(verdict(Verdict::Fail, 600, 20), Verdict::Fail);
        assert_eq!(verdict(Verdict::Fail, 600, 200), Verdict::Inconclusive);
        assert_eq!(verdict(Verdict::Pass, 600, 200), Verdict::Pass);
        assert_eq!(verdict(Verdict::Pass, 499, 0), Verdict::Inconclusive);
    }

    #[test]
    fn what_is_fast_for_want_of_its_work_fails() {
        let judged = |work| {
            let finished = with_work(Finished::pass("p95 is 5 ms"), &work);
            (finished.verdict, finished.summary)
        };
        assert_eq!(judged(Gathered::Seen(Judgement::fail("2 are lost"))).0, Verdict::Fail);
        assert_eq!(judged(Gathered::Seen(Judgement::inconclusive("2 are open"))).0, Verdict::Inconclusive);
        let unseen = judged(Gathered::NotApplicable("no effect can be seen".into()));
        assert_eq!(unseen, (Verdict::Pass, "p95 is 5 ms; no effect can be seen".to_owned()));
        let slow = Finished::fail(Finding::new("p95 is 600 ms"));
        assert_eq!(with_work(slow, &Gathered::Seen(Judgement::fail("2 are lost"))).findings.len(), 2);
    }
}
