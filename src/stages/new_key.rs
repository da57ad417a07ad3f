//! Creating a key, so that none lives at the marketplace that nobody has: the request is written down before it is sent,
//! and where its answer is lost, or what it made cannot be stored, it is cancelled. Where even that is not possible, the
//! next key that is created cancels it first.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::session::Session;
use crate::adapters::journal::Journal;
use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::adapters::process;
use crate::context::Context;
use crate::credential::{ApiKey, StoreKind, request_name};
use crate::error::{Error, Explain as _, Kind, Result};
use crate::wire::{CreateKey, Key};

const JOURNAL: &str = "create";
/// Time that cancelling has.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// A request for a key that is under way.
#[derive(Debug, Serialize, Deserialize)]
struct Pending {
    profile: String,
    origin: String,
    name: String,
    request: String,
}

/// Creates a key, stores it and puts it to use.
pub async fn create(context: &Context, session: &Session, kind: StoreKind, request: &CreateKey) -> Result<Key> {
    context.credential_store(kind).check()?;
    let (profile, origin) = (session.profile.clone(), session.client.origin());
    let folder = context.dirs.journals();
    settle(context, session).await?;
    let slot = format!("{profile}@{origin}/{}", request.name);
    let journal = Journal::take(&folder, JOURNAL, &slot)?.ok_or_else(|| {
        Error::conflict(format!("a key {:?} is being created by another process", request.name))
            .hint("wait until it is done, or take another name")
    })?;
    let pending = Pending { profile, origin, name: request.name.clone(), request: fresh_request()? };
    journal.write(&pending)?;
    let outcome = tokio::select! {
        outcome = make(context, session, kind, request, &pending.request) => outcome,
        () = process::interrupted() => Err(Failure::Open(Error::interrupted())),
    };
    match outcome {
        Ok(key) => journal.clear().map(|()| key),
        Err(failure) => Err(give_up(session, &journal, &pending, failure).await),
    }
}

/// How a request failed.
enum Failure {
    /// The marketplace refused it: there is no key.
    Refused(Error),
    /// There may be a key.
    Open(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Open(error)
    }
}

async fn make(
    context: &Context,
    session: &Session,
    kind: StoreKind,
    request: &CreateKey,
    request_name: &str,
) -> Result<Key, Failure> {
    let created = session.client.create_key(request, request_name).await.map_err(|error| match error.kind() {
        Kind::Unreachable => Failure::Open(error),
        _ => Failure::Refused(error),
    })?;
    let secret = ApiKey::parse(&created.secret)
        .map_err(|why| Error::unreachable(format!("the marketplace gave a key that is none: {why}")))?;
    keep(context, session, kind, &created.key, &secret)?;
    Ok(created.key)
}

/// Stores a key, notes it in the index and puts it to use.
pub fn keep(context: &Context, session: &Session, kind: StoreKind, key: &Key, secret: &ApiKey) -> Result<()> {
    let stored = StoredKey {
        profile: session.profile.clone(),
        origin: session.client.origin(),
        name: key.name.clone(),
        id: key.id.clone(),
        prefix: key.prefix.clone(),
        store: kind,
        expires_at: key.expires_at,
    };
    context.credential_store(kind).put_key(&stored.account(), secret)?;
    KeyIndex::new(&context.dirs.config).add(stored)
}

/// Cancels what earlier processes began here and could neither finish nor take back.
async fn settle(context: &Context, session: &Session) -> Result<()> {
    for journal in Journal::abandoned(&context.dirs.journals(), JOURNAL)?.free {
        let Some(pending) = journal.read::<Pending>()? else { continue };
        if pending.profile != session.profile || pending.origin != session.client.origin() {
            continue;
        }
        session.client.cancel_key_request(&pending.request).await?;
        journal.clear()?;
        context.output.warning(format!("the creation of {:?} was cut off before: it is taken back", pending.name));
    }
    Ok(())
}

/// Takes a request back that failed.
async fn give_up(session: &Session, journal: &Journal, pending: &Pending, failure: Failure) -> Error {
    let (error, cancelled) = match failure {
        Failure::Refused(error) => (error, true),
        Failure::Open(error) => {
            let cancelling = tokio::time::timeout(PATIENCE, session.client.cancel_key_request(&pending.request));
            (error, cancelling.await.is_ok_and(|outcome| outcome.is_ok()))
        }
    };
    if cancelled && journal.clear().is_ok() {
        return error;
    }
    error.hint("a key may have been made that nobody has: the next `proveniq keys create` here revokes it")
}

/// A fresh name of a request.
pub(super) fn fresh_request() -> Result<String> {
    request_name().or_usage(|| "the system gives no randomness".into())
}
