//! What a command has begun and must finish or take back, written down before it is done: one file for each thing, with a
//! lock beside it, in the state folder. Journals hold no secret.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::files::{self, Access, Lock};
use crate::error::{Error, Explain, Result};
use crate::package::hex;

const LARGEST: u64 = 1 << 20;

/// The journal of one thing. Nobody else has it while this lives; the system gives it up when the process ends.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    _lock: Lock,
}

/// Journals that something was written to.
#[derive(Debug)]
pub struct Abandoned {
    /// Those that no process has.
    pub free: Vec<Journal>,
    /// How many a process has at this moment.
    pub held: usize,
}

impl Journal {
    /// Takes the journal of what `kind` and `name` stand for, such as `rotate` and a key; `None` where another process
    /// has it.
    pub fn take(folder: &Path, kind: &str, name: &str) -> Result<Option<Self>> {
        // A digest, since a name can be anything, and longer than the name of a file.
        let digest = hex(&Sha256::digest(name.as_bytes()));
        Self::at(folder.join(format!("{kind}-{}.json", &digest[..24])))
    }

    /// The journals of a kind that something was written to: those that no process has now, and how many others.
    pub fn abandoned(folder: &Path, kind: &str) -> Result<Abandoned> {
        let prefix = format!("{kind}-");
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_one = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with(&prefix) && path.extension().is_some_and(|ending| ending == "json")
        };
        let mut paths: Vec<_> = entries.filter(is_one).collect();
        paths.sort();
        let all = paths.len();
        let taken = paths.into_iter().map(Self::at).collect::<Result<Vec<_>>>()?;
        let free: Vec<_> = taken.into_iter().flatten().collect();
        Ok(Abandoned { held: all - free.len(), free })
    }

    fn at(path: PathBuf) -> Result<Option<Self>> {
        let lock = Lock::try_take(&path.with_extension("lock")).map_err(|error| {
            error.hint("what is begun is written down there first; PROVENIQ_STATE_DIR names another folder")
        })?;
        Ok(lock.map(|lock| Journal { path, _lock: lock }))
    }

    /// What was written last; `None` where nothing is under way.
    pub fn read<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        let Some(text) = files::read_text(&self.path, LARGEST)? else { return Ok(None) };
        serde_json::from_str(&text).map(Some).map_err(|cause| {
            Error::usage(format!("{} is damaged, or of another version", self.path.display()))
                .because(cause)
                .hint("look at the keys with `proveniq keys list`, revoke what nobody has, and move the file away")
        })
    }

    /// Writes down how things stand.
    pub fn write(&self, entry: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string_pretty(entry).or_bug(|| "cannot serialise a journal".into())?;
        files::write_atomically(&self.path, text.as_bytes(), Access::Private)
    }

    /// Notes that nothing is under way any more.
    pub fn clear(&self) -> Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::usage(format!("cannot delete {}", self.path.display())).because(cause))
            }
            _ => Ok(()),
        }
    }
}
