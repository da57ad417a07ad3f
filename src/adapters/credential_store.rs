//! Where secrets of keys are kept. Nothing falls back to a weaker store by itself.

mod file;
mod keyring;

use serde::{Deserialize, Serialize};

use crate::context::Dirs;
use crate::credential::ApiKey;
use crate::error::{Error, Result};

pub use self::file::FileStore;
pub use self::keyring::KeyringStore;

/// A kind of store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// The operating system's keyring.
    Keyring,
    /// A 0600 file, not encrypted.
    File,
}

impl StoreKind {
    /// Parses the name used in flags, environment and configuration.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "keyring" => Ok(StoreKind::Keyring),
            "file" => Ok(StoreKind::File),
            _ => Err(Error::usage(format!("{name:?} is no credential store")).hint("known: keyring, file")),
        }
    }

    /// The name used in flags, environment and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            StoreKind::Keyring => "keyring",
            StoreKind::File => "file",
        }
    }

    /// Opens the store.
    pub fn open(self, dirs: &Dirs) -> Box<dyn CredentialStore> {
        match self {
            StoreKind::Keyring => Box::new(KeyringStore),
            StoreKind::File => Box::new(FileStore::new(dirs.config.join("credentials.json"))),
        }
    }
}

/// Keeps keys by account. An account names profile, marketplace and key.
pub trait CredentialStore {
    /// Tells whether the store can be used, without changing anything.
    fn probe(&self) -> Result<()>;
    /// Stores a key, in place of one that was there.
    fn put(&self, account: &str, key: &ApiKey) -> Result<()>;
    /// Reads a key.
    fn get(&self, account: &str) -> Result<Option<ApiKey>>;
    /// Removes a key; one that is not there is no error.
    fn delete(&self, account: &str) -> Result<()>;
}

/// Parses what a store gave back.
fn parse_stored(account: &str, text: &str) -> Result<ApiKey> {
    ApiKey::parse(text).map_err(|why| {
        Error::auth(format!("what is stored for {account} is no key: {why}"))
            .hint("create another with `proveniq keys create`")
    })
}
