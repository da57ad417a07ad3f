//! Who asks: the key or access token of the `Authorization: Bearer` header (RFC 6750 section 2.1).

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use jiff::Timestamp;

use super::problem::{Answer, Failure};
use crate::credential::{Bearer, Scope};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Caller, Credential, GrantKind, Trail};
use crate::wire::{Code, Key};

/// A caller whose credential is alive.
#[derive(Debug, Clone)]
pub(super) struct Authenticated(
    pub(super) Caller,
    /// The credential, by which it is found again.
    pub(super) Bearer,
);

impl Authenticated {
    /// Demands a scope, and a credential of a kind that can have it: what an integration may do for a carrier it may do in
    /// an installation alone, and of its publisher's account it sees no more than it needs for that.
    pub(super) fn must_have(&self, scope: Scope) -> Answer<&Caller> {
        let detail = match &self.0.credential {
            Credential::Key(key) if !self.0.scopes.allows(scope) => {
                format!("the key {:?} lacks the scope {scope}", key.name)
            }
            Credential::Token(_) if !self.0.scopes.allows(scope) => format!("the access token lacks the scope {scope}"),
            Credential::Token(token) if token.kind == GrantKind::Client && !scope.is_of_integrations() => {
                format!("an integration has {scope} in an installation alone: exchange the token for one")
            }
            Credential::Token(token) if token.kind == GrantKind::Installation && !scope.is_of_carriers() => {
                format!("no installation gives {scope}")
            }
            _ => return Ok(&self.0),
        };
        Err(Failure::new(Code::MissingScope, detail).by(&self.0))
    }

    /// The key in hand; a token is none.
    pub(super) fn key(&self) -> Answer<&Key> {
        match &self.0.credential {
            Credential::Key(key) => Ok(key),
            Credential::Token(_) => Err(Failure::new(Code::NotFound, "the credential in hand is an access token")),
        }
    }
}

impl FromRequestParts<Marketplace> for Authenticated {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Marketplace) -> Result<Self, Failure> {
        // Whoever counted the request has asked already.
        if let Some(who) = parts.extensions.remove::<Authenticated>() {
            return Ok(who);
        }
        let bearer = bearer(parts)?;
        let storage = &state.0.storage;
        let mut caller = alive(storage.find_caller(&bearer).await?, &bearer)?;
        caller.trail = parts.extensions.get::<Trail>().cloned().unwrap_or_default();
        // A last use that cannot be noted is no reason to refuse the request.
        let _ = storage.note_use(&caller, Timestamp::now()).await;
        Ok(Authenticated(caller, bearer))
    }
}

/// Where no credential is needed, one that is given must hold all the same.
impl OptionalFromRequestParts<Marketplace> for Authenticated {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Marketplace) -> Result<Option<Self>, Failure> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(None);
        }
        <Self as FromRequestParts<Marketplace>>::from_request_parts(parts, state).await.map(Some)
    }
}

/// The caller, where the credential is known, not revoked and not expired at this moment.
pub(super) fn alive(found: Option<Caller>, bearer: &Bearer) -> Answer<Caller> {
    let unknown = || match bearer {
        Bearer::Key(_) => Failure::new(Code::Unauthenticated, "the key is unknown here"),
        Bearer::Access(_) => Failure::new(Code::Unauthenticated, "the access token is unknown here"),
    };
    let caller = found.ok_or_else(unknown)?;
    let refused = match &caller.credential {
        Credential::Key(key) => ended_key(key),
        Credential::Token(token) if token.ended => {
            Some((Code::TokenRevoked, "the access token was revoked, or what it was given for has ended".into()))
        }
        Credential::Token(token) if token.expires_at <= Timestamp::now() => {
            Some((Code::TokenExpired, "the access token has expired".into()))
        }
        Credential::Token(_) => None,
    };
    match refused {
        Some((code, detail)) => Err(Failure::new(code, detail).by(&caller)),
        None => Ok(caller),
    }
}

/// Refuses a key that was revoked or has expired.
pub(super) fn key_must_live(key: &Key) -> Answer<()> {
    ended_key(key).map_or(Ok(()), |(code, detail)| Err(Failure::new(code, detail)))
}

fn ended_key(key: &Key) -> Option<(Code, String)> {
    if key.revoked_at.is_some() {
        let reason = key.revoked_reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        return Some((Code::KeyRevoked, format!("the key {:?} was revoked{reason}", key.name)));
    }
    let expired = key.expires_at.is_some_and(|end| end <= Timestamp::now());
    expired.then(|| (Code::KeyExpired, format!("the key {:?} has expired", key.name)))
}

/// The credential in the header. Malformed ones are told from unknown ones, which needs no database.
fn bearer(parts: &Parts) -> Answer<Bearer> {
    let unauthenticated = |detail: String| Failure::new(Code::Unauthenticated, detail);
    let mut headers = parts.headers.get_all(header::AUTHORIZATION).iter();
    let Some(header) = headers.next() else {
        return Err(unauthenticated("there is no Authorization header".into()));
    };
    if headers.next().is_some() {
        return Err(unauthenticated("there is more than one Authorization header".into()));
    }
    let text = header.to_str().ok().and_then(|text| {
        let (scheme, credential) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(credential)
    });
    let text = text.ok_or_else(|| unauthenticated("the Authorization header is not of the form Bearer KEY".into()))?;
    Bearer::parse(text).map_err(|why| unauthenticated(format!("the key is malformed: {why}")))
}
