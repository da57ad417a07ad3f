//! What is to rotate, and who may do it.

use secrecy::ExposeSecret as _;

use super::drive::Rotating;
use super::hand_over::check_targets;
use crate::adapters::journal::Journal;
use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::context::Context;
use crate::credential::{ApiKey, KeySource, Phase, Rotation, StoreKind, Subject, Target};
use crate::error::{Error, Result};
use crate::stages::new_key::fresh_request;
use crate::stages::session::{self, Purpose};

/// Kind of journals of rotations.
pub(super) const JOURNAL: &str = "rotate";
/// What the signing secret is called where keys have names.
pub const SIGNING_SECRET: &str = "the signing secret";

/// What is asked for.
#[derive(Debug)]
pub struct Wish {
    /// Name or identifier of the key; the one in use where there is none.
    pub name: Option<String>,
    /// Whether it is the signing secret instead.
    pub signing_secret: bool,
    /// Seconds that the old credential has left in the end.
    pub grace: u32,
    /// Where the fresh one goes.
    pub targets: Vec<Target>,
    /// Where a key is stored that was not stored before.
    pub store: Option<StoreKind>,
    /// Whether a rotation that others began and never finished is given up.
    pub replace: bool,
}

/// A credential that is to rotate, and a client that may do it.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) subject: Subject,
    pub(super) owner: MarketplaceClient,
}

/// Begins a rotation; nothing is sent that changes anything.
pub async fn begin(context: &Context, wish: Wish) -> Result<Rotating<'_>> {
    check_targets(context, &wish.targets)?;
    let profile = context.profile()?;
    let found = if wish.signing_secret { signing_secret(context)? } else { find_key(context, &profile, &wish).await? };
    must_go_somewhere(&found, &wish)?;
    let rotation = Rotation {
        profile,
        origin: found.owner.origin(),
        name: found.name,
        subject: found.subject,
        grace: wish.grace,
        folder: context.cwd.display().to_string(),
        targets: wish.targets,
        phase: Phase::Asking { request: fresh_request()? },
    };
    if let Some(kind) = rotation.store() {
        context.credential_store(kind).check()?;
    }
    let journal = take_journal(context, &rotation)?;
    if journal.read::<Rotation>()?.is_some() {
        return Err(Error::conflict(format!("a rotation of {:?} was begun before and not finished", rotation.name))
            .hint("finish it with `proveniq keys rotate --resume`, or take it back with --abort"));
    }
    journal.write(&rotation)?;
    Ok(Rotating::new(context, journal, rotation, found.owner).replacing(wish.replace))
}

/// The journal of what rotates; the error where another process has it.
pub(super) fn take_journal(context: &Context, rotation: &Rotation) -> Result<Journal> {
    let slot = format!("{}@{}/{}", rotation.profile, rotation.origin, rotation.name);
    Journal::take(&context.dirs.journals(), JOURNAL, &slot)?.ok_or_else(|| is_running(&rotation.name))
}

pub(super) fn is_running(name: &str) -> Error {
    Error::conflict(format!("another process rotates {name:?} at this moment")).hint("wait until it is done")
}

fn signing_secret(context: &Context) -> Result<Found> {
    let session = session::open(context, Purpose::Keys)?;
    Ok(Found { name: SIGNING_SECRET.to_owned(), subject: Subject::SigningSecret, owner: session.client })
}

