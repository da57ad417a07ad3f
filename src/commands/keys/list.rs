//! `keys list`.

use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::context::Context;
use crate::credential::{ApiKey, Scope, StoreKind};
use crate::error::Result;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render, Table, Tone};
use crate::wire::Key;

/// Keys, and where each lives.
#[derive(Serialize)]
pub(super) struct Keys {
    marketplace: String,
    profile: String,
    keys: Vec<ListedKey>,
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
    last_used_at: Option<Timestamp>,
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

/// Lists the account's keys and tells where each is stored.
pub(super) async fn run(context: &Context) -> Result<Keys> {
    let session = session::open(context, Purpose::Keys)?;
    let known = session.client.keys().await?;
    let origin = session.client.origin();
    let index = KeyIndex::new(&context.dirs.config);
    let stored = index.list(&session.profile, &origin)?;
    let active = index.active(&session.profile, &origin)?;
    let variable =
        context.environment.api_key.as_ref().and_then(|text| ApiKey::parse(text.expose_secret().trim()).ok());
    let now = context.clock.now();
    let describe = |key: &Key| {
        let here = stored.iter().find(|stored| stored.id == key.id);
        let in_variable = variable.as_ref().is_some_and(|variable| variable.prefix() == key.prefix);
        ListedKey {
            id: key.id.clone(),
            name: here.map_or_else(|| key.name.clone(), |stored| stored.name.clone()),
            prefix: key.prefix.clone(),
            status: status(key, now),
            scopes: key.scopes.clone(),
            created_at: Some(key.created_at),
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
            stored: if in_variable { Place::Environment } else { here.map_or(Place::Elsewhere, place) },
            in_use: in_variable || (variable.is_none() && active.as_ref().is_some_and(|active| active.id == key.id)),
        }
    };
    let mut keys: Vec<_> = known.iter().map(describe).collect();
    let orphans = stored.iter().filter(|stored| !known.iter().any(|key| key.id == stored.id));
    keys.extend(orphans.map(orphan));
    Ok(Keys { marketplace: origin, profile: session.profile, keys })
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
        last_used_at: None,
        stored: place(stored),
        in_use: false,
    }
}

impl Status {
    fn shown(self) -> (Tone, String) {
        match self {
            Status::Active => (Tone::Good, "active".into()),
            Status::Expired => (Tone::Warn, "expired".into()),
            Status::Revoked => (Tone::Dim, "revoked".into()),
            Status::Unknown => (Tone::Warn, "unknown".into()),
        }
    }
}

impl Place {
    fn shown(self) -> &'static str {
        match self {
            Place::Keyring => "keyring",
            Place::File => "file",
            Place::Age => "age",
            Place::Environment => "PROVENIQ_API_KEY",
            Place::Elsewhere => "elsewhere",
        }
    }
}

impl Render for Keys {
    fn schema(&self) -> &'static str {
        "proveniq.keys-list/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("keys at {}, profile {}", self.marketplace, self.profile));
        if self.keys.is_empty() {
            page.line("there are none yet");
            return;
        }
        let day = |time: Option<Timestamp>, none: &str| {
            time.map_or_else(|| none.to_owned(), |time| time.strftime("%Y-%m-%d").to_string())
        };
        let mut table = Table::new(&["", "NAME", "KEY", "STATUS", "STORED IN", "CREATED", "EXPIRES", "LAST USED"]);
        for key in &self.keys {
            table.row([
                (Tone::Good, if key.in_use { "*".into() } else { String::new() }),
                (Tone::Strong, key.name.clone()),
                (Tone::Plain, format!("{}…", key.prefix)),
                key.status.shown(),
                (Tone::Plain, key.stored.shown().into()),
                (Tone::Plain, day(key.created_at, "-")),
                (Tone::Plain, day(key.expires_at, "never")),
                (Tone::Plain, day(key.last_used_at, "never")),
            ]);
        }
        page.block(&table.render());
    }

    fn hints(&self) -> Vec<String> {
        let none = self.keys.is_empty().then(|| "create one with `proveniq keys create --name NAME`".to_owned());
        none.into_iter().collect()
    }
}
