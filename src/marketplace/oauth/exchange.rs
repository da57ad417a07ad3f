//! Token exchange (RFC 8693): an integration's own token and an installation give a token that acts at one carrier.

use jiff::Timestamp;

use super::error::{Answer, OAuthError};
use super::parameters::Parameters;
use super::scope;
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Exchanged, GrantKind, TokenRequest};

/// RFC 8693 section 3.
pub(super) const ACCESS_TOKEN_TYPE: &str = "urn:ietf:params:oauth:token-type:access_token";

/// `subject_token` is the client's own token, `audience` the installation; scopes can only shrink.
pub(super) async fn exchange(state: &Marketplace, request: &TokenRequest<'_>, form: &Parameters) -> Answer<Exchanged> {
    if request.client.secret_digest.is_none() {
        return Err(OAuthError::new("unauthorized_client", "a public client cannot exchange tokens"));
    }
    if form.required("subject_token_type")? != ACCESS_TOKEN_TYPE {
        return Err(OAuthError::request(format!("subject_token_type must be {ACCESS_TOKEN_TYPE}")));
    }
    if form.get("requested_token_type").is_some_and(|kind| kind != ACCESS_TOKEN_TYPE) {
        return Err(OAuthError::request(format!("requested_token_type must be {ACCESS_TOKEN_TYPE}")));
    }
    if form.get("actor_token").is_some() {
        return Err(OAuthError::request("actor_token is not taken: the client is the actor"));
    }
    let asked = scope::asked(form.get("scope"))?;
    let target = |why: &str| OAuthError::new("invalid_target", why);
    if form.get("resource").is_some() {
        return Err(target("name the installation as audience"));
    }
    let installation = form.get("audience").ok_or_else(|| target("audience must name the installation"))?;
    let subject = match Token::parse(TokenKind::Access, form.required("subject_token")?) {
        Ok(token) => state.0.storage.find_token(&token, Timestamp::now()).await?,
        Err(_) => None,
    };
    let own =
        subject.filter(|token| token.alive && token.kind == TokenKind::Access && token.client == request.client.id);
    let Some(subject) = own.filter(|token| token.grant_kind == GrantKind::Client) else {
        return Err(OAuthError::request("subject_token is not a living token of this client itself"));
    };
    Ok(state.0.storage.installation_token(request, installation, &subject.scopes, asked.as_ref()).await?)
}
