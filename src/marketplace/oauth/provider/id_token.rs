//! ID tokens (OpenID Connect Core 1.0 section 3.1.3.7): RS256 by a key of the provider, for us, for this sign-in, now.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;
use serde_json::Value;

/// Seconds by which clocks may differ.
const LEEWAY: i64 = 60;
/// Longest token, in bytes.
const LONGEST: usize = 16 << 10;

/// A provider's keys (RFC 7517 section 5).
#[derive(Debug, Deserialize)]
pub(super) struct KeySet {
    keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that would have to be understood (RFC 7515 section 4.1.11).
    crit: Option<Value>,
}

/// What a token must say.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) audience: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

/// What a token says.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: Value,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    pub(super) sub: String,
    pub(super) email: Option<String>,
    pub(super) email_verified: Option<bool>,
    pub(super) name: Option<String>,
}

/// Verifies a token; the error says what is wrong with it.
pub(super) fn verify(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Claims, String> {
    let malformed = || "its ID token is malformed".to_owned();
    if token.len() > LONGEST {
        return Err(malformed());
    }
    let (signed, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
    let (header, payload) = signed.split_once('.').ok_or_else(malformed)?;
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed());
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| malformed())?;
    if header.alg != "RS256" || header.crit.is_some() {
        return Err("its ID token is not signed with RS256".into());
    }
    let signature = decode(signature)?;
    let fits =
        |key: &&Key| key.kty == "RSA" && key.alg.as_deref().is_none_or(|alg| alg == "RS256") && key.kid == header.kid;
    let verified = keys.keys.iter().filter(fits).any(|key| signed_by(key, signed.as_bytes(), &signature));
    if !verified {
        return Err("the signature of its ID token does not hold".into());
    }
    let claims: Claims = serde_json::from_slice(&decode(payload)?).map_err(|_| malformed())?;
    check(&claims, expected)?;
    Ok(claims)
}

fn signed_by(key: &Key, message: &[u8], signature: &[u8]) -> bool {
    let number = |text: &Option<String>| URL_SAFE_NO_PAD.decode(text.as_deref()?).ok();
    let (Some(n), Some(e)) = (number(&key.n), number(&key.e)) else { return false };
    RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
}

fn check(claims: &Claims, expected: &Expected<'_>) -> Result<(), String> {
    // Google has written its name without the scheme.
    let bare = |name: &str| name.trim_start_matches("https://").trim_end_matches('/').to_owned();
    if bare(&claims.iss) != bare(expected.issuer) {
        return Err("its ID token is of another issuer".into());
    }
    let audiences = match &claims.aud {
        Value::String(one) => vec![one.as_str()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let for_us = audiences.contains(&expected.audience)
        && claims.azp.as_deref().map_or(audiences.len() == 1, |party| party == expected.audience);
    if !for_us {
        return Err("its ID token is for somebody else".into());
    }
    let now = expected.now.as_second();
    if claims.exp <= now - LEEWAY || claims.iat > now + LEEWAY {
        return Err("its ID token has expired, or a clock is off".into());
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err("its ID token is of another sign-in".into());
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err("its ID token does not say who it is".into());
    }
    Ok(())
}
