//! Introspection (RFC 7662): what a token is, for the client that it was given to.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;

use super::client;
use super::error::{Answer, ErrorDocument};
use super::parameters::Form;
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{GrantKind, carrier_of};

#[derive(Default, Serialize, utoipa::ToSchema)]
pub(super) struct Introspection {
    /// Whether it is a token of this client that holds now; where not, nothing else is told.
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<&'static str>,
    /// When it ends, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    /// When it was issued, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<i64>,
    /// The account, or for a token of an installation the carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jti: Option<String>,
}

/// Tells what a token is.
#[utoipa::path(
    post, path = "/oauth/introspect", tag = "oauth",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token, or that it is not active", body = Introspection),
        (status = 400, description = "The request is not followed", body = ErrorDocument),
        (status = 401, description = "The client is unknown, or its secret is wrong", body = ErrorDocument),
        (status = 429, description = "Too many attempts", body = ErrorDocument),
        (status = 500, description = "Something broke", body = ErrorDocument),
    )
)]
pub(super) async fn introspect(
    State(state): State<Marketplace>,
    headers: HeaderMap,
    Form(form): Form,
) -> Answer<Response> {
    let client = client::authenticate_confidential(&state, &headers, &form).await?;
    let text = form.required("token")?;
    let parsed = [TokenKind::Access, TokenKind::Refresh].into_iter().find_map(|kind| Token::parse(kind, text).ok());
    let known = match parsed {
        Some(token) => state.0.storage.find_token(&token, Timestamp::now()).await?,
        None => None,
    };
    let known = known.map(|token| {
        // An integration knows a carrier by the carrier's name, not by the account.
        let of_carrier = token.grant_kind == GrantKind::Installation;
        (if of_carrier { carrier_of(&token.account) } else { token.account.clone() }, token)
    });
    let document = match known.filter(|(_, token)| token.alive && token.client == client.id) {
        None => Introspection::default(),
        Some((subject, token)) => Introspection {
            active: true,
            scope: Some(token.scopes.to_string()),
            client_id: Some(token.client),
            token_type: (token.kind == TokenKind::Access).then_some("Bearer"),
            exp: Some(token.expires_at.as_second()),
            iat: Some(token.created_at.as_second()),
            sub: Some(subject),
            iss: Some(state.0.settings.url.clone()),
            jti: Some(token.id),
        },
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(document)).into_response())
}
