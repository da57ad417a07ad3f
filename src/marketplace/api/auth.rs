//! Who asks: the key of the `Authorization: Bearer` header (RFC 6750 section 2.1).

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use jiff::Timestamp;

use super::problem::{Answer, Failure};
use crate::credential::{ApiKey, Scope};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::Caller;
use crate::wire::Code;

/// A caller whose key is alive.
#[derive(Debug, Clone)]
pub(super) struct Authenticated(
    pub(super) Caller,
    /// SHA-256 of the key, by which it is found again.
    pub(super) String,
);

impl Authenticated {
    /// Demands a scope.
    pub(super) fn must_have(&self, scope: Scope) -> Answer<&Caller> {
        if self.0.scopes.allows(scope) {
            return Ok(&self.0);
        }
        Err(Failure::new(Code::MissingScope, format!("the key {:?} lacks the scope {scope}", self.0.key.name)))
    }
}

impl FromRequestParts<Marketplace> for Authenticated {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Marketplace) -> Result<Self, Failure> {
        let digest = bearer(parts)?.digest();
        let storage = &state.0.storage;
        let caller = alive(storage.find_caller(&digest).await?)?;
        // A last use that cannot be noted is no reason to refuse the request.
        let _ = storage.note_use(&caller.key, Timestamp::now()).await;
        Ok(Authenticated(caller, digest))
    }
}

/// The caller, where the key is known, not revoked and not expired at this moment.
pub(super) fn alive(found: Option<Caller>) -> Answer<Caller> {
    let caller = found.ok_or_else(|| Failure::new(Code::Unauthenticated, "the key is unknown here"))?;
    if caller.key.revoked_at.is_some() {
        return Err(Failure::new(Code::KeyRevoked, format!("the key {:?} was revoked", caller.key.name)));
    }
    if caller.key.expires_at.is_some_and(|end| end <= Timestamp::now()) {
        return Err(Failure::new(Code::KeyExpired, format!("the key {:?} has expired", caller.key.name)));
    }
    Ok(caller)
}

/// The key in the header. Malformed ones are told from unknown ones, which needs no database.
fn bearer(parts: &Parts) -> Answer<ApiKey> {
    let unauthenticated = |detail: String| Failure::new(Code::Unauthenticated, detail);
    let Some(header) = parts.headers.get(header::AUTHORIZATION) else {
        return Err(unauthenticated("there is no Authorization header".into()));
    };
    let text = header.to_str().ok().and_then(|text| {
        let (scheme, credential) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(credential)
    });
    let text = text.ok_or_else(|| unauthenticated("the Authorization header is not of the form Bearer KEY".into()))?;
    ApiKey::parse(text).map_err(|why| unauthenticated(format!("the key is malformed: {why}")))
}
