//! How old a credential is, by the marketplace's clock.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::begin::{SIGNING_SECRET, Wish, environment_key, secret_of};
use crate::adapters::key_index::KeyIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::context::Context;
use crate::credential::{Due, due};
use crate::error::{Error, Result};
use crate::stages::session::{self, Purpose};

/// A credential's age, and whether it is to be rotated.
#[derive(Debug, Serialize)]
pub struct Age {
    /// Name of the key.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// The marketplace's time.
    pub now: Timestamp,
    /// Why it is to be rotated; absent where it need not be.
    pub due: Option<Due>,
}

/// Looks at the key that would rotate, or at the signing secret.
pub async fn age(context: &Context, wish: &Wish, max_age: SignedDuration) -> Result<Age> {
    let age = |name: String, created_at, expires_at, told: Option<Timestamp>| {
        let now = told.unwrap_or_else(|| context.clock.now());
        Age { name, created_at, expires_at, now, due: due(created_at, expires_at, now, max_age) }
    };
    if wish.signing_secret {
        let secrets = session::open(context, Purpose::Keys)?.client.signing_secrets().await?;
        let created_at = secrets.created_at.ok_or_else(|| {
            Error::unreachable("the marketplace does not tell when the signing secret was made")
                .hint("it is of an older version: ask whoever runs it")
        })?;
        return Ok(age(SIGNING_SECRET.to_owned(), created_at, None, secrets.told_at));
    }
    let (key, told) = key_client(context, wish.name.as_deref())?.current_key_and_time().await?;
    Ok(age(wish.name.clone().unwrap_or(key.name), key.created_at, key.expires_at, told))
}

/// A client that acts with the key that is looked at.
fn key_client(context: &Context, name: Option<&str>) -> Result<MarketplaceClient> {
    let (address, _) = session::address(context)?;
    let anonymous = MarketplaceClient::new(&address, None)?;
    let (profile, origin) = (context.profile()?, anonymous.origin());
    let index = KeyIndex::new(&context.dirs.config);
    let variable = environment_key(context)?;
    let stored = match (name, variable) {
        (Some(name), _) => index.list(&profile, &origin)?.into_iter().find(|key| key.name == name),
        (None, Some(variable)) => return Ok(anonymous.acting_with(variable)),
        (None, None) => index.active(&profile, &origin)?,
    };
    let stored = stored.ok_or_else(|| {
        Error::auth(format!("there is no such key for {origin}, profile {profile}"))
            .hint("name a key that is stored here, or set PROVENIQ_API_KEY and name none")
    })?;
    Ok(anonymous.acting_with(secret_of(context, &stored)?))
}
