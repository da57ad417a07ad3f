//! `keys create --signing` and `keys revoke --signing`.

use jiff::Timestamp;
use serde::Serialize;

use crate::adapters::signing_key_index::{SigningKeyIndex, StoredSigningKey};
use crate::cli::StoreArg;
use crate::context::Context;
use crate::credential::{Fingerprint, StoreKind, key_name};
use crate::error::{Error, Result};
use crate::stages::session::{self, Purpose, Session};
use crate::stages::signing_key;
use crate::ui::{Page, Render, Tone};
use crate::wire::RegisteredSigningKey;

/// A signing key that is stored and registered.
#[derive(Serialize)]
pub(super) struct Created {
    key: RegisteredSigningKey,
    marketplace: String,
    profile: String,
    store: StoreKind,
}

/// A signing key whose signatures count no more.
#[derive(Serialize)]
pub(super) struct Revoked {
    id: Fingerprint,
    name: String,
    publisher: String,
    marketplace: String,
    /// Whether its secret half was also removed from this machine.
    forgotten: bool,
}

/// A signing key in a list.
#[derive(Serialize)]
pub(super) struct ListedSigningKey {
    id: Fingerprint,
    pub(super) name: String,
    pub(super) publisher: String,
    created_at: Timestamp,
    revoked_at: Option<Timestamp>,
    /// Where its secret half is; absent where that is not on this machine.
    stored: Option<StoreKind>,
}

/// Makes a signing key for a publisher.
pub(super) async fn create(
    context: &Context,
    name: &str,
    publisher: Option<&str>,
    store: Option<StoreArg>,
) -> Result<Created> {
    let name = key_name(name).map_err(Error::usage)?;
    let publisher = signing_key::publisher(context, publisher)?;
    let session = session::open(context, Purpose::Keys)?;
    let store = context.store_kind(store)?;
    let key = signing_key::create(context, &session, store, &publisher, &name).await?;
    Ok(Created { key, marketplace: session.client.origin(), profile: session.profile, store })
}

/// Revokes a signing key at the marketplace, then removes its secret half from its store here.
pub(super) async fn revoke(context: &Context, name: &str, publisher: Option<&str>) -> Result<Revoked> {
    let publisher = signing_key::publisher(context, publisher)?;
    let session = session::open(context, Purpose::Keys)?;
    let (origin, stored) = (session.client.origin(), stored_here(context, &session)?);
    let registered = session.client.signing_keys(&publisher).await?;
    let is_meant = |id: &Fingerprint, called: &str| called == name || id.as_str() == name;
    let living = registered.iter().filter(|key| key.revoked_at.is_none());
    let wanted = living.chain(&registered).find(|key| is_meant(&key.id, &key.name));
    let here = stored.iter().find(|key| {
        let same = wanted.map_or(is_meant(&key.id, &key.name), |wanted| wanted.id == key.id);
        key.publisher == publisher && same
    });
    let id = wanted.map(|key| &key.id).or(here.map(|key| &key.id)).cloned();
    let id = id.ok_or_else(|| {
        Error::usage(format!("{publisher} has no signing key {name:?} at {origin}")).hint("see `proveniq keys list`")
    })?;
    if wanted.is_some() {
        session.client.revoke_signing_key(&publisher, &id).await?;
    }
    if let Some(here) = here {
        context.credential_store(here.store).delete(&here.store_account())?;
        SigningKeyIndex::new(&context.dirs.config).remove(here)?;
    }
    let name = wanted.map(|key| &key.name).or(here.map(|key| &key.name)).cloned().unwrap_or_default();
    Ok(Revoked { id, name, publisher, marketplace: origin, forgotten: here.is_some() })
}

/// The signing keys of the publishers that keys are stored for here, and of the project in this folder.
pub(super) async fn list(context: &Context, session: &Session) -> Result<Vec<ListedSigningKey>> {
    let stored = stored_here(context, session)?;
    let mut publishers: Vec<_> = stored.iter().map(|key| key.publisher.clone()).collect();
    publishers.extend(signing_key::publisher(context, None).ok());
    publishers.sort_unstable();
    publishers.dedup();
    let mut listed = Vec::new();
    for publisher in publishers {
        let registered = session.client.signing_keys(&publisher).await?;
        listed.extend(registered.into_iter().map(|key| ListedSigningKey {
            stored: stored.iter().find(|stored| stored.id == key.id).map(|stored| stored.store),
            id: key.id,
            name: key.name,
            publisher: key.publisher,
            created_at: key.created_at,
            revoked_at: key.revoked_at,
        }));
    }
    Ok(listed)
}

fn stored_here(context: &Context, session: &Session) -> Result<Vec<StoredSigningKey>> {
    let mut stored = SigningKeyIndex::new(&context.dirs.config).list(&session.profile)?;
    stored.retain(|key| key.origin == session.client.origin());
    Ok(stored)
}

impl ListedSigningKey {
    /// The key in one line, for people.
    pub(super) fn line(&self) -> String {
        let stored = self.stored.map_or("elsewhere", StoreKind::as_str);
        let revoked = self.revoked_at.map_or_else(String::new, |at| format!(", revoked {}", at.strftime("%Y-%m-%d")));
        format!("{} of {}: {}…, stored in {stored}{revoked}", self.name, self.publisher, self.id.short())
    }
}

impl Render for Created {
    fn schema(&self) -> &'static str {
        "proveniq.keys-create-signing/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("{} signs for {} from now on", self.key.name, self.key.publisher));
        page.field("fingerprint", self.key.id.as_str());
        page.field("marketplace", &self.marketplace).field("profile", &self.profile);
        page.field("stored in", self.store.title());
    }
}

impl Render for Revoked {
    fn schema(&self) -> &'static str {
        "proveniq.keys-revoke-signing/1"
    }

    fn human(&self, page: &mut Page) {
        let forgotten = if self.forgotten { ", and removed from this machine" } else { "" };
        page.line(format!("{} signs no more for {} at {}{forgotten}", self.name, self.publisher, self.marketplace));
    }
}
