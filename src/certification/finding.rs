//! What a check found, with its place.

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::manifest::vocabulary;
use crate::package::hex;

vocabulary! {
    /// How much a finding weighs.
    Level, "level" {
        /// The check fails.
        Error = "error",
        /// The check holds, and this wants attention.
        Warning = "warning",
        /// Told beside a verdict that rests on something else.
        Note = "note",
    }
}

/// Why a finding does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum LeftOut {
    /// The project's suppressions name it.
    Suppression {
        /// The written reason.
        reason: String,
    },
    /// The baseline holds it: it was there before.
    Baseline,
    /// The scanner that found it was told to leave it out.
    Scanner {
        /// What the scanner was told, where that was written down.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// What is wrong; never a secret.
    pub message: String,
    /// How much it weighs.
    pub level: Level,
    /// The narrower rule, where the check has several: a kind of secret, an advisory, a case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// File, with '/' below the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Tells findings of a check apart by what they are about, wherever it stands: 16 hex digits. What suppresses one
    /// finding does not suppress another on the same line.
    pub fingerprint: String,
    /// Why it does not count, where it was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

impl Finding {
    /// A finding about the whole.
    pub fn new(message: impl Into<String>) -> Self {
        let message = message.into();
        let fingerprint = fingerprint(message.as_bytes());
        Finding {
            message,
            level: Level::Error,
            rule: None,
            path: None,
            line: None,
            column: None,
            fingerprint,
            left_out: None,
        }
    }

    /// A finding in a file, at a line where one is known.
    pub fn at(path: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        let mut finding = Finding { path: Some(path.to_owned()), line, ..Finding::new(message) };
        finding.fingerprint = fingerprint(format!("{path}\0{}", finding.message).as_bytes());
        finding
    }

    /// The same at a column.
    #[must_use]
    pub fn column(self, column: usize) -> Self {
        Finding { column: Some(column), ..self }
    }

    /// The same as something that only wants attention.
    #[must_use]
    pub fn warning(self) -> Self {
        Finding { level: Level::Warning, ..self }
    }

    /// The same as something that is only told.
    #[must_use]
    pub fn note(self) -> Self {
        Finding { level: Level::Note, ..self }
    }

    /// The same under a narrower rule.
    #[must_use]
    pub fn rule(self, rule: impl Into<String>) -> Self {
        Finding { rule: Some(rule.into()), ..self }
    }

    /// The same, told apart by what was found rather than by its message.
    #[must_use]
    pub fn content(self, content: &str) -> Self {
        Finding { fingerprint: fingerprint(content.as_bytes()), ..self }
    }

    /// The same under a fingerprint that was made where the content was seen.
    #[must_use]
    pub fn fingerprint(self, fingerprint: String) -> Self {
        Finding { fingerprint, ..self }
    }

    /// The same as one that does not count.
    #[must_use]
    pub fn left_out(self, why: LeftOut) -> Self {
        Finding { left_out: Some(why), ..self }
    }

    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.left_out.is_none()
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

fn fingerprint(content: &[u8]) -> String {
    hex(&Sha256::digest(content))[..16].to_owned()
}
