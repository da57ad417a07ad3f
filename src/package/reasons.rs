//! Declared reasons: why a file that is looked at twice belongs all the same.

use std::collections::BTreeMap;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Shortest text that can be a reason, in characters.
const SHORTEST: usize = 3;

/// Paths that nobody has: a pattern that takes one takes any.
const ANY: &[&str] = &["q7w1z-a.q7w1z", "q7w1z-a", "q7w1z-b/q7w1z-a.q7w1z"];

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
    /// Whether it speaks of every file, which is no reason for any.
    pub for_everything: bool,
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
            let for_everything = ANY.iter().any(|path| matcher.matched_path_or_any_parents(path, false).is_ignore());
            Ok(Reason { pattern: pattern.clone(), says_why, for_everything, matcher })
        };
        Ok(Reasons { reasons: declared.iter().map(compile).collect::<Result<_, String>>()? })
    }

    /// All of them, by pattern.
    pub fn all(&self) -> &[Reason] {
        &self.reasons
    }

    /// Whether something is said of a file.
    pub fn cover(&self, path: &str) -> bool {
        self.reasons.iter().any(|reason| reason.says_why && !reason.for_everything && reason.matches(path))
    }
}

impl Reason {
    /// Whether it speaks of a file.
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.matched_path_or_any_parents(path, false).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_for_everything_is_none() {
        let reasons =
            |pattern: &str| Reasons::new(&[(pattern.to_owned(), "it belongs".to_owned())].into()).expect("pattern");
        for pattern in ["**", "*", "/*", "/**", "**/*", "*.*", "?*"] {
            assert!(!reasons(pattern).cover("vendor/sdk.tgz") && reasons(pattern).all()[0].for_everything, "{pattern}");
        }
        for pattern in ["vendor/**", "vendor/*.tgz", "*.tgz"] {
            assert!(reasons(pattern).cover("vendor/sdk.tgz"), "{pattern}");
        }
    }
}
