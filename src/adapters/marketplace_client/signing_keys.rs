//! Keys with which publishers sign attestations.

use reqwest::Method;

use super::MarketplaceClient;
use crate::credential::Fingerprint;
use crate::error::Result;
use crate::wire::{RegisterSigningKey, RegisteredSigningKey, SigningKeyList};

impl MarketplaceClient {
    /// Registers the public half of a publisher's key.
    pub async fn register_signing_key(
        &self,
        publisher: &str,
        request: &RegisterSigningKey,
    ) -> Result<RegisteredSigningKey> {
        self.send(Method::POST, &format!("v1/publishers/{publisher}/signing-keys"), request).await
    }

    /// The keys of a publisher, newest first.
    pub async fn signing_keys(&self, publisher: &str) -> Result<Vec<RegisteredSigningKey>> {
        let list: SigningKeyList = self.get(&format!("v1/publishers/{publisher}/signing-keys"), &[]).await?;
        Ok(list.data)
    }

    /// Revokes a key of a publisher.
    pub async fn revoke_signing_key(&self, publisher: &str, id: &Fingerprint) -> Result<()> {
        self.delete(&format!("v1/publishers/{publisher}/signing-keys/{id}")).await
    }
}
