//! Where secrets of keys are kept. Nothing falls back to a weaker store by itself.

mod file;
mod keyring;

use std::path::Path;

use crate::credential::{ApiKey, StoreKind};
use crate::error::{Error, Result};

pub use self::file::FileStore;
pub use self::keyring::KeyringStore;

/// Opens a store; `folder` is the one of the user's configuration.
pub fn open(kind: StoreKind, folder: &Path) -> Box<dyn CredentialStore> {
    match kind {
        StoreKind::Keyring => Box::new(KeyringStore),
        StoreKind::File => Box::new(FileStore::new(folder.join("credentials.json"))),
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
