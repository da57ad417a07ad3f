//! Which client asks (RFC 6749 section 2.3): a secret in the Authorization header or in the form, or none.

use std::time::Instant;

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use super::error::{Answer, OAuthError};
use super::parameters::Parameters;
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Deed, OAuthClient, Trail};

/// What a client says of itself.
struct Claimed {
    id: String,
    secret: Option<SecretString>,
    by_header: bool,
}

/// The client that asks. A confidential one has proved it; a public one has said who it is.
pub(super) async fn authenticate(
    state: &Marketplace,
    headers: &HeaderMap,
    form: &Parameters,
    trail: &Trail,
) -> Answer<OAuthClient> {
    let claimed = claimed(headers, form)?;
    let found = state.0.storage.find_client(&claimed.id).await?;
    match found.filter(|client| proves(client, claimed.secret.as_ref())) {
        Some(client) => Ok(client),
        None => Err(refuse(state, trail, &claimed).await),
    }
}

/// The client that asks, where it is confidential: only that can be held to what it says.
pub(super) async fn authenticate_confidential(
    state: &Marketplace,
    headers: &HeaderMap,
    form: &Parameters,
    trail: &Trail,
) -> Answer<OAuthClient> {
    let client = authenticate(state, headers, form, trail).await?;
    if client.secret_digest.is_some() {
        return Ok(client);
    }
    Err(OAuthError::client("a client with a secret is needed here", headers.contains_key(header::AUTHORIZATION)))
}

fn proves(client: &OAuthClient, secret: Option<&SecretString>) -> bool {
    match (&client.secret_digest, secret) {
        (None, None) => true,
        // Hashes are compared, so that the time it takes tells nothing of the secret.
        (Some(digest), Some(secret)) => {
            let parsed = Token::parse(TokenKind::ClientSecret, secret.expose_secret());
            parsed.is_ok_and(|secret| secret.digest() == *digest)
        }
        _ => false,
    }
}

fn claimed(headers: &HeaderMap, form: &Parameters) -> Answer<Claimed> {
    let in_form = form.get("client_secret").map(|secret| SecretString::from(secret.to_owned()));
    let Some(header) = headers.get(header::AUTHORIZATION) else {
        return Ok(Claimed { id: form.required("client_id")?.to_owned(), secret: in_form, by_header: false });
    };
    if in_form.is_some() {
        return Err(OAuthError::request("the client's secret is there twice"));
    }
    let (id, secret) = basic(header.to_str().unwrap_or_default())
        .ok_or_else(|| OAuthError::client("the Authorization header is not of the form Basic", true))?;
    if form.get("client_id").is_some_and(|named| named != id) {
        return Err(OAuthError::request("client_id is another one than that of the Authorization header"));
    }
    Ok(Claimed { id, secret: Some(secret), by_header: true })
}

/// Identifier and secret, each form-encoded, then joined and in base64 (RFC 6749 section 2.3.1).
fn basic(header: &str) -> Option<(String, SecretString)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let plain = |text: &str| {
        let spaced = text.replace('+', " ");
        Some(percent_encoding::percent_decode_str(&spaced).decode_utf8().ok()?.into_owned())
    };
    Some((plain(id)?, plain(secret)?.into()))
}

/// Notes the refusal; an address that is refused again and again is slowed down.
async fn refuse(state: &Marketplace, trail: &Trail, claimed: &Claimed) -> OAuthError {
    let address = trail.address.map(|address| address.to_string()).unwrap_or_default();
    if let Err(wait) = state.0.refusals.attempt(&address, Instant::now()).allowed {
        return OAuthError::too_often(wait);
    }
    let object: String = claimed.id.chars().take(64).collect();
    let deed =
        Deed { action: "client.authenticate", object: &object, refused: Some("invalid_client"), ..Deed::default() };
    match state.0.storage.note_alone(Timestamp::now(), trail, &deed).await {
        Ok(()) => OAuthError::client("the client is unknown, or its secret is wrong", claimed.by_header),
        Err(cause) => cause.into(),
    }
}
