//! `JUnit` XML, in the form that CI systems read: a `testsuite` for each group, a `testcase` for each case. Where the
//! verdict of a case is, and in which order elements stand, follows the XSD that Jenkins validates with.

use std::fmt::Write as _;

use crate::verdict::Verdict;

/// A whole document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// What was run.
    pub name: String,
    /// Its groups.
    pub suites: Vec<Suite>,
}

/// A group of cases.
#[derive(Debug, Clone, Default)]
pub struct Suite {
    /// Its name.
    pub name: String,
    /// What else is to be known of the run.
    pub properties: Vec<(&'static str, String)>,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The group that it is shown in.
    pub group: String,
    /// Its name in the group.
    pub name: String,
    /// Time that it took, where that was measured.
    pub seconds: Option<f64>,
    /// What it came to.
    pub verdict: Verdict,
    /// Why, in a line.
    pub reason: String,
    /// All that is to be known where it failed.
    pub detail: String,
    /// Whether one without an answer is an error; else it is skipped.
    pub undecided_is_error: bool,
}

/// How readers of the form see a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Passed,
    Failed,
    Error,
    Skipped,
}

impl Case {
    fn seen(&self) -> Seen {
        match self.verdict {
            Verdict::Pass | Verdict::Warn => Seen::Passed,
            Verdict::Fail => Seen::Failed,
            Verdict::NotRun | Verdict::Inconclusive if self.undecided_is_error => Seen::Error,
            Verdict::NotApplicable | Verdict::NotRun | Verdict::Inconclusive => Seen::Skipped,
        }
    }

    fn write(&self, text: &mut String) {
        let time = self.seconds.map(|seconds| format!(" time=\"{seconds:.3}\"")).unwrap_or_default();
        let (group, name) = (escaped(&self.group), escaped(&self.name));
        let _ = write!(text, "    <testcase classname=\"{group}\" name=\"{name}\"{time}");
        let (verdict, reason, detail) = (self.verdict, escaped(&self.reason), escaped(&self.detail));
        let content = match self.seen() {
            Seen::Failed => format!("<failure message=\"{reason}\" type=\"{verdict}\">{detail}</failure>"),
            Seen::Error => format!("<error message=\"{verdict}: {reason}\" type=\"{verdict}\">{detail}</error>"),
            Seen::Skipped => format!("<skipped>{verdict}: {reason}</skipped>"),
            Seen::Passed if verdict == Verdict::Warn && detail.is_empty() => {
                format!("<system-out>warning: {reason}</system-out>")
            }
            Seen::Passed if verdict == Verdict::Warn => {
                format!("<system-out>warning: {reason}\n{detail}</system-out>")
            }
            Seen::Passed if detail.is_empty() => String::new(),
            Seen::Passed => format!("<system-out>{detail}</system-out>"),
        };
        let _ = match content.as_str() {
            "" => writeln!(text, "/>"),
            content => writeln!(text, ">\n      {content}\n    </testcase>"),
        };
    }
}

impl Suite {
    fn count(&self, seen: Seen) -> usize {
        self.cases.iter().filter(|case| case.seen() == seen).count()
    }

    fn write(&self, text: &mut String) {
        let seconds: f64 = self.cases.iter().filter_map(|case| case.seconds).sum();
        let (failures, errors) = (self.count(Seen::Failed), self.count(Seen::Error));
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{}\" time=\"{seconds:.3}\">",
            escaped(&self.name),
            self.cases.len(),
            self.count(Seen::Skipped),
        );
        if !self.properties.is_empty() {
            text.push_str("    <properties>\n");
            for (name, value) in &self.properties {
                let _ = writeln!(text, "      <property name=\"{name}\" value=\"{}\"/>", escaped(value));
            }
            text.push_str("    </properties>\n");
        }
        self.cases.iter().for_each(|case| case.write(text));
        text.push_str("  </testsuite>\n");
    }
}

impl Document {
    /// Writes the document.
    pub fn to_xml(&self) -> String {
        let count = |seen| self.suites.iter().map(|suite| suite.count(seen)).sum::<usize>();
        let tests: usize = self.suites.iter().map(|suite| suite.cases.len()).sum();
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = writeln!(
            text,
            "<testsuites name=\"{}\" tests=\"{tests}\" failures=\"{}\" errors=\"{}\">",
            escaped(&self.name),
            count(Seen::Failed),
            count(Seen::Error),
        );
        self.suites.iter().for_each(|suite| suite.write(&mut text));
        text.push_str("</testsuites>\n");
        text
    }
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
