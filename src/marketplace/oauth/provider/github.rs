//! GitHub: OAuth 2.0, and who it is from the API.

use secrecy::ExposeSecret as _;
use serde::Deserialize;

use super::{Ticket, failed, outgoing, with_query};
use crate::credential::pkce;
use crate::marketplace::oauth::page::Refusal;
use crate::marketplace::oauth::settings::Provider;
use crate::marketplace::storage::Identity;

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Option<String>,
    /// GitHub answers 200 also where it refuses.
    error: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
}

pub(super) fn authorization_url(
    provider: &Provider,
    callback: &str,
    ticket: &Ticket,
    state: &str,
) -> Result<String, Refusal> {
    let address = format!("{}/login/oauth/authorize", provider.url);
    let parameters = [
        ("client_id", provider.client_id.as_str()),
        ("redirect_uri", callback),
        ("scope", "read:user"),
        ("state", state),
        ("code_challenge", &pkce::challenge_of(&ticket.verifier)),
        ("code_challenge_method", "S256"),
    ];
    with_query(provider, &address, &parameters)
}

pub(super) async fn identify(
    provider: &Provider,
    callback: &str,
    ticket: &Ticket,
    code: &str,
) -> Result<Identity, Refusal> {
    let user = user(provider, callback, ticket, code).await.map_err(|why| failed(provider, why))?;
    Ok(Identity::new(provider.kind.as_str(), user.id.to_string(), &user.login, user.name.as_deref()))
}

async fn user(provider: &Provider, callback: &str, ticket: &Ticket, code: &str) -> Result<User, String> {
    let (client, url) = outgoing::client(&format!("{}/login/oauth/access_token", provider.url))?;
    let form = [
        ("client_id", provider.client_id.as_str()),
        ("client_secret", provider.client_secret.expose_secret()),
        ("code", code),
        ("redirect_uri", callback),
        ("code_verifier", &ticket.verifier),
    ];
    let answer: TokenAnswer = outgoing::json(client.post(url).form(&form)).await?;
    let token = answer.access_token.ok_or_else(|| match answer.error {
        Some(_) => "it refused the code".to_owned(),
        None => "it gave no token".to_owned(),
    })?;
    let (client, url) = outgoing::client(&format!("{}/user", provider.api_url))?;
    outgoing::json(client.get(url).bearer_auth(token)).await
}
