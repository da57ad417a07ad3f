//! config.toml, the user's configuration.

use std::collections::BTreeMap;
use std::path::Path;

use crate::adapters::files;
use crate::credential::StoreKind;
use crate::error::{Error, Result};
use crate::toml_reader::{self, Table};

/// The user's configuration. Every key is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// `profile`: used where none is named.
    pub profile: Option<String>,
    /// `credential_store`: keyring or file.
    pub credential_store: Option<StoreKind>,
    /// `[advisories] url`: where advisories on dependencies are fetched from.
    pub advisories: Option<String>,
    marketplace: Option<String>,
    by_profile: BTreeMap<String, String>,
}

impl Config {
    /// Reads the file; an absent one is empty.
    pub fn load(path: &Path) -> Result<Self> {
        let Some(text) = files::read_text(path, toml_reader::MAX_BYTES as u64)? else { return Ok(Self::default()) };
        let file = path.display().to_string();
        toml_reader::read(&file, &text, |root| Some(config(root)))
            .map_err(|problems| Error::usage("the configuration does not hold").with_diagnostics(problems))
    }

    /// The marketplace of a profile: `[marketplaces] NAME`, else `marketplace`.
    pub fn marketplace(&self, profile: &str) -> Option<String> {
        self.by_profile.get(profile).or(self.marketplace.as_ref()).cloned()
    }
}

fn config(root: &Table<'_>) -> Config {
    let text = |text: &str| Ok(text.to_owned());
    Config {
        profile: root.optional("profile", text),
        credential_store: root.optional("credential_store", StoreKind::parse),
        advisories: root.table("advisories", |table| Some(table.optional("url", text))).flatten(),
        marketplace: root.optional("marketplace", text),
        by_profile: root.map("marketplaces").into_iter().collect(),
    }
}
