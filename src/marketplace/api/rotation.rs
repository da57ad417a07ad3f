//! Rotation of keys: a successor, and the end of the key before it. A key needs no scope to be rotated by itself.

use axum::Json as Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};

use super::auth::{Authenticated, key_must_live};
use super::extract::{Json, Path, idempotency_key, must_be_idempotency_key};
use super::keys::{generate, no_such_key, request_spent};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Forbidden, Malformed, Missing, Rotating, Spent, Unauthorized};
use crate::credential::{Scope, ScopeSet};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Caller, Cancelled, NewKey, Succession};
use crate::wire::{BeginRotation, Code, CreatedKey, Key, ShortenKey};

/// Shortest life of a successor, in seconds.
const SHORTEST: i64 = 60;
/// Longest life that a key can be shortened to, in seconds.
const LONGEST: u32 = 31_536_000;

/// Makes a successor of the key in hand: the same name, the same scopes, the same length of life from now on. Both work
/// until the old one is shortened. The secret is shown this once; a request with an `Idempotency-Key` whose answer was
/// lost can be cancelled. A key has one living successor at most.
#[utoipa::path(
    post, path = "/v1/keys/current/successor", tag = "keys", security(("key" = [])), request_body = BeginRotation,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible characters that name the request")),
    responses(
        (status = 201, description = "Made", body = CreatedKey),
        Malformed,
        Unauthorized,
        Rotating,
        Spent,
        Broken,
    )
)]
pub(super) async fn succeed_current(
    State(state): State<Marketplace>,
    who: Authenticated,
    headers: HeaderMap,
    Json(request): Json<BeginRotation>,
) -> Answer<(StatusCode, Body<CreatedKey>)> {
    let old = state.0.storage.find_key(&who.0.account, &who.key()?.id).await?;
    let built_in =
        || Failure::new(Code::BadRequest, "the built-in identity has no successor: it is made at each start");
    make_successor(&state, &who.0, old.ok_or_else(built_in)?, &headers, request).await
}

/// Makes a successor of another key of the account, which can do no more than the credential that asks and does not
/// outlive it.
#[utoipa::path(
    post, path = "/v1/keys/{id}/successor", tag = "keys", security(("key" = ["keys:write"])), request_body = BeginRotation,
    params(
        ("id" = String, Path, description = "Identifier of the key"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible characters that name the request")
    ),
    responses(
        (status = 201, description = "Made", body = CreatedKey),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Rotating,
        Spent,
        Broken,
    )
)]
pub(super) async fn succeed(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(request): Json<BeginRotation>,
) -> Answer<(StatusCode, Body<CreatedKey>)> {
    let caller = who.must_have(Scope::KeysWrite)?;
    let old = state.0.storage.find_key(&caller.account, &id).await?.ok_or_else(|| no_such_key(&id))?;
    let scopes: ScopeSet = old.scopes.iter().copied().collect();
    let lacking = caller.scopes.lacking(&scopes);
    if !lacking.is_empty() {
        let detail = format!("a key cannot create one that can do more than itself: {lacking}");
        return Err(Failure::new(Code::MissingScope, detail).by(caller));
    }
    key_must_live(&old)?;
    let end = end_of_successor(&old, Timestamp::now());
    if caller.key_end().is_some_and(|own| end.is_none_or(|end| end > own)) {
        return Err(Failure::new(Code::MissingScope, "a key cannot create one that outlives it").by(caller));
    }
    make_successor(&state, caller, old, &headers, request).await
}

