//! Reports of keys that were found in public, as GitHub's secret scanning partner programme sends them.
//!
//! A report carries no time, so that one that is sent again cannot be told from the first; it changes nothing more.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json as Body};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::extract::Bytes;
use super::problem::{Answer, Failure};
use super::responses::{Broken, Malformed, Oversized, Unauthorized};
use crate::credential::{ApiKey, Token, TokenKind};
use crate::marketplace::storage::Trail;
use crate::marketplace::{LeakReporter, Marketplace};
use crate::package::hex;
use crate::wire::{Code, LEAK_KEY_IDENTIFIER, LEAK_SIGNATURE, LeakFeedback, LeakLabel, LeakedToken};

/// Longest address that is kept.
const LONGEST_PLACE: usize = 400;

/// Takes a report of leaked keys. Each that is a key here is revoked at once, and its owner is told where it was found.
#[utoipa::path(
    post, path = "/v1/leaks", tag = "keys", request_body = Vec<LeakedToken>,
    params(
        ("Github-Public-Key-Identifier" = String, Header, description = "Public key with which the report verifies"),
        ("Github-Public-Key-Signature" = String, Header, description = "Base64 of a DER ECDSA P-256 signature over the raw body"),
    ),
    responses(
        (status = 200, description = "What became of each token", body = Vec<LeakFeedback>),
        Malformed,
        Unauthorized,
        Oversized,
        Broken,
    )
)]
pub(super) async fn report(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    headers: HeaderMap,
    Bytes(body): Bytes,
) -> Answer<Body<Vec<LeakFeedback>>> {
    let reporter = signer(&state.0.settings.leak_reporters, &headers, &body)?;
    let tokens = parse(&body)?;
    let mut feedback = Vec::with_capacity(tokens.len());
    for leaked in tokens {
        let label = revoke(&state, &trail, reporter, &leaked).await?;
        let token_hash = hex(&Sha256::digest(leaked.token.as_bytes()));
        feedback.push(LeakFeedback { token_hash, token_type: leaked.kind, label });
    }
    Ok(Body(feedback))
}

/// The reporter who signed the body; nothing of it is looked at before.
fn signer<'a>(reporters: &'a [LeakReporter], headers: &HeaderMap, body: &[u8]) -> Answer<&'a LeakReporter> {
    let refused = |why: &str| Failure::new(Code::Unauthenticated, why);
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(id), Some(signature)) = (text(LEAK_KEY_IDENTIFIER), text(LEAK_SIGNATURE)) else {
        return Err(refused("a report needs the headers Github-Public-Key-Identifier and Github-Public-Key-Signature"));
    };
    let reporter = reporters.iter().find(|reporter| reporter.id() == id);
    let reporter = reporter.ok_or_else(|| refused("no reporter has that public key here"))?;
    if reporter.signed(body, signature) { Ok(reporter) } else { Err(refused("the signature is not of this body")) }
}

/// Parses the tokens. Why that fails is not told: a parser's message could repeat a token.
fn parse(body: &[u8]) -> Answer<Vec<LeakedToken>> {
    let form = "a report is a JSON array of objects with token, type, url and source";
    serde_json::from_slice(body).map_err(|_| Failure::new(Code::BadRequest, form))
}

async fn revoke(
    state: &Marketplace,
    trail: &Trail,
    reporter: &LeakReporter,
    leaked: &LeakedToken,
) -> Answer<LeakLabel> {
    // What has no valid checksum is no key, and needs no database.
    let Ok(key) = ApiKey::parse(&leaked.token) else {
        return revoke_token(state, trail, reporter, &leaked.token).await;
    };
    let reason = match public_place(&leaked.url) {
        Some(place) => format!("found in public at {place}"),
        None => "found in public".to_owned(),
    };
    let storage = &state.0.storage;
    if !storage.revoke_leaked(&key.digest(), &reason, reporter.id(), trail, Timestamp::now()).await? {
        return Ok(LeakLabel::FalsePositive);
    }
    state.0.announce_change();
    Ok(LeakLabel::TruePositive)
}

/// Tokens and client secrets have the form of keys.
async fn revoke_token(state: &Marketplace, trail: &Trail, reporter: &LeakReporter, text: &str) -> Answer<LeakLabel> {
    let (storage, now) = (&state.0.storage, Timestamp::now());
    let token = [TokenKind::Access, TokenKind::Refresh].into_iter().find_map(|kind| Token::parse(kind, text).ok());
    let ended = match (token, Token::parse(TokenKind::ClientSecret, text)) {
        (Some(token), _) => storage.end_leaked_token(&token, reporter.id(), trail, now).await?,
        (None, Ok(secret)) => storage.void_leaked_client_secret(&secret, reporter.id(), trail, now).await?,
        _ => false,
    };
    if ended {
        state.0.announce_change();
    }
    Ok(if ended { LeakLabel::TruePositive } else { LeakLabel::FalsePositive })
}

/// The part of an address that may be kept and shown: no user, no query, no key.
fn public_place(address: &str) -> Option<String> {
    let mut url = url::Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_query(None);
    url.set_fragment(None);
    if !url.username().is_empty() || url.password().is_some() || url.as_str().contains("pvq_") {
        return url.host_str().map(str::to_owned);
    }
    if url.as_str().len() > LONGEST_PLACE { url.host_str().map(str::to_owned) } else { Some(url.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_without_what_could_be_secret() {
        let place = "https://github.com/acme/sync/blob/0123/config.py";
        assert_eq!(public_place(place).as_deref(), Some(place));
        assert_eq!(public_place(&format!("{place}?token=x#L3")).as_deref(), Some(place));
        for address in [
            "https://me:topsecret@github.com/x",
            "https://github.com/pvq_test_abc",
            &format!("{place}{}", "x".repeat(400)),
        ] {
            assert_eq!(public_place(address).as_deref(), Some("github.com"), "{address}");
        }
        for address in ["", "x", "javascript:alert(1)", "file:///etc/passwd"] {
            assert_eq!(public_place(address), None, "{address}");
        }
    }
}
