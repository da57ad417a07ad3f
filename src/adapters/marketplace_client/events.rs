//! The event log: adding to it, and its stream.

use std::time::Duration;

use reqwest::{Method, Response};

use super::MarketplaceClient;
use crate::error::Result;
use crate::wire::{EmitEvent, Emitted};

/// A stream has no end of its own; whoever reads it bounds the silence in it.
const UNBOUNDED: Duration = Duration::from_hours(10 * 365 * 24);

impl MarketplaceClient {
    /// Adds an event to the account's log.
    pub async fn emit(&self, request: &EmitEvent) -> Result<Emitted> {
        self.send(Method::POST, "v1/events", request).await
    }

    /// Opens the stream of deliveries behind a cursor, or behind the end of the log. The answer's body is the stream.
    pub async fn open_event_stream(&self, after: Option<u64>) -> Result<Response> {
        let query: Vec<_> = after.iter().map(|cursor| ("after", cursor.to_string())).collect();
        let request = self.request(Method::GET, "v1/events/stream")?.query(&query).timeout(UNBOUNDED);
        let response = self.deliver(request).await.map_err(|why| self.undelivered(why))?;
        self.successful(response).await
    }
}
