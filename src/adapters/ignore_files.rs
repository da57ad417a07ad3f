//! `.gitignore` files that are no files: the walk would read a pipe, and wait for ever.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, Result};

/// Ignore files that a walk came across and that cannot be read. Clones share what they came across.
#[derive(Debug, Clone, Default)]
pub struct OddIgnoreFiles(Arc<Mutex<Vec<PathBuf>>>);

impl OddIgnoreFiles {
    /// Whether a folder can be entered: its ignore file is plain, or there is none. One that is not is noted.
    pub fn let_in(&self, folder: &Path) -> bool {
        let path = folder.join(".gitignore");
        let odd = fs::metadata(&path).is_ok_and(|found| !found.is_file() && !found.is_dir());
        if odd {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(path);
        }
        !odd
    }

    /// What was come across.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// An error where there was one.
    pub fn refuse(&self) -> Result<()> {
        match self.take().first() {
            None => Ok(()),
            Some(path) => Err(Error::usage(format!("{} is no plain file", path.display()))
                .hint("what it leaves out cannot be known: remove it, or write a file there")),
        }
    }
}
