//! Evidence from git's history: secrets that were ever committed.

use crate::scan;

/// A secret that a commit brought.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Path below the project's folder.
    pub path: String,
    /// The commit.
    pub commit: String,
    /// What the scanner found.
    pub secret: scan::Finding,
}

/// What is in the history of the project's folder.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Secrets, each once for a path.
    pub found: Vec<Committed>,
    /// What was not searched, and why.
    pub skipped: Vec<String>,
}
