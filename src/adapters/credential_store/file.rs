//! A file that only its owner can read. Not encrypted, and so used only where it was asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{CredentialStore, parse_stored};
use crate::adapters::files::{self, Access, Lock};
use crate::credential::ApiKey;
use crate::error::{Error, Explain, Result};

const LARGEST: u64 = 1 << 20;

/// Keys in a 0600 file, written whole and under a lock.
#[derive(Debug, Clone)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// Uses the file at `path`, which need not exist.
    pub fn new(path: PathBuf) -> Self {
        FileStore { path }
    }

    fn load(&self) -> Result<BTreeMap<String, String>> {
        refuse_if_others_can_read(&self.path)?;
        let Some(text) = files::read_text(&self.path, LARGEST)? else { return Ok(BTreeMap::new()) };
        // The parser's own message could repeat a part of the file.
        serde_json::from_str(&text).map_err(|_| {
            Error::auth(format!("{} is damaged", self.path.display()))
                .hint("move it away and create keys anew with `proveniq keys create`")
        })
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) -> Result<()> {
        let _lock = Lock::take(&self.path.with_extension("lock"))?;
        let mut keys = self.load()?;
        change(&mut keys);
        let text = serde_json::to_string_pretty(&keys).or_bug(|| "cannot serialise the keys".into())?;
        files::write_atomically(&self.path, text.as_bytes(), Access::Private)
    }
}

impl CredentialStore for FileStore {
    fn probe(&self) -> Result<()> {
        self.load().map(drop)
    }

    fn put(&self, account: &str, key: &ApiKey) -> Result<()> {
        self.change(|keys| drop(keys.insert(account.to_owned(), key.expose().to_owned())))
    }

    fn get(&self, account: &str) -> Result<Option<ApiKey>> {
        self.load()?.get(account).map(|text| parse_stored(account, text)).transpose()
    }

    fn delete(&self, account: &str) -> Result<()> {
        self.change(|keys| drop(keys.remove(account)))
    }
}

#[cfg(unix)]
fn refuse_if_others_can_read(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map_or(0o600, |metadata| metadata.permissions().mode() & 0o777);
    let others = mode & 0o077;
    if others == 0 {
        return Ok(());
    }
    Err(Error::auth(format!("{} can be read by others (mode {mode:o})", path.display()))
        .hint(format!("run `chmod 600 {}`, and revoke its keys if others use this machine", path.display())))
}

#[cfg(not(unix))]
fn refuse_if_others_can_read(_: &Path) -> Result<()> {
    Ok(())
}
