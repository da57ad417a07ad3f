//! The GitHub form: workflow commands, which annotate the change that a workflow runs for.

use std::fmt::Write as _;

use super::reported::{Reported, Span, Spans};
use crate::certification::finding::{Finding, Level};
use crate::verdict::Verdict;

/// Writes the commands, a line each. What was left out is not annotated.
pub fn github(reported: &Reported<'_>) -> String {
    let mut text = String::new();
    let certification = reported.certification;
    let writer = Annotations { reported, spans: Spans::new(reported) };
    for check in &certification.checks {
        for finding in check.findings.iter().filter(|finding| finding.counts()) {
            let mend = check.mend.map(|mend| format!("\nto mend: {mend}")).unwrap_or_default();
            let level = if finding.level == Level::Note { "notice" } else { finding.level.as_str() };
            writer.write(&mut text, level, finding, check.id, &format!("{}{mend}", finding.message));
        }
        if matches!(check.verdict, Verdict::NotRun | Verdict::Inconclusive) {
            let said = format!("{}: {}", check.verdict, check.summary);
            let _ = writeln!(text, "::warning title={}::{}", property(check.id), data(&said));
        }
    }
    for notice in &certification.exceptions.notices {
        writer.write(&mut text, "warning", notice, "suppressions", &notice.message);
    }
    let verdict = if certification.reached { "is reached" } else { "is not reached" };
    let said = format!("{} {}: tier {} {verdict}", reported.name, reported.version, certification.tier);
    let _ = writeln!(text, "::notice title=proveniq certify::{}", data(&said));
    text
}

struct Annotations<'a> {
    reported: &'a Reported<'a>,
    spans: Spans<'a>,
}

impl Annotations<'_> {
    fn write(&self, text: &mut String, level: &str, finding: &Finding, title: &str, message: &str) {
        let mut properties = Vec::new();
        if let Some(path) = self.reported.path(finding) {
            let Span { line, start, end } = self.spans.of(finding);
            properties.push(format!("file={}", property(&path)));
            properties.push(format!("line={line},endLine={line},col={start},endColumn={end}"));
        }
        properties.push(format!("title={}", property(title)));
        let _ = writeln!(text, "::{level} {}::{}", properties.join(","), data(message));
    }
}

/// Escapes a message, as the toolkit of GitHub Actions does.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_ends_it() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a,b:c\n"), "a%2Cb%3Ac%0A");
    }
}
