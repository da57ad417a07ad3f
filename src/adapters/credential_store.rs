//! Where secrets are kept. Nothing falls back to a weaker store by itself, and no store is taken at its word: what was
//! written is read back before it counts.

mod age;
mod file;
mod keyring;
mod secrets;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use crate::credential::{ApiKey, StoreKind};
use crate::error::{Error, Explain, Result};
use crate::package::hex;

use self::age::AgeStore;
use self::file::FileStore;
use self::keyring::KeyringStore;

/// Keeps secrets by account. An account names profile, marketplace and key; a secret is any text.
pub trait CredentialStore: fmt::Debug + Send + Sync {
    /// Gets what is needed to open the store, such as a passphrase, from a person if need be.
    fn unlock(&self) -> Result<()> {
        Ok(())
    }
    /// Tells whether the store can be used, without changing what it keeps.
    fn check(&self) -> Result<()>;
    /// Stores a secret, in place of one that was there.
    fn put(&self, account: &str, secret: &SecretString) -> Result<()>;
    /// Reads a secret.
    fn get(&self, account: &str) -> Result<Option<SecretString>>;
    /// Removes a secret; one that is not there is no error.
    fn delete(&self, account: &str) -> Result<()>;
}

/// Gives the passphrase of an encrypted store.
pub trait PassphraseSource: fmt::Debug + Send + Sync {
    /// The passphrase, for a `new` store or for one that is there.
    fn passphrase(&self, new: bool) -> Result<SecretString>;
}

/// A store that was chosen. Clones share what was unlocked.
#[derive(Debug, Clone)]
pub struct Store {
    kind: StoreKind,
    inner: Arc<dyn CredentialStore>,
}

impl Store {
    /// Opens a store; `folder` is the one of the user's configuration. `passphrase` is asked only where one is needed.
    pub fn open(kind: StoreKind, folder: &Path, passphrase: impl PassphraseSource + 'static) -> Self {
        let inner: Arc<dyn CredentialStore> = match kind {
            StoreKind::Keyring => Arc::new(KeyringStore),
            StoreKind::File => Arc::new(FileStore::new(folder.join("credentials.json"))),
            StoreKind::Age => Arc::new(AgeStore::new(folder.join("credentials.age"), Box::new(passphrase))),
        };
        Store { kind, inner }
    }

    /// Gets what is needed to open the store, from a person if need be. The other calls do so by themselves.
    pub fn unlock(&self) -> Result<()> {
        self.inner.unlock()
    }

    /// Tells whether the store can be used, without changing what it keeps.
    pub fn check(&self) -> Result<()> {
        self.inner.check()
    }

    /// Writes an entry, reads it back and deletes it again.
    pub fn probe(&self) -> Result<()> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).or_bug(|| "the system gives no randomness".into())?;
        let (account, secret) = (format!("probe/{}", hex(&random)), SecretString::from(hex(&random)));
        self.put(&account, &secret)?;
        self.inner.delete(&account)?;
        match self.inner.get(&account)? {
            None => Ok(()),
            Some(_) => Err(self.lie("it deleted an entry", "still has it")),
        }
    }

    /// Stores a secret, in place of one that was there, and reads it back. One that is not kept as it is, is an error.
    pub fn put(&self, account: &str, secret: &SecretString) -> Result<()> {
        self.inner.put(account, secret)?;
        let lie = match self.inner.get(account) {
            Ok(Some(kept)) if kept.expose_secret() == secret.expose_secret() => return Ok(()),
            Ok(Some(_)) => self.lie("it keeps the secret", "gives back another"),
            Ok(None) => self.lie("it keeps the secret", "gives back nothing"),
            Err(error) => error,
        };
        // It may be there all the same; where this fails too, nothing more can be done.
        let _ = self.inner.delete(account);
        Err(lie)
    }

    /// Stores a key, as [`Store::put`] does.
    pub fn put_key(&self, account: &str, key: &ApiKey) -> Result<()> {
        self.put(account, &key.expose().to_owned().into())
    }

    /// Reads a secret.
    pub fn get(&self, account: &str) -> Result<Option<SecretString>> {
        self.inner.get(account)
    }

    /// Reads a key.
    pub fn get_key(&self, account: &str) -> Result<Option<ApiKey>> {
        let found = self.inner.get(account)?;
        found.map(|text| ApiKey::parse(text.expose_secret())).transpose().map_err(|why| {
            Error::auth(format!("what is stored for {account} is no key: {why}"))
                .hint("create another with `proveniq keys create`")
        })
    }

    /// Removes a secret; one that is not there is no error.
    pub fn delete(&self, account: &str) -> Result<()> {
        self.inner.delete(account)
    }

    fn lie(&self, said: &str, does: &str) -> Error {
        Error::auth(format!("the credential store ({}) says that {said}, and {does}", self.kind.as_str()))
            .hint("take another store with --store or PROVENIQ_CREDENTIAL_STORE: this one loses keys")
    }
}
