//! The token endpoint (RFC 6749 section 3.2).

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::Serialize;

use super::error::{Answer, ErrorDocument, OAuthError};
use super::parameters::{Form, Parameters};
use super::{client, exchange, scope};
use crate::credential::{Token, TokenKind, pkce};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Exchanged, Issued, Polled, TokenRequest, Trail};

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
const EXCHANGE_GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

/// Grants that are taken, for the metadata.
pub(super) const GRANTS: [&str; 5] =
    ["authorization_code", "refresh_token", "client_credentials", DEVICE_GRANT, EXCHANGE_GRANT];

#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct TokenDocument {
    /// An opaque token, for `Authorization: Bearer`.
    access_token: String,
    /// `Bearer`.
    token_type: &'static str,
    /// Lifetime of the access token, in seconds.
    expires_in: i64,
    /// What the access token may do.
    scope: String,
    /// Gives the next pair; works once.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// After a token exchange: what was issued (RFC 8693 section 2.2.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_token_type: Option<&'static str>,
}

/// Gives tokens for a code, a refresh token, a device code, a client, or an installation.
#[utoipa::path(
    post, path = "/oauth/token", tag = "oauth",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Tokens", body = TokenDocument),
        (status = 400, description = "The request is not followed", body = ErrorDocument),
        (status = 401, description = "The client is unknown, or its secret is wrong", body = ErrorDocument),
        (status = 429, description = "Too many attempts", body = ErrorDocument),
        (status = 500, description = "Something broke", body = ErrorDocument),
    )
)]
pub(super) async fn token(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    headers: HeaderMap,
    Form(form): Form,
) -> Answer<Response> {
    let grant = form.required("grant_type")?;
    let client = client::authenticate(&state, &headers, &form).await?;
    let lifetimes = state.0.settings.lifetimes;
    let request = TokenRequest { client: &client, trail: &trail, lifetimes, now: Timestamp::now() };
    let answered = answer(&state, &request, grant, &form).await;
    answered.map_err(|error| error.by(&client.id))
}

async fn answer(state: &Marketplace, request: &TokenRequest<'_>, grant: &str, form: &Parameters) -> Answer<Response> {
    match grant {
        "authorization_code" => document(redeem(state, request, form).await?, None),
        "refresh_token" => document(refresh(state, request, form).await?, None),
        "client_credentials" => document(for_client(state, request, form).await?, None),
        DEVICE_GRANT => document(poll(state, request, form).await?, None),
        EXCHANGE_GRANT => document(exchange::exchange(state, request, form).await?, Some(exchange::ACCESS_TOKEN_TYPE)),
        _ => Err(OAuthError::new("unsupported_grant_type", format!("grant_type must be one of {}", GRANTS.join(", ")))),
    }
}

async fn redeem(state: &Marketplace, request: &TokenRequest<'_>, form: &Parameters) -> Answer<Exchanged> {
    let code = form.required("code")?;
    let redirect_uri = form.required("redirect_uri")?;
    let verifier = form.required("code_verifier")?;
    if !pkce::is_verifier(verifier) {
        return Err(OAuthError::request("code_verifier must have 43 to 128 characters of A-Z a-z 0-9 - . _ ~"));
    }
    let Ok(code) = Token::parse(TokenKind::Code, code) else { return Ok(Exchanged::Refused("the code is malformed")) };
    Ok(state.0.storage.redeem_code(request, &code, redirect_uri, &pkce::challenge_of(verifier)).await?)
}

async fn refresh(state: &Marketplace, request: &TokenRequest<'_>, form: &Parameters) -> Answer<Exchanged> {
    let asked = scope::asked(form.get("scope"))?;
    let Ok(token) = Token::parse(TokenKind::Refresh, form.required("refresh_token")?) else {
        return Ok(Exchanged::Refused("the refresh token is malformed"));
    };
    Ok(state.0.storage.refresh(request, &token, asked.as_ref()).await?)
}

async fn for_client(state: &Marketplace, request: &TokenRequest<'_>, form: &Parameters) -> Answer<Exchanged> {
    let client = request.client;
    let Some(account) = client.account.as_ref().filter(|_| client.secret_digest.is_some()) else {
        return Err(OAuthError::new("unauthorized_client", "a public client cannot act for itself"));
    };
    let scopes = scope::within(scope::asked(form.get("scope"))?, &client.scopes)?;
    Ok(state.0.storage.client_token(request, account, &scopes).await?)
}

async fn poll(state: &Marketplace, request: &TokenRequest<'_>, form: &Parameters) -> Answer<Exchanged> {
    let Ok(code) = Token::parse(TokenKind::Device, form.required("device_code")?) else {
        return Ok(Exchanged::Refused("the device code is malformed"));
    };
    match state.0.storage.poll_device(request, &code).await? {
        Polled::Pending => Err(OAuthError::new("authorization_pending", "the person has not decided yet").noted()),
        Polled::SlowDown => Err(OAuthError::new("slow_down", "ask less often: 5 seconds more from now on").noted()),
        Polled::Denied => Err(OAuthError::new("access_denied", "the person said no")),
        Polled::Expired => Err(OAuthError::new("expired_token", "nobody decided in time: begin again")),
        Polled::Refused(why) => Ok(Exchanged::Refused(why)),
        Polled::Exchanged(exchanged) => Ok(exchanged),
    }
}

fn document(exchanged: Exchanged, issued_token_type: Option<&'static str>) -> Answer<Response> {
    let issued = match exchanged {
        Exchanged::Issued(issued) => issued,
        Exchanged::Refused(why) => return Err(OAuthError::new("invalid_grant", why)),
        Exchanged::Ended(why) => return Err(OAuthError::new("invalid_grant", why).noted()),
        Exchanged::TooMuch(lacking) => return Err(scope::too_much(&lacking)),
    };
    let Issued { access, refresh, lifetime, scopes } = *issued;
    let document = TokenDocument {
        access_token: access.expose().to_owned(),
        token_type: "Bearer",
        expires_in: lifetime.as_secs(),
        scope: scopes.to_string(),
        refresh_token: refresh.map(|refresh| refresh.expose().to_owned()),
        issued_token_type,
    };
    // RFC 6749 section 5.1.
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], Json(document)).into_response())
}
