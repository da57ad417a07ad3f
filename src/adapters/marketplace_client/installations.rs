//! What the account has installed.

use reqwest::Method;

use super::MarketplaceClient;
use crate::error::Result;
use crate::wire::{Install, Installation, Installations};

/// Most installations that are asked for.
const MOST: usize = 10_000;

impl MarketplaceClient {
    /// Installs an integration.
    pub async fn install(&self, request: &Install) -> Result<Installation> {
        self.send(Method::POST, "v1/installations", request).await
    }

    /// The living installations, oldest first.
    pub async fn installations(&self) -> Result<Vec<Installation>> {
        let mut all = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let query: Vec<_> = cursor.iter().map(|cursor| ("cursor", cursor.clone())).collect();
            let page: Installations = self.get("v1/installations", &query).await?;
            let ends = page.data.is_empty() || all.len() > MOST;
            all.extend(page.data);
            cursor = page.next_cursor.filter(|_| !ends);
            if cursor.is_none() {
                return Ok(all);
            }
        }
    }

    /// Ends an installation at once.
    pub async fn uninstall(&self, id: &str) -> Result<()> {
        self.delete(&format!("v1/installations/{id}")).await
    }
}
