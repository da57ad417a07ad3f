//! `keys show`.

use secrecy::SecretString;
use serde::Serialize;

use crate::adapters::key_index::KeyIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::context::Context;
use crate::credential::{ApiKey, StoreKind};
use crate::error::{Error, Result};
use crate::stages::session::{self, Purpose};
use crate::ui::{Format, Page, Render, Tone};
use crate::wire::Key;

/// A key, without its secret unless that was asked for.
#[derive(Serialize)]
struct Shown {
    name: String,
    marketplace: String,
    profile: String,
    stored: Option<StoreKind>,
    key: Key,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

/// Shows a key that is stored here, as the marketplace knows it, or another one of the account.
pub(super) async fn run(context: &Context, name: &str, reveal: bool) -> Result<u8> {
    let (address, _) = session::address(context)?;
    let anonymous = MarketplaceClient::new(&address, None)?;
    let (profile, marketplace) = (context.profile()?, anonymous.origin());
    let index = KeyIndex::new(&context.dirs.config).list(&profile, &marketplace)?;
    let Some(stored) = index.into_iter().find(|key| key.name == name || key.id == name) else {
        let key = elsewhere(context, name, reveal).await?;
        let shown = Shown { name: key.name.clone(), marketplace, profile, stored: None, key, secret: None };
        return context.output.outcome(&shown);
    };
    let secret = context.credential_store(stored.store).get_key(&stored.account())?;
    let secret = secret.ok_or_else(|| {
        Error::auth(format!("the key {:?} is no longer in its store ({})", stored.name, stored.store))
            .hint("create another with `proveniq keys create`")
    })?;
    if reveal {
        context.confirm(&format!("Print the secret of {:?}?", stored.name))?;
    }
    let key = anonymous.acting_with(secret.clone()).current_key().await?;
    let shown = Shown { name: stored.name, marketplace, profile, stored: Some(stored.store), key, secret: None };
    if reveal { revealed(context, shown, &secret) } else { context.output.outcome(&shown) }
}

/// The secret is alone on stdout, for people and pipes; in JSON it is a field of the document.
fn revealed(context: &Context, shown: Shown, secret: &ApiKey) -> Result<u8> {
    if context.output.format == Format::Json {
        return context.output.outcome(&Shown { secret: Some(secret.expose().to_owned()), ..shown });
    }
    context.output.outcome_aside(&shown);
    context.output.credential(&SecretString::from(secret.expose().to_owned())).map(|()| 0)
}

async fn elsewhere(context: &Context, name: &str, reveal: bool) -> Result<Key> {
    let session = session::open(context, Purpose::Keys)?;
    let keys = session.client.keys().await?;
    let named = |key: &&Key| key.id == name || (key.name == name && key.revoked_at.is_none());
    let found = keys.iter().find(named).cloned().ok_or_else(|| {
        Error::usage(format!("there is no key {name:?} at {}", session.client.origin()))
            .hint("see `proveniq keys list`")
    })?;
    if reveal {
        return Err(Error::usage(format!("the secret of {name:?} is not on this machine"))
            .hint("it was shown once, when it was created; rotate it to have another"));
    }
    Ok(found)
}

impl Render for Shown {
    fn schema(&self) -> &'static str {
        "proveniq.keys-show/1"
    }

    fn human(&self, page: &mut Page) {
        let key = &self.key;
        let time = |time: Option<jiff::Timestamp>, none: &str| {
            time.map_or_else(|| none.to_owned(), |time| time.strftime("%Y-%m-%d %H:%M UTC").to_string())
        };
        page.toned(Tone::Strong, &self.name);
        page.field("id", &key.id).field("key", format!("{}…", key.prefix));
        page.words("scopes", key.scopes.iter().map(|scope| scope.as_str()));
        page.field("created", time(Some(key.created_at), "")).field("expires", time(key.expires_at, "never"));
        page.field("last used", time(key.last_used_at, "never"));
        if let Some(revoked) = key.revoked_at {
            page.field("revoked", time(Some(revoked), ""));
        }
        for (what, other) in [("succeeds", &key.predecessor), ("successor", &key.successor)] {
            if let Some(other) = other {
                page.field(what, other);
            }
        }
        page.field("stored in", self.stored.map_or("elsewhere", StoreKind::as_str));
        page.field("marketplace", &self.marketplace).field("profile", &self.profile);
    }
}
