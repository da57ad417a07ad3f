//! What a source takes from other files.

/// A module that a source takes in, as the source names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::certification) struct Import {
    /// JavaScript: the specifier; Python: the dotted name, with a dot before it for each folder; Rust: the name or path.
    pub(in crate::certification) module: String,
    /// What is taken from it, where that may be a module too, as in Python.
    pub(in crate::certification) names: Vec<String>,
}

impl Import {
    pub(super) fn of(module: impl Into<String>) -> Self {
        Import { module: module.into(), names: Vec::new() }
    }
}