/// The key of that name: stored here, in the environment, or another one of the account.
async fn find_key(context: &Context, profile: &str, wish: &Wish) -> Result<Found> {
    let (address, _) = session::address(context)?;
    let anonymous = MarketplaceClient::new(&address, None)?;
    let index = KeyIndex::new(&context.dirs.config);
    let variable = environment_key(context)?;
    let stored = match &wish.name {
        Some(name) => index.list(profile, &anonymous.origin())?.into_iter().find(|key| key.name == *name),
        None if variable.is_none() => index.active(profile, &anonymous.origin())?,
        None => None,
    };
    if let Some(stored) = stored {
        return found_in_store(context, &anonymous, stored, wish.store);
    }
    if let Some(variable) = variable {
        let owner = anonymous.acting_with(variable);
        let key = owner.current_key().await?;
        if wish.name.as_ref().is_none_or(|name| *name == key.name || *name == key.id) {
            let subject = Subject::Key { id: key.id, source: KeySource::Environment, store: wish.store };
            return Ok(Found { name: key.name, subject, owner });
        }
    }
    match &wish.name {
        Some(name) => find_elsewhere(context, name, wish.store).await,
        None => Err(Error::auth(format!("no key is in use for the marketplace at {}", anonymous.address()))
            .hint("name one: proveniq keys rotate NAME, or set PROVENIQ_API_KEY")),
    }
}

fn found_in_store(
    context: &Context,
    anonymous: &MarketplaceClient,
    stored: StoredKey,
    asked: Option<StoreKind>,
) -> Result<Found> {
    if asked.is_some_and(|kind| kind != stored.store) {
        return Err(Error::usage(format!("{:?} is stored already: {}", stored.name, stored.store))
            .hint("leave --store away: the fresh key takes the old one's place"));
    }
    let owner = anonymous.acting_with(secret_of(context, &stored)?);
    let subject = Subject::Key { id: stored.id, source: KeySource::Store, store: Some(stored.store) };
    Ok(Found { name: stored.name, subject, owner })
}

/// Another living key of the account, rotated by a credential that may administer keys.
async fn find_elsewhere(context: &Context, name: &str, store: Option<StoreKind>) -> Result<Found> {
    let session = session::open(context, Purpose::Keys)?;
    let keys = session.client.keys().await?;
    let living = |key: &&crate::wire::Key| key.revoked_at.is_none() && (key.id == name || key.name == name);
    // A name can be that of a key and its successor; the identifier tells them apart.
    let candidates: Vec<_> = keys.iter().filter(living).collect();
    let key = candidates.iter().find(|key| key.id == name || key.successor.is_none()).copied();
    let key = key.ok_or_else(|| {
        Error::usage(format!("there is no living key {name:?} at {}", session.client.origin()))
            .hint("see `proveniq keys list`")
    })?;
    let subject = Subject::Key { id: key.id.clone(), source: KeySource::Administrator, store };
    Ok(Found { name: key.name.clone(), subject, owner: session.client })
}

/// A fresh credential that goes nowhere would be lost.
fn must_go_somewhere(found: &Found, wish: &Wish) -> Result<()> {
    let goes = match found.subject {
        Subject::Key { store, .. } => store.is_some() || !wish.targets.is_empty(),
        Subject::SigningSecret => !wish.targets.is_empty(),
    };
    if goes {
        return Ok(());
    }
    let error = Error::usage(format!("{} is not stored here: say where the fresh one goes", found.name));
    Err(match found.subject {
        Subject::Key { .. } => {
            error.hint("hand it over with --to, such as --to github-actions, or store it with --store")
        }
        Subject::SigningSecret => error.hint("hand it over with --to, such as --to env-file:.env"),
    })
}

/// The key in `PROVENIQ_API_KEY`.
pub(super) fn environment_key(context: &Context) -> Result<Option<ApiKey>> {
    let Some(text) = &context.environment.api_key else { return Ok(None) };
    ApiKey::parse(text.expose_secret().trim()).map(Some).map_err(|why| {
        Error::auth(format!("PROVENIQ_API_KEY is no key: {why}")).hint("set it to a key of `proveniq keys create`")
    })
}

/// The secret of a stored key.
pub(super) fn secret_of(context: &Context, stored: &StoredKey) -> Result<ApiKey> {
    context.credential_store(stored.store).get_key(&stored.account())?.ok_or_else(|| {
        Error::auth(format!("the key {:?} is no longer in its store ({})", stored.name, stored.store))
            .hint("create another with `proveniq keys create`")
    })
}
