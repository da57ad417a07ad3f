//! What is known of stored signing keys, without their secrets: signing-keys.json in the configuration folder.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::files::{self, Access, Lock};
use crate::credential::{Fingerprint, StoreKind};
use crate::error::{Error, Explain, Result};

/// A stored signing key. It is bound to a profile, a marketplace's origin and a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSigningKey {
    /// Profile that it belongs to.
    pub profile: String,
    /// Origin of the marketplace that knows its public half.
    pub origin: String,
    /// Publisher that it signs for.
    pub publisher: String,
    /// Name.
    pub name: String,
    /// Fingerprint.
    pub id: Fingerprint,
    /// The public half as PEM.
    pub public_key: String,
    /// Where the secret half is.
    pub store: StoreKind,
    /// When it was made.
    pub created_at: Timestamp,
}

impl StoredSigningKey {
    /// Account under which the store keeps the secret half. No API key is called so: their names follow a slash.
    pub fn store_account(&self) -> String {
        format!("{}@{} signing {}/{}", self.profile, self.origin, self.publisher, self.name)
    }

    fn is_in_place_of(&self, other: &StoredSigningKey) -> bool {
        self.store_account() == other.store_account()
    }
}

/// The index file.
#[derive(Debug, Clone)]
pub struct SigningKeyIndex {
    path: PathBuf,
}

impl SigningKeyIndex {
    /// Uses signing-keys.json in `folder`.
    pub fn new(folder: &Path) -> Self {
        SigningKeyIndex { path: folder.join("signing-keys.json") }
    }

    /// The stored keys of a profile, newest first.
    pub fn list(&self, profile: &str) -> Result<Vec<StoredSigningKey>> {
        let mut keys = self.load()?;
        keys.retain(|key| key.profile == profile);
        keys.reverse();
        Ok(keys)
    }

    /// Adds a key, in place of one of the same name.
    pub fn add(&self, key: StoredSigningKey) -> Result<()> {
        self.change(|keys| {
            keys.retain(|known| !known.is_in_place_of(&key));
            keys.push(key);
        })
    }

    /// Forgets a key.
    pub fn remove(&self, key: &StoredSigningKey) -> Result<()> {
        self.change(|keys| keys.retain(|known| known != key))
    }

    /// Forgets all keys of an origin and returns them.
    pub fn remove_origin(&self, origin: &str) -> Result<Vec<StoredSigningKey>> {
        let of_origin: Vec<_> = self.load()?.into_iter().filter(|key| key.origin == origin).collect();
        of_origin.iter().try_for_each(|key| self.remove(key))?;
        Ok(of_origin)
    }

    fn change(&self, change: impl FnOnce(&mut Vec<StoredSigningKey>)) -> Result<()> {
        let _lock = Lock::take(&self.path.with_extension("lock"))?;
        let mut keys = self.load()?;
        change(&mut keys);
        let text =
            serde_json::to_string_pretty(&keys).or_bug(|| "cannot serialise the index of signing keys".into())?;
        files::write_atomically(&self.path, text.as_bytes(), Access::Private)
    }

    fn load(&self) -> Result<Vec<StoredSigningKey>> {
        let Some(text) = files::read_text(&self.path, 1 << 20)? else { return Ok(Vec::new()) };
        serde_json::from_str(&text).map_err(|cause| {
            Error::usage(format!("{} is damaged", self.path.display()))
                .because(cause)
                .hint("move it away; the secrets themselves are not in it")
        })
    }
}
