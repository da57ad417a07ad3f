//! Files that are there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::path::Path;

use crate::error::{Error, Explain, Result};

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// As the umask has it.
    Shared,
    /// The owner alone (0600).
    Private,
}

/// Writes a file through a temporary sibling and a rename; nothing is left behind when it fails.
pub fn write_atomically(path: &Path, bytes: &[u8], access: Access) -> Result<()> {
    let failed = || format!("cannot write {}", path.display());
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_folder(parent, access)?;
    let mut file = temporary(parent, access).or_usage(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).or_usage(failed)?;
    file.persist(path).map_err(|failure| failure.error).or_usage(failed)?;
    Ok(())
}

/// Makes a temporary file beside where it is to be moved.
pub fn temporary(folder: &Path, access: Access) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".proveniq-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = if access == Access::Private { 0o600 } else { 0o666 };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    builder.tempfile_in(folder)
}

/// Makes a folder and those above it; a private one is closed to others.
pub fn create_folder(path: &Path, access: Access) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if access == Access::Private {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).or_usage(|| format!("cannot make the folder {}", path.display()))
}

/// Reads a text file of at most `most` bytes; an absent one is `None`.
pub fn read_text(path: &Path, most: u64) -> Result<Option<String>> {
    let failed = || format!("cannot read {}", path.display());
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Error::usage(failed()).because(cause)),
    };
    let mut text = String::new();
    file.take(most + 1).read_to_string(&mut text).or_usage(failed)?;
    if text.len() as u64 > most {
        return Err(Error::usage(failed()).hint(format!("it is larger than {most} bytes")));
    }
    Ok(Some(text))
}

/// An exclusive lock on a file, held until it is dropped. The system gives it up when the process ends in any way.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "holds the lock while it is open")] File);

impl Lock {
    /// Takes the lock, or returns `None` where another process holds it.
    pub fn try_take(path: &Path) -> Result<Option<Lock>> {
        let file = Self::open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock(file))),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(cause)) => {
                Err(Error::usage(format!("cannot lock {}", path.display())).because(cause))
            }
        }
    }

    /// Tells whether another process holds the lock. Looking does not get in the way of others who look.
    pub fn is_held(path: &Path) -> Result<bool> {
        let Ok(file) = File::open(path) else { return Ok(false) };
        match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(fs::TryLockError::WouldBlock) => Ok(true),
            Err(fs::TryLockError::Error(cause)) => {
                Err(Error::usage(format!("cannot lock {}", path.display())).because(cause))
            }
        }
    }

    /// Waits for the lock.
    pub fn take(path: &Path) -> Result<Lock> {
        let file = Self::open(path)?;
        file.lock().or_usage(|| format!("cannot lock {}", path.display()))?;
        Ok(Lock(file))
    }

    fn open(path: &Path) -> Result<File> {
        if let Some(parent) = path.parent() {
            create_folder(parent, Access::Private)?;
        }
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        options.open(path).or_usage(|| format!("cannot open {}", path.display()))
    }
}
