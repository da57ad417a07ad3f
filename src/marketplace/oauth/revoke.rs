//! Revocation (RFC 7009).

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use super::client;
use super::error::{Answer, ErrorDocument};
use super::parameters::Form;
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::Trail;

/// Revokes a token of the client: an access token alone, a refresh token with everything that rests on the same consent.
/// A token that is unknown, or another client's, is answered alike (RFC 7009 section 2.2).
#[utoipa::path(
    post, path = "/oauth/revoke", tag = "oauth",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token does not hold, or not any more"),
        (status = 400, description = "The request is not followed", body = ErrorDocument),
        (status = 401, description = "The client is unknown, or its secret is wrong", body = ErrorDocument),
        (status = 429, description = "Too many attempts", body = ErrorDocument),
        (status = 500, description = "Something broke", body = ErrorDocument),
    )
)]
pub(super) async fn revoke(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    headers: HeaderMap,
    Form(form): Form,
) -> Answer<StatusCode> {
    let client = client::authenticate(&state, &headers, &form).await?;
    let text = form.required("token")?;
    let parsed = [TokenKind::Refresh, TokenKind::Access].into_iter().find_map(|kind| Token::parse(kind, text).ok());
    let Some(token) = parsed else { return Ok(StatusCode::OK) };
    let now = Timestamp::now();
    if let Some(known) = state.0.storage.find_token(&token, now).await?.filter(|known| known.client == client.id) {
        state.0.storage.revoke_token(&known, &client, &trail, now).await?;
        state.0.announce_change();
    }
    Ok(StatusCode::OK)
}
