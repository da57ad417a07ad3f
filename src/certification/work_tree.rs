//! Evidence from files that are not shipped, and that git would take all the same.

use crate::scan;

/// A file of the work tree that is not shipped, with the secrets in it.
#[derive(Debug, Clone)]
pub struct NotShipped {
    /// Path below the root.
    pub path: String,
    /// What the scanner found.
    pub secrets: Vec<scan::Finding>,
}

/// What is in the work tree besides the shipped files.
#[derive(Debug, Clone, Default)]
pub struct WorkTree {
    /// Files that were searched.
    pub searched: usize,
    /// Those of them that hold secrets.
    pub found: Vec<NotShipped>,
    /// What was not searched, or not to its end, and why.
    pub skipped: Vec<(String, String)>,
}
