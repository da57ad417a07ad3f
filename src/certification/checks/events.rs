//! REL-EVENTS.

use crate::certification::check::{Area, Check, Finding, Finished, Kind, Subject};
use crate::certification::tier::Tier;
use crate::verdict::Verdict;
use crate::webhook::Suite;

pub(super) const CHECK: Check = Check {
    id: "REL-EVENTS",
    area: Area::Reliability,
    tier: Tier::Listed,
    kind: Kind::Dynamic,
    proves: "a genuine delivery of every declared event is answered 2xx",
    mend: "run `proveniq test-webhook` and make the handler answer 2xx to every event of [webhook] events",
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    from_suite(subject, Suite::Delivery, "deliveries accepted")
}

/// Judges by the cases of a suite.
pub(super) fn from_suite(subject: &Subject<'_>, suite: Suite, what: &str) -> Finished {
    if subject.manifest.webhook.is_none() {
        return Finished::with(Verdict::NotApplicable, "the integration takes no events");
    }
    let Some(report) = &subject.evidence.suite else {
        let why = subject.evidence.missing.clone().unwrap_or_else(|| "the integration was not run".into());
        return Finished::with(Verdict::NotRun, why);
    };
    let cases: Vec<_> = report.cases_of(suite).collect();
    let failed = cases.iter().filter(|case| case.verdict == Verdict::Fail);
    let findings: Vec<_> = failed.map(|case| Finding::new(format!("{}: {}", case.id, case.reason))).collect();
    let undecided = cases.iter().find(|case| matches!(case.verdict, Verdict::Inconclusive | Verdict::NotRun));
    match undecided {
        Some(case) if findings.is_empty() => {
            Finished::with(Verdict::Inconclusive, format!("{}: {}", case.id, case.reason))
        }
        _ => Finished::from_findings(findings, format!("{} {what}", cases.len())),
    }
}
