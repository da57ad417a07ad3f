//! Evidence of packing more than once.

/// What packing the same sources again gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Digest of the package.
    pub first: String,
    /// Digest of what was packed again from elsewhere.
    pub second: String,
    /// Whether the build was run in between.
    pub built: bool,
    /// Files that were shipped differently afterwards.
    pub changes: Vec<Change>,
}

/// A shipped file that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Path below the root.
    pub path: String,
    /// `added`, `removed` or `changed`.
    pub how: &'static str,
}