async fn make_successor(
    state: &Marketplace,
    caller: &Caller,
    old: Key,
    headers: &HeaderMap,
    request: BeginRotation,
) -> Answer<(StatusCode, Body<CreatedKey>)> {
    let now = Timestamp::now();
    let (secret, scopes) = (generate(state)?, old.scopes.iter().copied().collect());
    let new = NewKey {
        name: &old.name,
        secret: &secret,
        scopes: &scopes,
        expires_at: end_of_successor(&old, now),
        request: idempotency_key(headers)?,
    };
    let rotating = |what: String| Failure::new(Code::RotationUnderWay, format!("the key {:?} {what}", old.name));
    match state.0.storage.create_successor(caller, &old, &new, request.replace, now).await? {
        Succession::Made(key) => {
            // What was replaced may have had a stream open.
            state.0.announce_change();
            Ok((StatusCode::CREATED, Body(CreatedKey { key: *key, secret: secret.expose().to_owned() })))
        }
        Succession::Succeeded(heir) => Err(rotating(format!("has a successor already: {heir}"))),
        Succession::NameTaken => Err(rotating("has lost its name to another key".into())),
        Succession::RequestSpent => Err(request_spent()),
        Succession::TooMany => Err(rotating("rotates beside too many others: finish their rotations first".into())),
    }
}

/// A successor lives as long as the old key did when it was made.
fn end_of_successor(old: &Key, now: Timestamp) -> Option<Timestamp> {
    let life = old.expires_at?.duration_since(old.created_at).max(SignedDuration::from_secs(SHORTEST));
    Some(now.checked_add(life).unwrap_or(Timestamp::MAX))
}

/// Shortens the life of a key; it is never made longer. A key may do so to itself and to those that it succeeds, and
/// where the key has a successor, its rotation is finished thereby.
#[utoipa::path(
    patch, path = "/v1/keys/{id}", tag = "keys", security(("key" = ["keys:write"])), request_body = ShortenKey,
    params(("id" = String, Path, description = "Identifier of the key")),
    responses(
        (status = 200, description = "The key with its end", body = Key),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn shorten(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
    Json(request): Json<ShortenKey>,
) -> Answer<Body<Key>> {
    let storage = &state.0.storage;
    let caller = if storage.is_in_line(&who.0, &id).await? { &who.0 } else { who.must_have(Scope::KeysWrite)? };
    let now = Timestamp::now();
    let end = end_within(now, request.expires_in)?;
    let key = storage.shorten_key(caller, &id, end, now).await?.ok_or_else(|| no_such_key(&id))?;
    state.0.announce_change();
    Ok(Body(key))
}

/// The moment so many seconds from now, a year at most.
pub(super) fn end_within(now: Timestamp, seconds: u32) -> Answer<Timestamp> {
    let refused = || Failure::new(Code::BadRequest, format!("it must be 0 to {LONGEST} seconds"));
    let seconds = Some(seconds).filter(|seconds| *seconds <= LONGEST).ok_or_else(refused)?;
    now.checked_add(SignedDuration::from_secs(seconds.into())).map_err(|_| refused())
}

/// Cancels a request for a key by its `Idempotency-Key`: a key that it made is revoked, and where the request has not come
/// yet, it will make none. A key may cancel what it asked for itself; after a finished rotation it is too late.
#[utoipa::path(
    delete, path = "/v1/keys/requests/{request}", tag = "keys", security(("key" = [])),
    params(("request" = String, Path, description = "Idempotency-Key of the request")),
    responses(
        (status = 204, description = "No key of that request lives, and none will"),
        Malformed,
        Unauthorized,
        Forbidden,
        Rotating,
        Broken,
    )
)]
pub(super) async fn cancel_request(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(request): Path<String>,
) -> Answer<StatusCode> {
    let request = must_be_idempotency_key(&request)?;
    // A token made no such request, unless it may make keys.
    if who.key().is_err() {
        who.must_have(Scope::KeysWrite)?;
    }
    match state.0.storage.cancel_key_request(&who.0, request, Timestamp::now()).await? {
        Cancelled::Done => {
            state.0.announce_change();
            Ok(StatusCode::NO_CONTENT)
        }
        Cancelled::NotYours => Err(Failure::new(Code::MissingScope, "another key made this request").by(&who.0)),
        Cancelled::Finished => Err(Failure::new(Code::RotationUnderWay, "the rotation is finished")),
    }
}
