//! `keys revoke`.

use jiff::Timestamp;
use serde::Serialize;

use crate::adapters::key_index::KeyIndex;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render};
use crate::wire::Key;

/// A key that works no more.
#[derive(Serialize)]
pub(super) struct Revoked {
    id: String,
    name: String,
    marketplace: String,
    /// Other living keys of that name, which were revoked with it.
    also_revoked: Vec<String>,
    /// Living keys that were made with one of those.
    living_successors: Vec<String>,
    /// Whether its secret was also removed from this machine.
    forgotten: bool,
}

/// Revokes a key at the marketplace, then removes it from its store here.
pub(super) async fn run(context: &Context, name: &str) -> Result<Revoked> {
    let session = session::open(context, Purpose::Keys)?;
    let origin = session.client.origin();
    let index = KeyIndex::new(&context.dirs.config);
    let stored = index.list(&session.profile, &origin)?.into_iter().find(|key| key.name == name || key.id == name);
    let keys = session.client.keys().await?;
    let wanted = |key: &&Key| match &stored {
        Some(stored) => key.id == stored.id,
        None => key.id == name || (key.name == name && key.revoked_at.is_none()),
    };
    let key = keys.iter().find(wanted);
    // Whoever names a key means all of that name that live: after a rotation the one before does so for a while.
    let others = keys.iter().filter(|other| {
        let same = other.name == name || key.is_some_and(|key| key.name == other.name && name != key.id);
        same && other.revoked_at.is_none() && key.is_none_or(|key| key.id != other.id)
    });
    let others: Vec<_> = others.map(|other| other.id.clone()).collect();
    if key.is_none() && stored.is_none() {
        return Err(Error::usage(format!("there is no key {name:?} at {origin}"))
            .hint("see `proveniq keys list`; a key that attestations are signed with is revoked with --signing"));
    }
    if let Some(key) = key {
        session.client.revoke_key(&key.id).await?;
    }
    for other in &others {
        session.client.revoke_key(other).await?;
    }
    if let Some(stored) = &stored {
        context.credential_store(stored.store).delete(&stored.account())?;
        index.remove(stored)?;
    }
    let ended: Vec<_> = key.iter().map(|key| key.id.as_str()).chain(others.iter().map(String::as_str)).collect();
    let living_successors = living_successors(&keys, &ended, context.clock.now());
    let id = key.map(|key| key.id.clone()).or_else(|| stored.as_ref().map(|stored| stored.id.clone()));
    Ok(Revoked {
        id: id.unwrap_or_default(),
        name: name.to_owned(),
        marketplace: origin,
        also_revoked: others,
        living_successors,
        forgotten: stored.is_some(),
    })
}

/// Those that were made with a key of `ended`, or with one that was made so, and still work.
fn living_successors(keys: &[Key], ended: &[&str], now: Timestamp) -> Vec<String> {
    let mut line = ended.to_vec();
    let mut at = 0;
    while let Some(&before) = line.get(at) {
        at += 1;
        for key in keys.iter().filter(|key| key.predecessor.as_deref() == Some(before)) {
            if !line.contains(&key.id.as_str()) {
                line.push(&key.id);
            }
        }
    }
    let lives = |id: &&str| {
        let key = keys.iter().find(|key| key.id == *id);
        key.is_some_and(|key| key.revoked_at.is_none() && key.expires_at.is_none_or(|end| end > now))
    };
    line[ended.len()..].iter().filter(|id| lives(id)).map(|id| (*id).to_owned()).collect()
}

impl Render for Revoked {
    fn schema(&self) -> &'static str {
        "proveniq.keys-revoke/1"
    }

    fn human(&self, page: &mut Page) {
        let forgotten = if self.forgotten { ", and removed from this machine" } else { "" };
        page.line(format!("{} is revoked at {}{forgotten}", self.name, self.marketplace));
        if !self.also_revoked.is_empty() {
            page.line(format!("revoked with it, of the same name: {}", self.also_revoked.join(", ")));
        }
    }

    fn hints(&self) -> Vec<String> {
        if self.living_successors.is_empty() {
            return Vec::new();
        }
        let living = self.living_successors.join(", ");
        let told = format!("a key that was made with it still works: {living}: whoever had the key may have made it");
        let how = |id: &String| format!("unless it is yours, revoke it as well: `proveniq keys revoke {id}`");
        std::iter::once(told).chain(self.living_successors.iter().map(how)).collect()
    }
}
