//! What is known of stored keys, without their secrets: keys.json in the configuration folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::files::{self, Access, Lock};
use crate::credential::StoreKind;
use crate::error::{Error, Explain, Result};

/// A stored key. It is bound to a profile and a marketplace's origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredKey {
    /// Profile that it belongs to.
    pub profile: String,
    /// Origin of the marketplace, such as `http://127.0.0.1:7464`.
    pub origin: String,
    /// Name.
    pub name: String,
    /// Identifier in the marketplace.
    pub id: String,
    /// Beginning of the secret.
    pub prefix: String,
    /// Where the secret is.
    pub store: StoreKind,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

impl StoredKey {
    /// Account under which the store keeps the secret.
    pub fn account(&self) -> String {
        format!("{}@{}/{}", self.profile, self.origin, self.name)
    }

    fn is(&self, profile: &str, origin: &str, name: &str) -> bool {
        self.profile == profile && self.origin == origin && self.name == name
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Document {
    keys: Vec<StoredKey>,
    /// Name of the key in use, by `profile@origin`.
    active: BTreeMap<String, String>,
}

/// The index file.
#[derive(Debug, Clone)]
pub struct KeyIndex {
    path: PathBuf,
}

impl KeyIndex {
    /// Uses keys.json in `folder`.
    pub fn new(folder: &std::path::Path) -> Self {
        KeyIndex { path: folder.join("keys.json") }
    }

    /// The stored keys of a profile and an origin.
    pub fn list(&self, profile: &str, origin: &str) -> Result<Vec<StoredKey>> {
        let keys = self.load()?.keys.into_iter();
        Ok(keys.filter(|key| key.profile == profile && key.origin == origin).collect())
    }

    /// The stored keys of a profile at every origin, and whether each is in use.
    pub fn list_profile(&self, profile: &str) -> Result<Vec<(StoredKey, bool)>> {
        let Document { keys, active } = self.load()?;
        let of_profile = keys.into_iter().filter(|key| key.profile == profile);
        let in_use = |key: &StoredKey| active.get(&slot(profile, &key.origin)) == Some(&key.name);
        Ok(of_profile.map(|key| (in_use(&key), key)).map(|(in_use, key)| (key, in_use)).collect())
    }

    /// The key in use for a profile and an origin.
    pub fn active(&self, profile: &str, origin: &str) -> Result<Option<StoredKey>> {
        let document = self.load()?;
        let Some(name) = document.active.get(&slot(profile, origin)) else { return Ok(None) };
        Ok(document.keys.into_iter().find(|key| key.is(profile, origin, name)))
    }

    /// Adds a key, in place of one of the same name, and puts it to use.
    pub fn add(&self, key: StoredKey) -> Result<()> {
        self.change(|document| {
            document.keys.retain(|known| !known.is(&key.profile, &key.origin, &key.name));
            document.active.insert(slot(&key.profile, &key.origin), key.name.clone());
            document.keys.push(key);
        })
    }

    /// Puts a key in the place of the one of the same name, in use or not as that one was. One that is new is put to use
    /// where none is.
    pub fn replace(&self, key: StoredKey) -> Result<()> {
        self.change(|document| {
            document.keys.retain(|known| !known.is(&key.profile, &key.origin, &key.name));
            document.active.entry(slot(&key.profile, &key.origin)).or_insert_with(|| key.name.clone());
            document.keys.push(key);
        })
    }

    /// Puts a stored key to use; tells whether there is one of that name.
    pub fn activate(&self, profile: &str, origin: &str, name: &str) -> Result<bool> {
        let known = self.list(profile, origin)?.iter().any(|key| key.name == name);
        if known {
            self.change(|document| drop(document.active.insert(slot(profile, origin), name.to_owned())))?;
        }
        Ok(known)
    }

    /// Forgets a key.
    pub fn remove(&self, key: &StoredKey) -> Result<()> {
        self.change(|document| {
            document.keys.retain(|known| known != key);
            let slot = slot(&key.profile, &key.origin);
            if document.active.get(&slot) == Some(&key.name) {
                document.active.remove(&slot);
            }
        })
    }

    /// Forgets all keys of an origin and returns them.
    pub fn remove_origin(&self, origin: &str) -> Result<Vec<StoredKey>> {
        let of_origin: Vec<_> = self.load()?.keys.into_iter().filter(|key| key.origin == origin).collect();
        of_origin.iter().try_for_each(|key| self.remove(key))?;
        Ok(of_origin)
    }

    fn change(&self, change: impl FnOnce(&mut Document)) -> Result<()> {
        let _lock = Lock::take(&self.path.with_extension("lock"))?;
        let mut document = self.load()?;
        change(&mut document);
        let text = serde_json::to_string_pretty(&document).or_bug(|| "cannot serialise the index of keys".into())?;
        files::write_atomically(&self.path, text.as_bytes(), Access::Private)
    }

    fn load(&self) -> Result<Document> {
        let Some(text) = files::read_text(&self.path, 1 << 20)? else { return Ok(Document::default()) };
        serde_json::from_str(&text).map_err(|cause| {
            Error::usage(format!("{} is damaged", self.path.display()))
                .because(cause)
                .hint("move it away; the secrets themselves are not in it")
        })
    }
}

fn slot(profile: &str, origin: &str) -> String {
    format!("{profile}@{origin}")
}
