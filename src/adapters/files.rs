//! Files that are there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::error::{Error, Explain, Result};

/// Time that a lock is waited for: several writers of an encrypted file take about two seconds each.
const PATIENCE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(5);

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// As the umask has it.
    Shared,
    /// The owner alone (0600).
    Private,
    /// As the umask has it, and to be run.
    Program,
}

/// Writes a file through a temporary sibling and a rename; nothing is left behind when it fails.
pub fn write_atomically(path: &Path, bytes: &[u8], access: Access) -> Result<()> {
    let failed = || format!("cannot write {}", path.display());
    // A rename would put a file in the place of a device, for every program of this machine.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(Error::usage(failed()).hint("it is there and is no file"));
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_folder(parent, access)?;
    let mut file = temporary(parent, access).map_err(|cause| unwritable(cause, failed()))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).or_usage(failed)?;
    file.persist(path).map_err(|failure| unwritable(failure.error, failed()))?;
    Ok(())
}

/// Makes a temporary file beside where it is to be moved.
pub fn temporary(folder: &Path, access: Access) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".proveniq-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = match access {
            Access::Shared => 0o666,
            Access::Private => 0o600,
            Access::Program => 0o777,
        };
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
    let failed = || format!("cannot make the folder {}", path.display());
    builder.create(path).map_err(|cause| unwritable(cause, failed()))
}

/// Opens what must be a plain file: a pipe would be waited for, and a device has no end.
pub fn open_plain(path: &Path) -> Result<File> {
    let failed = || format!("cannot read {}", path.display());
    let found = fs::metadata(path).or_usage(failed)?;
    if !found.is_file() {
        return Err(Error::usage(failed()).hint("it is no plain file"));
    }
    File::open(path).or_usage(failed)
}

/// Reads a text file of at most `most` bytes; an absent one is `None`.
pub fn read_text(path: &Path, most: u64) -> Result<Option<String>> {
    let bytes = read_bytes(path, most)?;
    let wrong = |_| io::Error::new(io::ErrorKind::InvalidData, "it is not valid UTF-8");
    let text = |bytes| String::from_utf8(bytes).map_err(wrong);
    bytes.map(text).transpose().or_usage(|| format!("cannot read {}", path.display()))
}

/// Reads a file of at most `most` bytes; an absent one is `None`.
pub fn read_bytes(path: &Path, most: u64) -> Result<Option<Vec<u8>>> {
    let failed = || format!("cannot read {}", path.display());
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Error::usage(failed()).because(cause)),
    };
    // Room for all of it at once, so that no half-read copy is left in memory.
    let size = file.metadata().map_or(0, |metadata| metadata.len().min(most));
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(most + 1).read_to_end(&mut bytes).or_usage(failed)?;
    if bytes.len() as u64 > most {
        return Err(Error::usage(failed()).hint(format!("it is larger than {most} bytes")));
    }
    Ok(Some(bytes))
}

/// Removes a file; one that is not there is no error.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            Err(unwritable(cause, format!("cannot delete {}", path.display())))
        }
        _ => Ok(()),
    }
}

/// What cannot be written, with what to do where the folder is closed.
fn unwritable(cause: io::Error, message: String) -> Error {
    let closed = matches!(cause.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem);
    let error = Error::usage(message).because(cause);
    if !closed {
        return error;
    }
    error.hint("it cannot be written here: for other folders set PROVENIQ_CONFIG_DIR and PROVENIQ_STATE_DIR")
}

/// Tells whether a file can be read by others than its owner. On systems without such modes nothing is known of it.
#[cfg(feature = "server")]
pub fn others_may_read(path: &Path) -> Result<bool> {
    let found = fs::metadata(path).or_usage(|| format!("cannot read {}", path.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        Ok(found.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        drop(found);
        Ok(false)
    }
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

    /// Waits for the lock, 15 seconds at most.
    pub fn take(path: &Path) -> Result<Lock> {
        let started = Instant::now();
        loop {
            if let Some(lock) = Self::try_take(path)? {
                return Ok(lock);
            }
            if started.elapsed() > PATIENCE {
                return Err(Error::conflict(format!(
                    "another process has held {} for {} s",
                    path.display(),
                    PATIENCE.as_secs()
                ))
                .hint("is another proveniq stopped or waiting? End it and run the command again"));
            }
            std::thread::sleep(POLL);
        }
    }

    fn open(path: &Path) -> Result<File> {
        if let Some(parent) = path.parent() {
            create_folder(parent, Access::Private)?;
        }
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        options.open(path).map_err(|cause| unwritable(cause, format!("cannot open {}", path.display())))
    }
}
