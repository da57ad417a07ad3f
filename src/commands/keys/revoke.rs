//! `keys revoke`.

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
        return Err(Error::usage(format!("there is no key {name:?} at {origin}")).hint("see `proveniq keys list`"));
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
    let id = key.map(|key| key.id.clone()).or_else(|| stored.as_ref().map(|stored| stored.id.clone()));
    Ok(Revoked {
        id: id.unwrap_or_default(),
        name: name.to_owned(),
        marketplace: origin,
        also_revoked: others,
        forgotten: stored.is_some(),
    })
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
}
