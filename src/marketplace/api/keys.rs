//! API keys.

use axum::Json as Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use super::auth::Authenticated;
use super::events::page_of;
use super::extract::{Json, Path, Query, idempotency_key};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Conflicting, Forbidden, Malformed, Missing, Spent, Unauthorized};
use crate::credential::{ApiKey, KeyKind, Scope, ScopeSet, key_name};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{KeyMade, MOST_KEYS, NewKey};
use crate::wire::{Code, CreateKey, CreatedKey, Key, KeyList};

/// Keys on one page.
const PAGE: usize = 100;
const SHORTEST: u32 = 60;
const LONGEST: u32 = 31_536_000;

#[derive(Deserialize, IntoParams)]
pub(super) struct Page {
    /// Where the page begins, from `next_cursor`.
    pub(super) cursor: Option<String>,
}

/// Creates a key. It can do no more than the credential that creates it. The secret is shown this once; a request with an
/// `Idempotency-Key` whose answer was lost can be cancelled.
#[utoipa::path(
    post, path = "/v1/keys", tag = "keys", security(("key" = ["keys:write"])), request_body = CreateKey,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible characters that name the request")),
    responses(
        (status = 201, description = "Created", body = CreatedKey),
        Malformed,
        Unauthorized,
        Forbidden,
        Conflicting,
        Spent,
        Broken,
    )
)]
pub(super) async fn create(
    State(state): State<Marketplace>,
    who: Authenticated,
    headers: HeaderMap,
    Json(request): Json<CreateKey>,
) -> Answer<(StatusCode, Body<CreatedKey>)> {
    let caller = who.must_have(Scope::KeysWrite)?;
    let now = Timestamp::now();
    let request_key = idempotency_key(&headers)?;
    let name = key_name(&request.name).map_err(|why| Failure::new(Code::BadRequest, why))?;
    let scopes = granted_scopes(&caller.scopes, request.scopes).map_err(|failure| failure.by(caller))?;
    let expires_at = request.expires_in.map(|seconds| end_of_life(now, seconds)).transpose()?;
    if caller.key_end().is_some_and(|end| expires_at.is_none_or(|asked| asked > end)) {
        return Err(
            Failure::new(Code::MissingScope, "a key cannot create one that outlives it: set expires_in").by(caller)
        );
    }
    let secret = generate(&state)?;
    let new = NewKey { name: &name, secret: &secret, scopes: &scopes, expires_at, request: request_key };
    match state.0.storage.store_key(caller, &new, now).await? {
        KeyMade::Made(key) => {
            Ok((StatusCode::CREATED, Body(CreatedKey { key: *key, secret: secret.expose().to_owned() })))
        }
        KeyMade::NameTaken => Err(Failure::new(Code::NameTaken, format!("there is a living key of the name {name:?}"))),
        KeyMade::RequestSpent => Err(request_spent()),
        KeyMade::TooMany => {
            Err(Failure::new(Code::QuotaExceeded, format!("an account has {MOST_KEYS} living keys at most")).by(caller))
        }
    }
}

/// A fresh secret of the kind that belongs here.
pub(super) fn generate(state: &Marketplace) -> Answer<ApiKey> {
    let kind = if state.0.settings.sandbox { KeyKind::Test } else { KeyKind::Live };
    ApiKey::generate(kind).map_err(|_| Failure::new(Code::Internal, "the system gives no randomness"))
}

pub(super) fn request_spent() -> Failure {
    Failure::new(Code::IdempotencyKeyReused, "this Idempotency-Key came before, and its key was shown that once")
}

fn granted_scopes(own: &ScopeSet, asked: Option<Vec<Scope>>) -> Answer<ScopeSet> {
    let Some(asked) = asked else { return Ok(own.clone()) };
    let asked: ScopeSet = asked.into_iter().collect();
    let lacking = own.lacking(&asked);
    if asked.is_empty() {
        return Err(Failure::new(Code::BadRequest, "a key needs at least one scope"));
    }
    if !lacking.is_empty() {
        return Err(Failure::new(
            Code::MissingScope,
            format!("a key cannot create one that can do more than itself: {lacking}"),
        ));
    }
    Ok(asked)
}

