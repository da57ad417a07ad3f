//! API keys.

use axum::Json as Body;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use super::auth::Authenticated;
use super::extract::{Json, Path, Query};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Conflicting, Forbidden, Malformed, Missing, Unauthorized};
use crate::credential::{ApiKey, KeyKind, Scope, ScopeSet, key_name};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::NewKey;
use crate::wire::{Code, CreateKey, CreatedKey, Key, KeyList};

/// Keys on one page.
const PAGE: usize = 100;
const SHORTEST: u32 = 60;
const LONGEST: u32 = 31_536_000;

#[derive(Deserialize, IntoParams)]
pub(super) struct Page {
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Creates a key. It can do no more than the credential that creates it. The secret is shown this once.
#[utoipa::path(
    post, path = "/v1/keys", tag = "keys", security(("key" = ["keys:write"])), request_body = CreateKey,
    responses(
        (status = 201, description = "Created", body = CreatedKey),
        Malformed,
        Unauthorized,
        Forbidden,
        Conflicting,
        Broken,
    )
)]
pub(super) async fn create(
    State(state): State<Marketplace>,
    who: Authenticated,
    Json(request): Json<CreateKey>,
) -> Answer<(StatusCode, Body<CreatedKey>)> {
    let caller = who.must_have(Scope::KeysWrite)?;
    let now = Timestamp::now();
    let name = key_name(&request.name).map_err(|why| Failure::new(Code::BadRequest, why))?;
    let scopes = granted_scopes(&caller.scopes, request.scopes)?;
    let expires_at = request.expires_in.map(|seconds| end_of_life(now, seconds)).transpose()?;
    if caller.expires_at().is_some_and(|end| expires_at.is_none_or(|asked| asked > end)) {
        return Err(Failure::new(Code::MissingScope, "a key cannot create one that outlives it: set expires_in"));
    }
    let kind = if state.0.settings.sandbox { KeyKind::Test } else { KeyKind::Live };
    let secret = ApiKey::generate(kind).map_err(|_| Failure::new(Code::Internal, "the system gives no randomness"))?;
    let new = NewKey { name: &name, secret: &secret, scopes: &scopes, expires_at };
    let taken = || Failure::new(Code::NameTaken, format!("there is a living key of the name {name:?}"));
    let key = state.0.storage.store_key(caller, &new, now).await?.ok_or_else(taken)?;
    Ok((StatusCode::CREATED, Body(CreatedKey { key, secret: secret.expose().to_owned() })))
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

fn end_of_life(now: Timestamp, seconds: u32) -> Answer<Timestamp> {
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
    let mut data = state.0.storage.list_keys(&caller.account, after, limit).await?;
    let more = data.len() > PAGE;
    data.truncate(PAGE);
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

/// Revokes the key in hand, at once.
#[utoipa::path(
    delete, path = "/v1/keys/current", tag = "keys", security(("key" = [])),
    responses(
        (status = 204, description = "Revoked"),
        Unauthorized,
        Broken,
    )
)]
pub(super) async fn revoke_current(State(state): State<Marketplace>, who: Authenticated) -> Answer<StatusCode> {
    state.0.storage.revoke_key(&who.0, &who.key()?.id, Timestamp::now()).await?;
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
    Err(Failure::new(Code::NotFound, format!("there is no key {id:?}")))
}
