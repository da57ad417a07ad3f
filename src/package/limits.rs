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
    /// Most bytes of the archive for each of its compressed form.
    pub ratio: u64,
}

/// Bytes of an archive that a compressed form of any size may stand for.
const SMALL: u64 = 16 << 20;

impl Limits {
    /// Most bytes of an archive whose compressed form has `compressed` bytes.
    pub fn unpacked_of(&self, compressed: u64) -> u64 {
        self.unpacked.min(compressed.saturating_mul(self.ratio).max(SMALL))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits { compressed: 256 << 20, unpacked: 1 << 30, files: 20_000, ratio: 256 }
    }
}
