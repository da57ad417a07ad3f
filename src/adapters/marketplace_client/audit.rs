//! The audit log.

use reqwest::Method;

use super::MarketplaceClient;
use crate::error::Result;
use crate::wire::{AuditChains, AuditPage};

impl MarketplaceClient {
    /// A page of chains, oldest first.
    pub async fn audit_chains(&self, cursor: Option<&str>) -> Result<AuditChains> {
        let query: Vec<_> = cursor.iter().map(|cursor| ("cursor", (*cursor).to_owned())).collect();
        self.get("v1/audit/chains", &query).await
    }

    /// A page of a chain, behind an entry: as it came, since it is verified. What of it is shown goes through
    /// [`MarketplaceClient::without_key`] before.
    pub async fn audit_entries(&self, chain: &str, after: u64) -> Result<AuditPage> {
        let (path, query) = (format!("v1/audit/chains/{chain}"), [("cursor", after.to_string())]);
        let response = self.retried(|| Ok(self.request(Method::GET, &path)?.query(&query))).await?;
        self.document_as_it_came(response).await
    }
}