pub(super) fn end_of_life(now: Timestamp, seconds: u32) -> Answer<Timestamp> {
    if !(SHORTEST..=LONGEST).contains(&seconds) {
        return Err(Failure::new(Code::BadRequest, format!("expires_in must be {SHORTEST} to {LONGEST} seconds")));
    }
    now.checked_add(SignedDuration::from_secs(seconds.into()))
        .map_err(|_| Failure::new(Code::BadRequest, "expires_in lies beyond all time"))
}

/// Lists the account's keys, newest first.
#[utoipa::path(
    get, path = "/v1/keys", tag = "keys", security(("key" = ["keys:read"])), params(Page),
    responses(
        (status = 200, description = "A page of keys", body = KeyList),
        Malformed,
        Unauthorized,
        Forbidden,
        Broken,
    )
)]
pub(super) async fn list(
    State(state): State<Marketplace>,
    who: Authenticated,
    Query(page): Query<Page>,
) -> Answer<Body<KeyList>> {
    let caller = who.must_have(Scope::KeysRead)?;
    let after = page.cursor.as_deref().map(parse_cursor).transpose()?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let (data, more) = page_of(state.0.storage.list_keys(&caller.account, after, limit).await?, PAGE);
    let next_cursor = data.last().filter(|_| more).map(|key| format!("{}.{}", key.created_at.as_microsecond(), key.id));
    Ok(Body(KeyList { data, next_cursor }))
}

/// Parses a cursor made of a time and an identifier.
pub(super) fn parse_cursor(cursor: &str) -> Answer<(Timestamp, &str)> {
    let parsed =
        cursor.split_once('.').and_then(|(at, id)| Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id)));
    parsed.ok_or_else(|| Failure::new(Code::BadRequest, "the cursor is not one of next_cursor"))
}

/// The key in hand.
#[utoipa::path(
    get, path = "/v1/keys/current", tag = "keys", security(("key" = [])),
    responses(
        (status = 200, description = "The key", body = Key),
        Unauthorized,
        Broken,
    )
)]
pub(super) async fn current(who: Authenticated) -> Answer<Body<Key>> {
    Ok(Body(who.key()?.clone()))
}

/// A key of the account. A key may look at itself without the scope.
#[utoipa::path(
    get, path = "/v1/keys/{id}", tag = "keys", security(("key" = ["keys:read"])),
    params(("id" = String, Path, description = "Identifier of the key")),
    responses(
        (status = 200, description = "The key", body = Key),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn show(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
) -> Answer<Body<Key>> {
    let caller = if who.0.credential_id() == id { &who.0 } else { who.must_have(Scope::KeysRead)? };
    let found = state.0.storage.find_key(&caller.account, &id).await?;
    found.map(Body).ok_or_else(|| no_such_key(&id))
}

/// Revokes the key in hand, at once.
#[utoipa::path(
    delete, path = "/v1/keys/current", tag = "keys", security(("key" = [])),
    responses(
        (status = 204, description = "Revoked"),
        Malformed,
        Unauthorized,
        Broken,
    )
)]
pub(super) async fn revoke_current(State(state): State<Marketplace>, who: Authenticated) -> Answer<StatusCode> {
    if !state.0.storage.revoke_key(&who.0, &who.key()?.id, Timestamp::now()).await? {
        return Err(Failure::new(Code::BadRequest, "the built-in identity ends with its sandbox"));
    }
    state.0.announce_change();
    Ok(StatusCode::NO_CONTENT)
}

/// Revokes a key, at once.
#[utoipa::path(
    delete, path = "/v1/keys/{id}", tag = "keys", security(("key" = ["keys:write"])),
    params(("id" = String, Path, description = "Identifier of the key")),
    responses(
        (status = 204, description = "Revoked"),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn revoke(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let caller = who.must_have(Scope::KeysWrite)?;
    if state.0.storage.revoke_key(caller, &id, Timestamp::now()).await? {
        state.0.announce_change();
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(no_such_key(&id))
}

pub(super) fn no_such_key(id: &str) -> Failure {
    Failure::new(Code::NotFound, format!("there is no key {id:?}"))
}
