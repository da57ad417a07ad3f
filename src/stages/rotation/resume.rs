//! Going on with a rotation that was cut off, or taking it back.

use serde::Serialize;

use super::begin::{JOURNAL, environment_key, is_running, secret_of};
use super::drive::Rotating;
use super::hand_over::check_targets;
use super::steps::beside;
use crate::adapters::journal::Journal;
use crate::adapters::key_index::KeyIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::context::Context;
use crate::credential::{ApiKey, KeySource, Phase, Rotation, Subject, Target};
use crate::error::{Error, Result};
use crate::stages::session::{self, Purpose};

/// A rotation that was taken back.
#[derive(Debug, Serialize)]
pub struct TakenBack {
    /// Name of the key.
    pub name: String,
    /// Marketplace.
    pub marketplace: String,
    /// Targets that have the fresh credential, which works no more.
    pub given: Vec<Target>,
}

/// Finds the rotation that was cut off, of the key of that name where one is named; `None` where there is none.
pub async fn resume<'a>(context: &'a Context, name: Option<&str>) -> Result<Option<Rotating<'a>>> {
    let Some((journal, rotation)) = find(context, name)? else { return Ok(None) };
    check_targets(context, &rotation.targets)?;
    let Hands { owner, fresh, .. } = hands(context, &rotation).await?;
    let rotation = rotation.resumed(fresh.is_some());
    Ok(Some(Rotating { secret: fresh, ..Rotating::new(context, journal, rotation, owner) }))
}

/// Takes back the rotation that was cut off; the old credential stays as it is.
pub async fn take_back(context: &Context, name: Option<&str>) -> Result<Option<TakenBack>> {
    let Some((journal, rotation)) = find(context, name)? else { return Ok(None) };
    let Hands { owner, fresh, fresh_is_placed } = hands(context, &rotation).await?;
    let rotating = Rotating { secret: fresh, ..Rotating::new(context, journal, rotation, owner) };
    if fresh_is_placed {
        return Err(rotating.is_placed());
    }
    rotating.take_back().await?;
    Ok(Some(TakenBack {
        marketplace: rotating.owner.origin(),
        given: rotating.rotation.given().to_vec(),
        name: rotating.rotation.name,
    }))
}

fn find(context: &Context, name: Option<&str>) -> Result<Option<(Journal, Rotation)>> {
    let (address, _) = session::address(context)?;
    let origin = MarketplaceClient::new(&address, None)?.origin();
    let profile = context.profile()?;
    let journals = Journal::abandoned(&context.dirs.journals(), JOURNAL)?;
    let mut found = Vec::new();
    for journal in journals.free {
        let Some(rotation) = journal.read::<Rotation>()? else { continue };
        let is_meant = name.is_none_or(|name| name == rotation.name);
        if is_meant && rotation.profile == profile && rotation.origin == origin {
            found.push((journal, rotation));
        }
    }
    if found.is_empty() && journals.held > 0 {
        return Err(is_running(name.unwrap_or("a key")));
    }
    if found.len() > 1 {
        let names: Vec<_> = found.iter().map(|(_, rotation)| rotation.name.clone()).collect();
        return Err(Error::usage("more than one rotation was begun and not finished")
            .hint(format!("name one of them: {}", names.join(", "))));
    }
    Ok(found.pop())
}

/// What there is to go on with.
struct Hands {
    /// Who may go on.
    owner: MarketplaceClient,
    /// The fresh key.
    fresh: Option<ApiKey>,
    /// Whether the old key is gone from the store: it was cut off between the store and the journal.
    fresh_is_placed: bool,
}

impl Hands {
    fn new(owner: MarketplaceClient, fresh: Option<ApiKey>) -> Self {
        Hands { owner, fresh, fresh_is_placed: false }
    }
}

async fn hands(context: &Context, rotation: &Rotation) -> Result<Hands> {
    let (address, _) = session::address(context)?;
    let anonymous = MarketplaceClient::new(&address, None)?;
    let Subject::Key { id, source, store } = &rotation.subject else {
        return Ok(Hands::new(session::open(context, Purpose::Keys)?.client, None));
    };
    let in_place = matches!(rotation.phase, Phase::Placed { .. } | Phase::Retired { .. });
    let fresh = match store {
        Some(kind) if !in_place => context.credential_store(*kind).get_key(&beside(rotation, rotation.request()))?,
        _ => None,
    };
    let stored = KeyIndex::new(&context.dirs.config).list(&rotation.profile, &rotation.origin)?;
    let stored = stored.into_iter().find(|key| key.name == rotation.name);
    match source {
        KeySource::Store => {
            let stored = stored.ok_or_else(|| {
                Error::auth(format!("the key {:?} is not stored any more", rotation.name))
                    .hint("look at the keys with `proveniq keys list`, and revoke what nobody has")
            })?;
            let secret = secret_of(context, &stored)?;
            let fresh_is_placed = fresh.as_ref().is_some_and(|fresh| fresh.digest() == secret.digest());
            let fresh = if in_place { Some(secret.clone()) } else { fresh };
            Ok(Hands { owner: anonymous.acting_with(secret), fresh, fresh_is_placed })
        }
        KeySource::Environment => environment_hands(context, rotation, &anonymous, id, fresh).await,
        KeySource::Administrator => {
            let secret = match stored.filter(|_| in_place && store.is_some()) {
                Some(stored) => Some(secret_of(context, &stored)?),
                None => fresh,
            };
            Ok(Hands::new(session::open(context, Purpose::Keys)?.client, secret))
        }
    }
}

/// The key in the environment is the old one, or the fresh one where it was handed over to where that comes from.
async fn environment_hands(
    context: &Context,
    rotation: &Rotation,
    anonymous: &MarketplaceClient,
    old: &str,
    fresh: Option<ApiKey>,
) -> Result<Hands> {
    let key = environment_key(context)?.ok_or_else(|| {
        Error::auth(format!("the rotation of {:?} was begun with PROVENIQ_API_KEY, which is not set", rotation.name))
            .hint("set it to that key, or to the one that took its place")
    })?;
    let owner = anonymous.acting_with(key.clone());
    let current = owner.current_key().await?.id;
    if rotation.successor() == Some(&current) {
        return Ok(Hands::new(owner, Some(key)));
    }
    if current != old {
        return Err(Error::auth("PROVENIQ_API_KEY holds another key than the one that rotates")
            .hint(format!("set it to the key {:?} ({old})", rotation.name)));
    }
    Ok(Hands::new(owner, fresh))
}
