//! A file that is written after a long run: that it can be written is known before the run, and a run that comes to
//! nothing leaves it as it was.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::files::{self, Access};
use crate::error::{Error, Explain, Result};

/// A file that is there whole once it is written, or as it was before.
#[derive(Debug)]
pub struct PendingFile {
    path: PathBuf,
    /// A pipe or a device, which cannot be replaced.
    device: Option<File>,
}

impl PendingFile {
    /// Sees that it can be written; a folder that is not there, or that is closed, is an error.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = || format!("cannot write {}", path.display());
        let path = match fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                return Err(Error::usage(failed()).hint("it is a folder: name a file in it"));
            }
            Ok(found) if !found.is_file() => {
                let device = OpenOptions::new().write(true).open(path).or_usage(failed)?;
                return Ok(PendingFile { path: path.to_owned(), device: Some(device) });
            }
            // A link goes on leading to what is written.
            Ok(_) => path.canonicalize().or_usage(failed)?,
            Err(_) => path.to_owned(),
        };
        // What is tried here is gone at once: the folder may be one whose files are looked at meanwhile.
        files::temporary(folder_of(&path), Access::Shared).or_usage(failed)?;
        Ok(PendingFile { path, device: None })
    }

    /// Where it is written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it.
    pub fn write(self, bytes: &[u8]) -> Result<()> {
        match self.device {
            Some(mut device) => device.write_all(bytes).or_usage(|| format!("cannot write {}", self.path.display())),
            None => files::write_atomically(&self.path, bytes, Access::Shared),
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
