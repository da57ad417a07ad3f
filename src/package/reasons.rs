//! Declared reasons: why a file that is looked at twice belongs all the same.

use std::collections::BTreeMap;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Shortest text that can be a reason, in characters.
const SHORTEST: usize = 3;

/// `[package.reasons]` of a manifest.
#[derive(Debug)]
pub struct Reasons {
    reasons: Vec<Reason>,
}

/// One of them.
#[derive(Debug)]
pub struct Reason {
    /// Pattern in gitignore syntax.
    pub pattern: String,
    /// Whether anything is said.
    pub says_why: bool,
    matcher: Gitignore,
}

impl Reasons {
    /// Compiles the patterns; the error names the one that is none.
    pub fn new(declared: &BTreeMap<String, String>) -> Result<Self, String> {
        let compile = |(pattern, why): (&String, &String)| {
            let mut builder = GitignoreBuilder::new("");
            builder.add_line(None, pattern).map_err(|cause| format!("{pattern:?} is no pattern: {cause}"))?;
            let matcher = builder.build().map_err(|cause| cause.to_string())?;
            let says_why = why.trim().chars().count() >= SHORTEST;
            Ok(Reason { pattern: pattern.clone(), says_why, matcher })
        };
        Ok(Reasons { reasons: declared.iter().map(compile).collect::<Result<_, String>>()? })
    }

    /// All of them, by pattern.
    pub fn all(&self) -> &[Reason] {
        &self.reasons
    }

    /// Whether something is said of a file.
    pub fn cover(&self, path: &str) -> bool {
        self.reasons.iter().any(|reason| reason.says_why && reason.matches(path))
    }
}

impl Reason {
    /// Whether it speaks of a file.
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.matched_path_or_any_parents(path, false).is_ignore()
    }
}
