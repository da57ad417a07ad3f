//! A report as `JUnit` XML, in the form that CI systems read: a `testsuite` for each suite, a `testcase` for each case.

use std::fmt::Write as _;

use super::report::{CaseReport, Report};
use super::suite::Suite;
use crate::verdict::Verdict;

/// Writes the report. Cases without an answer are `skipped` with their reason.
pub fn junit(report: &Report) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<testsuites name=\"proveniq test-webhook\" tests=\"{}\" failures=\"{}\">",
        report.cases.len(),
        report.summary.failed
    );
    for suite in Suite::ALL.iter().filter(|suite| report.cases_of(**suite).next().is_some()) {
        write_suite(&mut text, report, *suite);
    }
    text.push_str("</testsuites>\n");
    text
}

fn write_suite(text: &mut String, report: &Report, suite: Suite) {
    let count = |wanted: fn(Verdict) -> bool| report.cases_of(suite).filter(|case| wanted(case.verdict)).count();
    let seconds: f64 = report.cases_of(suite).filter_map(|case| case.duration_ms).sum::<f64>() / 1e3;
    let _ = writeln!(
        text,
        "  <testsuite name=\"{suite}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{seconds:.3}\">",
        report.cases_of(suite).count(),
        count(|verdict| verdict == Verdict::Fail),
        count(is_skipped),
    );
    let _ = writeln!(
        text,
        "    <properties>\n      <property name=\"endpoint\" value=\"{}\"/>\n      <property name=\"seed\" value=\"{}\"/>\n    </properties>",
        escaped(&report.endpoint),
        report.seed
    );
    report.cases_of(suite).for_each(|case| write_case(text, case));
    text.push_str("  </testsuite>\n");
}

fn write_case(text: &mut String, case: &CaseReport) {
    let seconds = case.duration_ms.unwrap_or_default() / 1e3;
    let _ =
        write!(text, "    <testcase classname=\"{}\" name=\"{}\" time=\"{seconds:.3}\"", case.suite, escaped(&case.id));
    let reason = escaped(&case.reason);
    let _ = match case.verdict {
        Verdict::Fail => {
            let detail = [case.help, case.reproduce.as_deref()].into_iter().flatten().map(escaped);
            let detail = detail.collect::<Vec<_>>().join("\n");
            writeln!(text, ">\n      <failure message=\"{reason}\" type=\"fail\">{detail}</failure>\n    </testcase>")
        }
        verdict if is_skipped(verdict) => {
            writeln!(text, ">\n      <skipped message=\"{verdict}: {reason}\"/>\n    </testcase>")
        }
        Verdict::Warn => writeln!(text, ">\n      <system-out>warning: {reason}</system-out>\n    </testcase>"),
        _ => writeln!(text, "/>"),
    };
}

fn is_skipped(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Inconclusive | Verdict::NotRun | Verdict::NotApplicable)
}

/// Escapes text for XML 1.0; characters that XML does not have become U+FFFD.
fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\n' | '\t' => c.to_string(),
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}'.to_string(),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}
