//! Bounds on packages.

/// Bounds that writer and reader share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of the compressed archive.
    pub compressed: u64,
    /// Most bytes of the archive itself.
    pub unpacked: u64,
    /// Most files.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { compressed: 256 << 20, unpacked: 1 << 30, files: 20_000 }
    }
}
