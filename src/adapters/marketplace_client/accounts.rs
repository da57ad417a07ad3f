//! Who asks.

use super::MarketplaceClient;
use crate::error::Result;
use crate::wire::Account;

impl MarketplaceClient {
    /// The account behind the credential, and the credential.
    pub async fn account(&self) -> Result<Account> {
        self.get("v1/account", &[]).await
    }
}
