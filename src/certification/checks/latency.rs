//! PERF-LATENCY.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::verdict::Verdict;

pub(super) const CHECK: Check = Check {
    id: "PERF-LATENCY",
    area: Area::Performance,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "p95 is under 500 ms at the rate that the manifest declares",
    mend: "answer first and work later, or make the work cheaper; `proveniq test-webhook --saturate` finds what it bears",
    anchor: "webhook.rate_per_second",
    revision: 1,
    run,
};

/// Deliveries that a verdict needs at least.
const FEWEST: u64 = 500;

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.latency.judge(|run| {
        let rate = run.report.rate.unwrap_or_default();
        let reason = format!("{} at {rate} a second", run.gate.reason);
        match run.gate.verdict {
            Verdict::Pass if run.report.delivered < FEWEST => Finished::with(
                Verdict::Inconclusive,
                format!("{} deliveries are too few, {FEWEST} are needed", run.report.delivered),
            ),
            Verdict::Fail => Finished::fail(Finding::new(reason).content("latency")),
            verdict => Finished::with(verdict, reason),
        }
    })
}
