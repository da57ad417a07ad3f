//! A file encrypted with a passphrase, in the format of `age` (age-encryption.org/v1), for machines without a keyring.
//!
//! Deriving a key from the passphrase takes about a second by design, each time the file is read or written. What was
//! read is therefore kept as long as the file stays the same.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use age::DecryptError;
use age::scrypt::{Identity, Recipient};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::secrets::{LARGEST, Secrets, damaged, refuse_if_others_can_read};
use super::{CredentialStore, PassphraseSource};
use crate::adapters::files::{self, Access, Lock};
use crate::error::{Error, Explain, Result};

/// Work of deriving a key, as a power of two: what the `age` program takes.
const WORK: u8 = 18;
/// Most work that a file may ask for, 4 times as much: a file that somebody else wrote could ask for days.
const MOST_WORK: u8 = 20;

/// Secrets in an encrypted 0600 file, written whole and under a lock. Without secrets there is no file.
#[derive(Debug)]
pub(super) struct AgeStore {
    path: PathBuf,
    source: Box<dyn PassphraseSource>,
    memory: Mutex<Memory>,
}

/// What is known since the store was opened.
#[derive(Debug, Default)]
struct Memory {
    passphrase: Option<SecretString>,
    /// The file's bytes, and what is in them.
    read: Option<(Vec<u8>, Secrets)>,
}

impl AgeStore {
    /// Uses the file at `path`, which need not exist.
    pub(super) fn new(path: PathBuf, source: Box<dyn PassphraseSource>) -> Self {
        AgeStore { path, source, memory: Mutex::default() }
    }

    fn lock(&self) -> Result<Lock> {
        Lock::take(&self.path.with_extension("age.lock"))
    }

    /// Whoever panicked left the memory whole: it is changed in one step.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn passphrase(&self, memory: &mut Memory) -> Result<SecretString> {
        let passphrase = match memory.passphrase.take() {
            Some(passphrase) => passphrase,
            None => self.source.passphrase(!self.path.exists())?,
        };
        memory.passphrase = Some(passphrase.clone());
        Ok(passphrase)
    }

    fn load(&self, memory: &mut Memory) -> Result<Secrets> {
        refuse_if_others_can_read(&self.path)?;
        let Some(bytes) = files::read_bytes(&self.path, LARGEST)? else { return Ok(Secrets::default()) };
        if let Some((known, secrets)) = &memory.read
            && *known == bytes
        {
            return Ok(secrets.clone());
        }
        let mut identity = Identity::new(self.passphrase(memory)?);
        identity.set_max_work_factor(MOST_WORK);
        let text = age::decrypt(&identity, &bytes).map_err(|cause| self.refused(&cause))?;
        let secrets = Secrets::parse(&Zeroizing::new(text)).ok_or_else(|| damaged(&self.path))?;
        memory.read = Some((bytes, secrets.clone()));
        Ok(secrets)
    }

    fn store(&self, memory: &mut Memory, secrets: Secrets) -> Result<()> {
        if secrets.is_empty() {
            return files::remove(&self.path);
        }
        let mut recipient = Recipient::new(self.passphrase(memory)?);
        recipient.set_work_factor(WORK);
        let encrypted = age::encrypt(&recipient, &secrets.to_json());
        let bytes = encrypted.or_bug(|| "cannot encrypt the credentials".into())?;
        files::write_atomically(&self.path, &bytes, Access::Private)?;
        memory.read = Some((bytes, secrets));
        Ok(())
    }

    fn refused(&self, cause: &DecryptError) -> Error {
        let path = self.path.display();
        match cause {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
                Error::auth(format!("the passphrase does not open {path}"))
                    .hint("give the one that it was made with, in PROVENIQ_STORE_PASSPHRASE or when asked")
                    .hint("if it is lost, move the file away and create keys anew with `proveniq keys create`")
            }
            DecryptError::ExcessiveWork { required, .. } => {
                Error::auth(format!("{path} asks for too much work: 2^{required}, where 2^{MOST_WORK} is the most"))
                    .hint("it was not written by proveniq: move it away, or encrypt it anew with `age --passphrase`")
            }
            DecryptError::NoMatchingKeys => Error::auth(format!("{path} is not encrypted with a passphrase"))
                .hint("move it away, or encrypt it anew with `age --passphrase`"),
            _ => damaged(&self.path),
        }
    }
}

impl CredentialStore for AgeStore {
    fn unlock(&self) -> Result<()> {
        self.passphrase(&mut self.memory()).map(drop)
    }

    fn check(&self) -> Result<()> {
        let memory = &mut self.memory();
        // A person may take long to answer; others are not kept from the file meanwhile.
        self.passphrase(memory)?;
        let _lock = self.lock()?;
        self.load(memory).map(drop)
    }

    fn put(&self, account: &str, secret: &SecretString) -> Result<()> {
        let memory = &mut self.memory();
        self.passphrase(memory)?;
        let _lock = self.lock()?;
        let mut secrets = self.load(memory)?;
        secrets.put(account, secret.clone());
        self.store(memory, secrets)
    }

    fn get(&self, account: &str) -> Result<Option<SecretString>> {
        Ok(self.load(&mut self.memory())?.get(account))
    }

    fn delete(&self, account: &str) -> Result<()> {
        let memory = &mut self.memory();
        if !self.path.exists() {
            return Ok(());
        }
        self.passphrase(memory)?;
        let _lock = self.lock()?;
        let mut secrets = self.load(memory)?;
        if secrets.remove(account) { self.store(memory, secrets) } else { Ok(()) }
    }
}
