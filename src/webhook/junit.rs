//! A report as `JUnit` XML: a `testsuite` for each suite, a `testcase` for each case.

use super::report::{CaseReport, Report};
use super::suite::Suite;
use crate::junit;

/// Writes the report. Cases without an answer are `skipped` with their reason.
pub fn junit(report: &Report) -> String {
    let suites = Suite::ALL.iter().filter(|suite| report.cases_of(**suite).next().is_some());
    let suites = suites.map(|suite| junit::Suite {
        name: suite.to_string(),
        properties: vec![("endpoint", report.endpoint.clone()), ("seed", report.seed.to_string())],
        cases: report.cases_of(*suite).map(case).collect(),
    });
    junit::Document { name: "proveniq test-webhook".into(), suites: suites.collect() }.to_xml()
}

fn case(case: &CaseReport) -> junit::Case {
    let detail = [case.help, case.reproduce.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let failed = case.verdict == crate::verdict::Verdict::Fail;
    junit::Case {
        group: case.suite.to_string(),
        name: case.id.clone(),
        seconds: Some(case.duration_ms.unwrap_or_default() / 1e3),
        verdict: case.verdict,
        reason: case.reason.clone(),
        detail: if failed { detail } else { String::new() },
        undecided_is_error: false,
    }
}
