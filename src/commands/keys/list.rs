//! `keys list`.

mod local;
mod view;

use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::signing::{self, ListedSigningKey};
use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::context::Context;
use crate::credential::{ApiKey, Scope, StoreKind, ends_within_notice, in_words, unused_beyond_notice};
use crate::error::{Kind, Result};
use crate::stages::session::{self, Purpose};
use crate::ui::Format;
use crate::wire::Key;

pub(super) use local::run as run_local;

/// Keys, and where each lives.
#[derive(Serialize)]
pub(super) struct Keys {
    marketplace: String,
    profile: String,
    keys: Vec<ListedKey>,
    /// Those that attestations are signed with.
    signing_keys: Vec<ListedSigningKey>,
}

#[derive(Serialize)]
struct ListedKey {
    id: String,
    name: String,
    prefix: String,
    status: Status,
    scopes: Vec<Scope>,
    created_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    /// Whether it ends within 14 days.
    expires_soon: bool,
    last_used_at: Option<Timestamp>,
    /// Whether it was not used for 90 days.
    unused: bool,
    revoked_at: Option<Timestamp>,
    revoked_reason: Option<String>,
    stored: Place,
    in_use: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Active,
    Expired,
    Revoked,
    /// Stored here, and the marketplace knows nothing of it.
    Unknown,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    Keyring,
    File,
    Age,
    Environment,
    /// Not on this machine, or not for this profile.
    Elsewhere,
}

/// Lists the account's keys, tells where each is stored, and warns of those that want attention.
pub(super) async fn run(context: &Context) -> Result<Keys> {
    let session = session::open(context, Purpose::Keys)?;
    let known = session.client.keys().await.map_err(|error| match error.kind() {
        Kind::Unreachable => error.hint("`proveniq keys list --local` lists what is stored on this machine"),
        _ => error,
    })?;
    let now = context.clock.now();
    warn(context, &known, now);
    let origin = session.client.origin();
    let index = KeyIndex::new(&context.dirs.config);
    let stored = index.list(&session.profile, &origin)?;
    let active = index.active(&session.profile, &origin)?;
    let variable =
        context.environment.api_key.as_ref().and_then(|text| ApiKey::parse(text.expose_secret().trim()).ok());
    let describe = |key: &Key| {
        let here = stored.iter().find(|stored| stored.id == key.id);
        let in_variable = variable.as_ref().is_some_and(|variable| variable.prefix() == key.prefix);
        let place = if in_variable { Place::Environment } else { here.map_or(Place::Elsewhere, place) };
        let active = variable.is_none() && active.as_ref().is_some_and(|active| active.id == key.id);
        let name = here.map_or(&key.name, |stored| &stored.name);
        listed(key, name, place, in_variable || active, now)
    };
    let mut keys: Vec<_> = known.iter().map(describe).collect();
    let orphans = stored.iter().filter(|stored| !known.iter().any(|key| key.id == stored.id));
    keys.extend(orphans.map(orphan));
    let signing_keys = signing::list(context, &session).await?;
    Ok(Keys { marketplace: origin, profile: session.profile, keys, signing_keys })
}

/// Warns people of living keys that end soon or that nothing uses, and of those that were revoked for a reason.
fn warn(context: &Context, keys: &[Key], now: Timestamp) {
    if context.output.format == Format::Human {
        keys.iter().flat_map(|key| warnings(key, now)).for_each(|warning| context.output.warning(warning));
    }
}

fn warnings(key: &Key, now: Timestamp) -> Vec<String> {
    let name = &key.name;
    if let (Some(revoked_at), Some(reason)) = (key.revoked_at, &key.revoked_reason) {
        return vec![format!("the key {name:?} was revoked on {}: {reason}", revoked_at.strftime("%Y-%m-%d"))];
    }
    if status(key, now) != Status::Active {
        return Vec::new();
    }
    // What has a successor is meant to end.
    let end = key.expires_at.filter(|_| key.successor.is_none());
    let ends = ends_within_notice(end, now).map(|left| {
        let day = key.expires_at.map_or_else(String::new, |end| end.strftime("%Y-%m-%d %H:%M UTC").to_string());
        format!("the key {name:?} expires in {}, on {day}", in_words(left))
    });
    let idle = unused_beyond_notice(key.created_at, key.last_used_at, now).map(|idle| {
        let never = if key.last_used_at.is_none() { "never used since it was created, " } else { "last used " };
        format!("the key {name:?} was {never}{} ago: revoke it where nothing needs it", in_words(idle))
    });
    ends.into_iter().chain(idle).collect()
}

fn listed(key: &Key, name: &str, stored: Place, in_use: bool, now: Timestamp) -> ListedKey {
    let status = status(key, now);
    let alive = status == Status::Active;
    ListedKey {
        id: key.id.clone(),
        name: name.to_owned(),
        prefix: key.prefix.clone(),
        status,
        scopes: key.scopes.clone(),
        created_at: Some(key.created_at),
        expires_at: key.expires_at,
        expires_soon: alive && key.successor.is_none() && ends_within_notice(key.expires_at, now).is_some(),
        last_used_at: key.last_used_at,
        unused: alive && unused_beyond_notice(key.created_at, key.last_used_at, now).is_some(),
        revoked_at: key.revoked_at,
        revoked_reason: key.revoked_reason.clone(),
        stored,
        in_use,
    }
}

fn status(key: &Key, now: Timestamp) -> Status {
    if key.revoked_at.is_some() {
        Status::Revoked
    } else if key.expires_at.is_some_and(|end| end <= now) {
        Status::Expired
    } else {
        Status::Active
    }
}

fn place(stored: &StoredKey) -> Place {
    match stored.store {
        StoreKind::Keyring => Place::Keyring,
        StoreKind::File => Place::File,
        StoreKind::Age => Place::Age,
    }
}

fn orphan(stored: &StoredKey) -> ListedKey {
    ListedKey {
        id: stored.id.clone(),
        name: stored.name.clone(),
        prefix: stored.prefix.clone(),
        status: Status::Unknown,
        scopes: Vec::new(),
        created_at: None,
        expires_at: stored.expires_at,
        expires_soon: false,
        last_used_at: None,
        unused: false,
        revoked_at: None,
        revoked_reason: None,
        stored: place(stored),
        in_use: false,
    }
}
