//! Public keys that a marketplace told of, kept so that attestations can be verified without it.

use std::path::{Path, PathBuf};

use super::files::{self, Access};
use crate::error::{Error, Explain, Result};
use crate::wire::{MarketplaceKey, RegisteredSigningKey};

/// Largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The keys that one marketplace told of.
#[derive(Debug, Clone)]
pub struct KnownKeys {
    folder: PathBuf,
}

impl KnownKeys {
    /// Uses a folder below `state`; `host` is the marketplace's, as the name of a folder.
    pub fn new(state: &Path, host: &str) -> Self {
        KnownKeys { folder: state.join("known-keys").join(host) }
    }

    /// Keeps the keys of a publisher, in place of those that were known.
    pub fn remember(&self, publisher: &str, keys: &[RegisteredSigningKey]) -> Result<()> {
        write(&self.publisher_file(publisher), &keys)
    }

    /// The keys of a publisher as they were last told.
    pub fn recall(&self, publisher: &str) -> Result<Option<Vec<RegisteredSigningKey>>> {
        read(&self.publisher_file(publisher))
    }

    /// Keeps the marketplace's own key.
    pub fn remember_own(&self, key: &MarketplaceKey) -> Result<()> {
        write(&self.own_file(), key)
    }

    /// The marketplace's own key as it was last told.
    pub fn recall_own(&self) -> Result<Option<MarketplaceKey>> {
        read(&self.own_file())
    }

    fn publisher_file(&self, publisher: &str) -> PathBuf {
        self.folder.join("publishers").join(format!("{publisher}.json"))
    }

    fn own_file(&self) -> PathBuf {
        self.folder.join("marketplace.json")
    }
}

fn write(path: &Path, document: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(document).or_bug(|| "cannot serialise keys".into())?;
    files::write_atomically(path, text.as_bytes(), Access::Private)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    let Some(text) = files::read_text(path, LARGEST)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|cause| {
        Error::usage(format!("{} is damaged", path.display())).because(cause).hint("delete it: it is fetched again")
    })
}
