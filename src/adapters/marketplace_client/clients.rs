//! OAuth clients of integrations.

use reqwest::Method;

use super::MarketplaceClient;
use crate::error::Result;
use crate::wire::{Client, ClientList, CreateClient, CreatedClient};

impl MarketplaceClient {
    /// The clients that the account looks after.
    pub async fn clients(&self) -> Result<Vec<Client>> {
        let list: ClientList = self.get("v1/clients", &[]).await?;
        Ok(list.data)
    }

    /// Registers a client.
    pub async fn create_client(&self, request: &CreateClient) -> Result<CreatedClient> {
        self.send(Method::POST, "v1/clients", request).await
    }

    /// Gives a client another secret; the one before works no more.
    pub async fn replace_client_secret(&self, id: &str) -> Result<CreatedClient> {
        self.send(Method::POST, &format!("v1/clients/{id}/secret"), &()).await
    }

    /// Ends a client and all that it was given.
    pub async fn end_client(&self, id: &str) -> Result<()> {
        self.delete(&format!("v1/clients/{id}")).await
    }
}
