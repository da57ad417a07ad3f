//! The `JUnit` form: a suite for each area, a case for each check, passes too. What has no answer is an error there, since
//! a tier is not reached with it.

use super::reported::Reported;
use crate::certification::check::Area;
use crate::certification::engine::CheckReport;
use crate::certification::finding::{Finding, LeftOut};
use crate::junit::{Case, Document, Suite};

/// Writes the report.
pub fn junit(reported: &Reported<'_>) -> String {
    let certification = reported.certification;
    let excepted = &certification.exceptions;
    let facts = |area: Area| Suite {
        name: area.to_string(),
        properties: vec![
            ("integration", format!("{} {}", reported.name, reported.version)),
            ("tier", certification.tier.to_string()),
            ("reached", certification.reached.to_string()),
            ("rule_set", certification.rule_set.to_owned()),
            ("suppressed", excepted.suppressed.to_string()),
            ("baseline", excepted.baseline.to_string()),
        ],
        cases: certification.checks.iter().filter(|check| check.area == area).map(case).collect(),
    };
    let suites = Area::ALL.iter().map(|area| facts(*area)).filter(|suite| !suite.cases.is_empty());
    Document { name: "proveniq certify".into(), suites: suites.collect() }.to_xml()
}

fn case(check: &CheckReport) -> Case {
    let findings = check.findings.iter().map(line);
    let mend = check.mend.filter(|_| !check.findings.is_empty()).map(|mend| format!("to mend: {mend}"));
    Case {
        group: check.area.to_string(),
        name: check.id.to_owned(),
        seconds: None,
        verdict: check.verdict,
        reason: check.summary.clone(),
        detail: findings.chain(mend).collect::<Vec<_>>().join("\n"),
        undecided_is_error: true,
    }
}

fn line(finding: &Finding) -> String {
    let placed = finding.placed();
    match &finding.left_out {
        None => placed,
        Some(LeftOut::Suppression { reason }) => format!("suppressed ({reason}): {placed}"),
        Some(LeftOut::Baseline) => format!("in the baseline: {placed}"),
        Some(LeftOut::Scanner { .. }) => format!("left out by the scanner: {placed}"),
    }
}
