//! A file that only its owner can read. Not encrypted, and so used only where it was asked for.

use std::path::PathBuf;

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::CredentialStore;
use super::secrets::{LARGEST, Secrets, damaged, refuse_if_others_can_read};
use crate::adapters::files::{self, Access, Lock};
use crate::error::Result;

/// Secrets in a 0600 file, written whole and under a lock. Without secrets there is no file.
#[derive(Debug)]
pub(super) struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// Uses the file at `path`, which need not exist.
    pub(super) fn new(path: PathBuf) -> Self {
        FileStore { path }
    }

    fn lock(&self) -> Result<Lock> {
        Lock::take(&self.path.with_extension("lock"))
    }

    fn load(&self) -> Result<Secrets> {
        refuse_if_others_can_read(&self.path)?;
        let Some(text) = files::read_bytes(&self.path, LARGEST)?.map(Zeroizing::new) else {
            return Ok(Secrets::default());
        };
        Secrets::parse(&text).ok_or_else(|| damaged(&self.path))
    }
}

impl CredentialStore for FileStore {
    fn check(&self) -> Result<()> {
        let _lock = self.lock()?;
        self.load().map(drop)
    }

    fn put(&self, account: &str, secret: &SecretString) -> Result<()> {
        let _lock = self.lock()?;
        let mut secrets = self.load()?;
        secrets.put(account, secret.clone());
        files::write_atomically(&self.path, &secrets.to_json(), Access::Private)
    }

    fn get(&self, account: &str) -> Result<Option<SecretString>> {
        Ok(self.load()?.get(account))
    }

    fn delete(&self, account: &str) -> Result<()> {
        let _lock = self.lock()?;
        let mut secrets = self.load()?;
        if !secrets.remove(account) {
            return Ok(());
        }
        if secrets.is_empty() {
            return files::remove(&self.path);
        }
        files::write_atomically(&self.path, &secrets.to_json(), Access::Private)
    }
}
