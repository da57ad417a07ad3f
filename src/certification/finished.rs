//! What a check came to.

use super::finding::{Finding, Level};
use crate::verdict::Verdict;

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in a few words.
    pub summary: String,
    /// What was found, sorted by place.
    pub findings: Vec<Finding>,
}

impl Finished {
    /// Holds.
    pub fn pass(summary: impl Into<String>) -> Self {
        Finished { verdict: Verdict::Pass, summary: summary.into(), findings: Vec::new() }
    }

    /// Ends with `verdict` and nothing to point at.
    pub fn with(verdict: Verdict, summary: impl Into<String>) -> Self {
        Finished { verdict, summary: summary.into(), findings: Vec::new() }
    }

    /// Has no object here.
    pub fn not_applicable(summary: impl Into<String>) -> Self {
        Finished::with(Verdict::NotApplicable, summary)
    }

    /// Does not hold, for one reason.
    pub fn fail(finding: Finding) -> Self {
        Finished::from_findings(vec![finding], "")
    }

    /// Holds when nothing was found; holds with a warning when nothing worse was; else fails. Findings come sorted by
    /// place.
    pub fn from_findings(mut findings: Vec<Finding>, holds: impl Into<String>) -> Self {
        if findings.is_empty() {
            return Finished::pass(holds);
        }
        findings.sort_by(|a, b| (&a.path, a.line, a.column, &a.message).cmp(&(&b.path, b.line, b.column, &b.message)));
        let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
        let (verdict, count, noun) = match errors {
            0 => (Verdict::Warn, findings.len(), "warning"),
            errors => (Verdict::Fail, errors, "finding"),
        };
        let plural = if count == 1 { "" } else { "s" };
        Finished { verdict, summary: format!("{count} {noun}{plural}"), findings }
    }
}
