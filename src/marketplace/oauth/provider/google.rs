//! Google: OpenID Connect (Core 1.0 section 3.1, Discovery 1.0).

use secrecy::ExposeSecret as _;
use serde::Deserialize;

use super::id_token::{self, KeySet};
use super::{Ticket, failed, outgoing, with_query};
use crate::credential::pkce;
use crate::marketplace::oauth::page::Refusal;
use crate::marketplace::oauth::settings::Provider;
use crate::marketplace::storage::Identity;

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: String,
}

async fn discover(provider: &Provider) -> Result<Discovery, String> {
    let issuer = provider.url.trim_end_matches('/');
    let (client, url) = outgoing::client(&format!("{issuer}/.well-known/openid-configuration"))?;
    let found: Discovery = outgoing::json(client.get(url)).await?;
    if found.issuer.trim_end_matches('/') == issuer { Ok(found) } else { Err("it calls itself by another name".into()) }
}

pub(super) async fn authorization_url(
    provider: &Provider,
    callback: &str,
    ticket: &Ticket,
    state: &str,
) -> Result<String, Refusal> {
    let discovery = discover(provider).await.map_err(|why| failed(provider, why))?;
    let parameters = [
        ("response_type", "code"),
        ("client_id", provider.client_id.as_str()),
        ("redirect_uri", callback),
        ("scope", "openid email profile"),
        ("state", state),
        ("nonce", &ticket.nonce),
        ("code_challenge", &pkce::challenge_of(&ticket.verifier)),
        ("code_challenge_method", "S256"),
    ];
    with_query(provider, &discovery.authorization_endpoint, &parameters)
}

pub(super) async fn identify(
    provider: &Provider,
    callback: &str,
    ticket: &Ticket,
    code: &str,
) -> Result<Identity, Refusal> {
    claims(provider, callback, ticket, code).await.map_err(|why| failed(provider, why))
}

async fn claims(provider: &Provider, callback: &str, ticket: &Ticket, code: &str) -> Result<Identity, String> {
    let discovery = discover(provider).await?;
    let (client, url) = outgoing::client(&discovery.token_endpoint)?;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", provider.client_id.as_str()),
        ("client_secret", provider.client_secret.expose_secret()),
        ("code", code),
        ("redirect_uri", callback),
        ("code_verifier", &ticket.verifier),
    ];
    let answer: TokenAnswer = outgoing::json(client.post(url).form(&form)).await?;
    let (client, url) = outgoing::client(&discovery.jwks_uri)?;
    let keys: KeySet = outgoing::json(client.get(url)).await?;
    let expected = id_token::Expected {
        issuer: &discovery.issuer,
        audience: &provider.client_id,
        nonce: &ticket.nonce,
        now: jiff::Timestamp::now(),
    };
    let claims = id_token::verify(&answer.id_token, &keys, &expected)?;
    let login = claims.email.filter(|_| claims.email_verified.unwrap_or(false)).unwrap_or_else(|| claims.sub.clone());
    Ok(Identity::new(provider.kind.as_str(), claims.sub, &login, claims.name.as_deref()))
}
