//! `keys list --local`: what is stored on this machine. No marketplace is asked and no store is opened.

use jiff::Timestamp;
use serde::Serialize;

use super::view::day;
use super::{Place, place};
use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::signing_key_index::{SigningKeyIndex, StoredSigningKey};
use crate::context::Context;
use crate::credential::{Fingerprint, StoreKind, ends_within_notice};
use crate::error::Result;
use crate::ui::{Page, Render, Table, Tone};

/// Stored keys of a profile.
#[derive(Serialize)]
pub(in super::super) struct StoredKeys {
    profile: String,
    keys: Vec<Entry>,
    /// Those that attestations are signed with.
    signing_keys: Vec<SigningEntry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    name: String,
    prefix: String,
    marketplace: String,
    expires_at: Option<Timestamp>,
    expired: bool,
    expires_soon: bool,
    stored: Place,
    in_use: bool,
}

#[derive(Serialize)]
struct SigningEntry {
    id: Fingerprint,
    name: String,
    publisher: String,
    marketplace: String,
    created_at: Timestamp,
    stored: StoreKind,
}

/// Lists the index of stored keys: those of the marketplace that is named for this command, else of every one.
pub(in super::super) fn run(context: &Context) -> Result<StoredKeys> {
    let profile = context.profile()?;
    let now = context.clock.now();
    let named = context.marketplace_of_command().map(|url| MarketplaceClient::new(url, None)).transpose()?;
    let origin = named.map(|client| client.origin());
    let mut stored = KeyIndex::new(&context.dirs.config).list_profile(&profile)?;
    let mut signing = SigningKeyIndex::new(&context.dirs.config).list(&profile)?;
    let is_wanted = |at: &String| origin.as_ref().is_none_or(|origin| origin == at);
    stored.retain(|(key, _)| is_wanted(&key.origin));
    signing.retain(|key| is_wanted(&key.origin));
    let entry = |(key, in_use): &(StoredKey, bool)| Entry {
        id: key.id.clone(),
        name: key.name.clone(),
        prefix: key.prefix.clone(),
        marketplace: key.origin.clone(),
        expires_at: key.expires_at,
        expired: key.expires_at.is_some_and(|end| end <= now),
        expires_soon: ends_within_notice(key.expires_at, now).is_some(),
        stored: place(key),
        in_use: *in_use,
    };
    let signing_keys = signing.into_iter().map(SigningEntry::of).collect();
    Ok(StoredKeys { keys: stored.iter().map(entry).collect(), signing_keys, profile })
}

impl SigningEntry {
    fn of(key: StoredSigningKey) -> Self {
        SigningEntry {
            id: key.id,
            name: key.name,
            publisher: key.publisher,
            marketplace: key.origin,
            created_at: key.created_at,
            stored: key.store,
        }
    }
}

impl Render for StoredKeys {
    fn schema(&self) -> &'static str {
        "proveniq.keys-list-local/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("keys on this machine, profile {}", self.profile));
        if self.keys.is_empty() {
            page.line("there are none");
        } else {
            page.block(&self.table());
        }
        if !self.signing_keys.is_empty() {
            page.gap().toned(Tone::Strong, "keys that attestations are signed with");
            page.block(&self.signing_table());
        }
    }
}

impl StoredKeys {
    fn table(&self) -> String {
        let mut table = Table::new(&["", "NAME", "KEY", "STORED IN", "EXPIRES", "MARKETPLACE"]);
        for key in &self.keys {
            let tone = if key.expired || key.expires_soon { Tone::Warn } else { Tone::Plain };
            table.row([
                (Tone::Good, if key.in_use { "*".into() } else { String::new() }),
                (Tone::Strong, key.name.clone()),
                (Tone::Plain, format!("{}…", key.prefix)),
                (Tone::Plain, key.stored.shown().into()),
                (tone, day(key.expires_at, "never")),
                (Tone::Plain, key.marketplace.clone()),
            ]);
        }
        table.render()
    }

    fn signing_table(&self) -> String {
        let mut table = Table::new(&["NAME", "PUBLISHER", "FINGERPRINT", "STORED IN", "CREATED", "MARKETPLACE"]);
        for key in &self.signing_keys {
            table.row([
                (Tone::Strong, key.name.clone()),
                (Tone::Plain, key.publisher.clone()),
                (Tone::Plain, format!("{}…", key.id.short())),
                (Tone::Plain, key.stored.as_str().into()),
                (Tone::Plain, day(Some(key.created_at), "")),
                (Tone::Plain, key.marketplace.clone()),
            ]);
        }
        table.render()
    }
}
