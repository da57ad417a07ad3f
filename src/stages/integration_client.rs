//! The OAuth client that a project's integration is at a sandbox.

use secrecy::SecretString;

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::credential::{Scope, ScopeSet};
use crate::error::Result;
use crate::manifest::Manifest;
use crate::wire::{Client, CreateClient};

/// Identifier and a fresh secret of the integration's client, registered as its manifest declares it now. `None` where it
/// declares no scopes, or the marketplace is no sandbox: elsewhere the secret may be in use.
pub async fn with_fresh_secret(
    marketplace: &MarketplaceClient,
    manifest: &Manifest,
) -> Result<Option<(String, SecretString)>> {
    let declared: Option<ScopeSet> = ScopeSet::parse(&manifest.oauth.scopes.join(" ")).ok();
    let Some(scopes) = declared.filter(|scopes| !scopes.is_empty()) else { return Ok(None) };
    if !marketplace.service().await?.sandbox {
        return Ok(None);
    }
    let name = &manifest.integration.name;
    let known = marketplace.clients().await?.into_iter().find(|client| client.integration.as_ref() == Some(name));
    let created = match known {
        Some(client) if fits(&client, &scopes, manifest) => marketplace.replace_client_secret(&client.id).await?,
        known => {
            if let Some(client) = known {
                marketplace.end_client(&client.id).await?;
            }
            let request = CreateClient {
                name: manifest.integration.title.chars().take(64).collect(),
                integration: Some(name.clone()),
                redirect_uris: manifest.oauth.redirect_uris.clone(),
                scopes: scopes.to_vec(),
                public: false,
            };
            marketplace.create_client(&request).await?
        }
    };
    Ok(created.secret.map(|secret| (created.client.id, secret.into())))
}

fn fits(client: &Client, scopes: &ScopeSet, manifest: &Manifest) -> bool {
    let registered: &[Scope] = &client.scopes;
    registered == scopes.to_vec() && client.redirect_uris == manifest.oauth.redirect_uris
}
