//! Keys with which publishers sign attestations. Public halves are there for everybody, so that anybody can verify.

use axum::Json as Body;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;

use super::auth::Authenticated;
use super::extract::{Json, Path};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Conflicting, Forbidden, Malformed, Missing, Unauthorized};
use super::uploads::must_publish_for;
use crate::credential::{PublicKey, Scope, key_name};
use crate::manifest::IntegrationName;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::NewSigningKey;
use crate::wire::{Code, RegisterSigningKey, RegisteredSigningKey, Role, SigningKeyList};

/// Most keys of one publisher that live.
const MOST_KEYS: usize = 100;

/// Registers the public half of a key, for whoever may publish. What is signed with it counts as the publisher's from then
/// on.
#[utoipa::path(
    post, path = "/v1/publishers/{publisher}/signing-keys", tag = "signing keys",
    security(("key" = ["keys:write"])), request_body = RegisterSigningKey,
    params(("publisher" = String, Path, description = "Name of the publisher")),
    responses(
        (status = 201, description = "Registered", body = RegisteredSigningKey),
        Malformed,
        Unauthorized,
        Forbidden,
        Conflicting,
        Broken,
    )
)]
pub(super) async fn register(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(publisher): Path<String>,
    Json(request): Json<RegisterSigningKey>,
) -> Answer<(StatusCode, Body<RegisteredSigningKey>)> {
    let caller = who.must_have(Scope::KeysWrite)?;
    let bad = |why: String| Failure::new(Code::BadRequest, why);
    must_be_publisher(&publisher)?;
    let name = key_name(&request.name).map_err(|why| bad(why.into()))?;
    let public_key =
        PublicKey::from_pem(&request.public_key).map_err(|why| bad(format!("public_key cannot be used: {why}")))?;
    must_publish_for(&state, caller, &publisher).await?;
    let living = state.0.storage.signing_keys(&publisher).await?;
    if living.iter().filter(|key| key.revoked_at.is_none()).count() >= MOST_KEYS {
        return Err(bad(format!("a publisher has {MOST_KEYS} signing keys at most: revoke one first")).by(caller));
    }
    let new = NewSigningKey { publisher: &publisher, name: &name, public_key: &public_key };
    let stored = state.0.storage.register_signing_key(caller, &new, Timestamp::now()).await?;
    let taken = || {
        let detail = format!("{publisher} has a living signing key of the name {name:?}, or had this very key before");
        Failure::new(Code::NameTaken, detail)
    };
    Ok((StatusCode::CREATED, Body(stored.ok_or_else(taken)?)))
}

/// The signing keys of a publisher, revoked ones too; for everybody.
#[utoipa::path(
    get, path = "/v1/publishers/{publisher}/signing-keys", tag = "signing keys", security((), ("key" = [])),
    params(("publisher" = String, Path, description = "Name of the publisher")),
    responses((status = 200, description = "The keys", body = SigningKeyList), Malformed, Unauthorized, Broken)
)]
pub(super) async fn list(
    State(state): State<Marketplace>,
    _who: Option<Authenticated>,
    Path(publisher): Path<String>,
) -> Answer<Body<SigningKeyList>> {
    Ok(Body(SigningKeyList { data: state.0.storage.signing_keys(&publisher).await? }))
}

/// Revokes a signing key, for whoever may publish: nothing that is signed with it is taken any more.
#[utoipa::path(
    delete, path = "/v1/publishers/{publisher}/signing-keys/{id}", tag = "signing keys",
    security(("key" = ["keys:write"])),
    params(
        ("publisher" = String, Path, description = "Name of the publisher"),
        ("id" = String, Path, description = "Fingerprint of the key")
    ),
    responses((status = 204, description = "Revoked"), Malformed, Unauthorized, Forbidden, Missing, Broken)
)]
pub(super) async fn revoke(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path((publisher, id)): Path<(String, String)>,
) -> Answer<StatusCode> {
    let caller = who.must_have(Scope::KeysWrite)?;
    let role = state.0.storage.role_of(&caller.account, &publisher).await?;
    if !role.is_some_and(Role::may_publish) {
        let detail = format!("you may not publish for {publisher}");
        return Err(Failure::new(Code::NotYourPublisher, detail).by(caller));
    }
    if state.0.storage.revoke_signing_key(caller, &publisher, &id, Timestamp::now()).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Failure::new(Code::NotFound, format!("{publisher} has no signing key {id:?}")).by(caller))
}

/// A publisher is called as the first half of a name of its integrations.
fn must_be_publisher(name: &str) -> Answer<()> {
    let possible = IntegrationName::parse(&format!("{name}/x")).is_ok();
    if possible { Ok(()) } else { Err(Failure::new(Code::BadRequest, format!("{name:?} is no publisher's name"))) }
}
