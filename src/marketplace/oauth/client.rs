//! Which client asks (RFC 6749 section 2.3): a secret in the Authorization header or in the form, or none.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};

use super::error::{Answer, OAuthError};
use super::parameters::Parameters;
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::OAuthClient;

/// What a client says of itself.
struct Claimed {
    id: String,
    secret: Option<SecretString>,
    by_header: bool,
}

/// The client that asks. A confidential one has proved it; a public one has said who it is.
pub(super) async fn authenticate(state: &Marketplace, headers: &HeaderMap, form: &Parameters) -> Answer<OAuthClient> {
    let claimed = claimed(headers, form)?;
    let refused = || OAuthError::client("the client is unknown, or its secret is wrong", claimed.by_header);
    let client = state.0.storage.find_client(&claimed.id).await?.ok_or_else(refused)?;
    if proves(&client, claimed.secret.as_ref()) { Ok(client) } else { Err(refused().by(&client.id)) }
}

/// The client that asks, where it is confidential: only that can be held to what it says.
pub(super) async fn authenticate_confidential(
    state: &Marketplace,
    headers: &HeaderMap,
    form: &Parameters,
) -> Answer<OAuthClient> {
    let client = authenticate(state, headers, form).await?;
    if client.secret_digest.is_some() {
        return Ok(client);
    }
    let refused = OAuthError::client("a client with a secret is needed here", false);
    Err(refused.by(&client.id))
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
