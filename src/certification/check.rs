//! A check: a small unit that looks at one thing and says what it found.

use serde::{Deserialize, Serialize};

use super::Tier;
use crate::manifest::{Manifest, vocabulary};
use crate::package::SourceTree;
use crate::verdict::Verdict;
use crate::webhook;

vocabulary! {
    /// What a check is about.
    Area, "area" {
        /// Secrets, signatures, authorization.
        Security = "security",
        /// Response times and limits.
        Performance = "performance",
        /// Errors, retries, recovery.
        Reliability = "reliability",
        /// README, setup guide, API reference.
        Documentation = "documentation",
        /// Contact and service levels.
        Support = "support",
        /// What is shipped.
        Packaging = "packaging",
    }
}

vocabulary! {
    /// What a check needs.
    Kind, "kind of check" {
        /// Files only.
        Static = "static",
        /// The running integration.
        Dynamic = "dynamic",
    }
}

/// A check of the rule set.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Stable identifier, such as `DOC-README`.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// The lowest tier that needs it.
    pub tier: Tier,
    /// What it needs.
    pub kind: Kind,
    /// What it proves, as one sentence.
    pub proves: &'static str,
    /// How to mend what it finds.
    pub mend: &'static str,
    /// Looks.
    pub run: fn(&Subject<'_>) -> Finished,
}

/// What is checked.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The manifest.
    pub manifest: &'a Manifest,
    /// The files that would be shipped, or were.
    pub tree: &'a dyn SourceTree,
    /// What the running integration showed.
    pub evidence: &'a Evidence,
}

/// What was seen of the running integration, gathered before the checks look.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The core webhook suite, where it ran.
    pub suite: Option<webhook::Report>,
    /// Why there is no suite.
    pub missing: Option<String>,
}

/// Something that a check found, with its place where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is wrong.
    pub message: String,
    /// File, with '/' below the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl Finding {
    /// A finding about the whole.
    pub fn new(message: impl Into<String>) -> Self {
        Finding { message: message.into(), path: None, line: None, column: None }
    }

    /// A finding in a file, at a line where one is known.
    pub fn at(path: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Finding { message: message.into(), path: Some(path.to_owned()), line, column: None }
    }

    /// `path:line:column: message`, as far as they are known.
    pub fn placed(&self) -> String {
        let number = |part: Option<usize>| part.map(|number| format!(":{number}")).unwrap_or_default();
        match &self.path {
            None => self.message.clone(),
            Some(path) => format!("{path}{}{}: {}", number(self.line), number(self.column), self.message),
        }
    }
}

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

    /// Holds when nothing was found; else fails with the findings, sorted by place.
    pub fn from_findings(mut findings: Vec<Finding>, holds: impl Into<String>) -> Self {
        if findings.is_empty() {
            return Finished::pass(holds);
        }
        findings.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
        let summary = match findings.len() {
            1 => "1 finding".to_owned(),
            count => format!("{count} findings"),
        };
        Finished { verdict: Verdict::Fail, summary, findings }
    }
}

/// The verdict of one check, as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CheckVerdict {
    /// Identifier of the check.
    pub id: String,
    /// What it came to.
    pub verdict: Verdict,
}
