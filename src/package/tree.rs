//! The files of a project or a package, wherever they are.

use std::io::{self, Read};

/// A file that belongs to the package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Path below the root, with '/'.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Whether its owner may execute it.
    pub executable: bool,
}

/// Files that can be listed and read: a folder on disk or an archive.
pub trait SourceTree: Send + Sync {
    /// All files, sorted by path as bytes.
    fn files(&self) -> &[SourceFile];

    /// Opens a file of [`SourceTree::files`].
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>>;

    /// Reads a file whole; one of more than `most` bytes is an error of kind `FileTooLarge`.
    fn read(&self, path: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    /// Tells whether there is a file of that path.
    fn contains(&self, path: &str) -> bool {
        self.files().binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
    }
}
