//! Other providers at which people have accounts: GitHub (OAuth 2.0) and Google (OpenID Connect).

mod github;
mod google;
mod id_token;
mod outgoing;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::page::Refusal;
use super::settings::{Provider, ProviderKind};
use crate::marketplace::storage::Identity;

/// What ties the way back to the way there: PKCE's verifier and, for OpenID, a nonce.
#[derive(Debug)]
pub(super) struct Ticket {
    pub(super) verifier: String,
    pub(super) nonce: String,
}

impl Ticket {
    pub(super) fn generate() -> Result<Self, getrandom::Error> {
        Ok(Ticket { verifier: random()?, nonce: random()? })
    }
}

fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Where the browser is sent.
pub(super) async fn authorization_url(
    provider: &Provider,
    callback: &str,
    ticket: &Ticket,
    state: &str,
) -> Result<String, Refusal> {
    match provider.kind {
        ProviderKind::GitHub => github::authorization_url(provider, callback, ticket, state),
        ProviderKind::Google => google::authorization_url(provider, callback, ticket, state).await,
    }
}

/// Exchanges the code and learns who it is.
pub(super) async fn identify(
    provider: &Provider,
    callback: &str,
    ticket: &Ticket,
    code: &str,
) -> Result<Identity, Refusal> {
    match provider.kind {
        ProviderKind::GitHub => github::identify(provider, callback, ticket, code).await,
        ProviderKind::Google => google::identify(provider, callback, ticket, code).await,
    }
}

/// The provider did not do its part.
fn failed(provider: &Provider, why: impl std::fmt::Display) -> Refusal {
    let title = format!("{} did not sign you in", provider.kind.title());
    let refusal = Refusal::new("provider", title, format!("{why}."));
    refusal.status(axum::http::StatusCode::BAD_GATEWAY)
}

/// An address with parameters.
fn with_query(provider: &Provider, address: &str, parameters: &[(&str, &str)]) -> Result<String, Refusal> {
    let url = url::Url::parse_with_params(address, parameters);
    url.map(String::from).map_err(|_| failed(provider, "its address is no URL"))
}
