//! The secret that an account's deliveries are signed with, and its rotation.

use axum::Json as Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use jiff::Timestamp;

use super::auth::Authenticated;
use super::extract::{Json, Path, idempotency_key};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Forbidden, Malformed, Missing, Rotating, Unauthorized};
use super::rotation::end_within;
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{self, Caller, SigningSecrets};
use crate::wire::{BeginRotation, Code, PreviousSecret, RetireSecret, WebhookSecret};

/// The secret with which the account's deliveries are signed; made at the first use. While it rotates, the one before is
/// there too, and deliveries carry a signature of each.
#[utoipa::path(
    get, path = "/v1/webhook-secret", tag = "events", security(("key" = ["events:read"])),
    responses(
        (status = 200, description = "The secret", body = WebhookSecret),
        Unauthorized,
        Forbidden,
        Broken,
    )
)]
pub(super) async fn show(State(state): State<Marketplace>, who: Authenticated) -> Answer<impl IntoResponse> {
    let caller = who.must_have(Scope::EventsRead)?;
    Ok(shown(state.0.storage.signing_secrets(&caller.account, Timestamp::now()).await?))
}

/// Makes a fresh secret and keeps the one before: both sign from now on, until the one before is ended. Secrets of earlier
/// rotations sign until their ends; five sign at most. The same `Idempotency-Key` again is answered as the first time.
#[utoipa::path(
    post, path = "/v1/webhook-secret/rotate", tag = "events", security(("key" = ["keys:write", "events:read"])),
    request_body = BeginRotation,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible characters that name the rotation")),
    responses(
        (status = 200, description = "Both secrets", body = WebhookSecret),
        Malformed,
        Unauthorized,
        Forbidden,
        Rotating,
        Broken,
    )
)]
pub(super) async fn rotate(
    State(state): State<Marketplace>,
    who: Authenticated,
    headers: HeaderMap,
    Json(request): Json<BeginRotation>,
) -> Answer<impl IntoResponse> {
    let caller = administrator(&who)?;
    let rotation = idempotency_key(&headers)?;
    let (storage, now) = (&state.0.storage, Timestamp::now());
    let present = storage.signing_secrets(&caller.account, now).await?;
    if rotation.is_some() && present.rotation.as_deref() == rotation {
        return Ok(shown(present));
    }
    if request.replace {
        storage.undo_signing_secret(caller, None, now).await?;
    }
    if !storage.rotate_signing_secret(caller, rotation, now).await? {
        return Err(Failure::new(Code::RotationUnderWay, "another rotation of the signing secret is not finished"));
    }
    Ok(shown(storage.signing_secrets(&caller.account, now).await?))
}

/// Finishes a rotation: the secret before ends, and those before it at the same time at the latest.
#[utoipa::path(
    patch, path = "/v1/webhook-secret", tag = "events", security(("key" = ["keys:write", "events:read"])),
    request_body = RetireSecret,
    responses(
        (status = 200, description = "Both secrets, the one before with its end", body = WebhookSecret),
        Malformed,
        Unauthorized,
        Forbidden,
        Broken,
    )
)]
pub(super) async fn retire(
    State(state): State<Marketplace>,
    who: Authenticated,
    Json(request): Json<RetireSecret>,
) -> Answer<impl IntoResponse> {
    let caller = administrator(&who)?;
    let now = Timestamp::now();
    state.0.storage.retire_signing_secret(caller, end_within(now, request.previous_expires_in)?, now).await?;
    Ok(shown(state.0.storage.signing_secrets(&caller.account, now).await?))
}

/// Takes a rotation back that is not finished: the secret before is the only one again.
#[utoipa::path(
    delete, path = "/v1/webhook-secret/rotations/{rotation}", tag = "events",
    security(("key" = ["keys:write", "events:read"])),
    params(("rotation" = String, Path, description = "Idempotency-Key of the rotation")),
    responses(
        (status = 204, description = "Taken back"),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn undo(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(rotation): Path<String>,
) -> Answer<StatusCode> {
    let caller = administrator(&who)?;
    if state.0.storage.undo_signing_secret(caller, Some(&rotation), Timestamp::now()).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Failure::new(Code::NotFound, "no rotation of that name is under way"))
}

/// Both scopes: the answer shows what `events:read` opens.
fn administrator(who: &Authenticated) -> Answer<&Caller> {
    who.must_have(Scope::EventsRead)?;
    who.must_have(Scope::KeysWrite)
}

fn shown(secrets: SigningSecrets) -> impl IntoResponse {
    let before = |before: storage::PreviousSecret| PreviousSecret {
        secret: before.secret.expose().to_owned(),
        expires_at: before.expires_at,
    };
    let document = WebhookSecret {
        secret: secrets.secret.expose().to_owned(),
        created_at: Some(secrets.created_at),
        previous: secrets.previous.map(before),
        older: secrets.older.into_iter().map(before).collect(),
    };
    ([(header::CACHE_CONTROL, "no-store")], Body(document))
}
