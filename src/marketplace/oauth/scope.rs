//! The `scope` parameter (RFC 6749 section 3.3).

use super::error::{Answer, OAuthError};
use crate::credential::ScopeSet;

/// Parses what is asked for; `None` where nothing is named.
pub(super) fn asked(text: Option<&str>) -> Answer<Option<ScopeSet>> {
    let Some(text) = text else { return Ok(None) };
    let scopes = ScopeSet::parse(text).map_err(|why| OAuthError::new("invalid_scope", why))?;
    Ok(Some(scopes).filter(|scopes| !scopes.is_empty()))
}

/// What is asked for, which is all that may be where nothing is named; never more than may be.
pub(super) fn within(asked: Option<ScopeSet>, most: &ScopeSet) -> Answer<ScopeSet> {
    let Some(asked) = asked else { return Ok(most.clone()) };
    let lacking = most.lacking(&asked);
    if lacking.is_empty() { Ok(asked) } else { Err(too_much(&lacking)) }
}

/// `invalid_scope`: more than may be.
pub(super) fn too_much(lacking: &ScopeSet) -> OAuthError {
    OAuthError::new("invalid_scope", format!("not allowed: {lacking}"))
}
