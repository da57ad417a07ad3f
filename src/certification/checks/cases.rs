//! Verdicts that rest on cases of the webhook suites.

use crate::certification::evidence::Gathered;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::verdict::Verdict;
use crate::webhook::{CaseReport, Report};

/// Judges by the cases that `counts` takes: one that fails fails the check, else one without an answer leaves it without.
pub(super) fn judge(report: &Gathered<Report>, counts: impl Fn(&CaseReport) -> bool, what: &str) -> Finished {
    report.judge(|report| {
        let cases: Vec<_> = report.cases.iter().filter(|case| counts(case)).collect();
        let findings: Vec<_> = cases.iter().filter_map(|case| finding(case)).collect();
        let undecided = cases.iter().find(|case| matches!(case.verdict, Verdict::Inconclusive | Verdict::NotRun));
        let applicable = cases.iter().filter(|case| case.verdict != Verdict::NotApplicable).count();
        match (undecided, cases.first()) {
            (None, None) => Finished::with(Verdict::NotRun, "no case of it was run"),
            (None, Some(case)) if applicable == 0 => Finished::not_applicable(&case.reason),
            (undecided, _) => {
                let finished = Finished::from_findings(findings, format!("{applicable} {what}"));
                undecided.iter().fold(finished, |finished, case| finished.otherwise(case.verdict, undecided_by(case)))
            }
        }
    })
}

fn undecided_by(case: &CaseReport) -> String {
    format!("{}: {}", case.id, case.reason)
}

fn finding(case: &CaseReport) -> Option<Finding> {
    let message = || format!("{}: {}", case.title, case.reason);
    match case.verdict {
        Verdict::Fail => Some(Finding::new(message()).rule(&case.id).content(&case.id)),
        Verdict::Warn => Some(Finding::new(message()).rule(&case.id).content(&case.id).warning()),
        _ => None,
    }
}
