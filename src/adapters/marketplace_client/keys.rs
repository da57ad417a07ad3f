//! API keys: creating, looking, revoking, and the requests that rotation is made of.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::{Method, Response};

use super::MarketplaceClient;
use crate::error::Result;
use crate::wire::{BeginRotation, CreateKey, CreatedKey, Key, KeyList, ShortenKey};

impl MarketplaceClient {
    /// Creates a key. Where the answer is lost, the request can be cancelled by its name.
    pub async fn create_key(&self, request: &CreateKey, name: &str) -> Result<CreatedKey> {
        self.send_once("v1/keys", name, request).await
    }

    /// Makes a successor of a key, of the one that this client sends where none is named. Where the answer is lost, the
    /// request can be cancelled by its name.
    pub async fn create_successor(&self, id: Option<&str>, name: &str, replace: bool) -> Result<CreatedKey> {
        let path = format!("v1/keys/{}/successor", id.unwrap_or("current"));
        self.send_once(&path, name, &BeginRotation { replace }).await
    }

    /// Makes sure that no key of a request lives or ever will, whether or not the request has arrived.
    pub async fn cancel_key_request(&self, name: &str) -> Result<()> {
        self.delete(&format!("v1/keys/requests/{name}")).await
    }

    /// Ends a key after so many seconds at the latest.
    pub async fn shorten_key(&self, id: &str, seconds: u32) -> Result<Key> {
        let (path, body) = (format!("v1/keys/{id}"), ShortenKey { expires_in: seconds });
        let response = self.retried(|| Ok(self.request(Method::PATCH, &path)?.json(&body))).await?;
        self.document(response).await
    }

    /// Lists the account's keys, newest first.
    pub async fn keys(&self) -> Result<Vec<Key>> {
        let mut keys = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let query: Vec<_> = cursor.iter().map(|cursor| ("cursor", cursor.clone())).collect();
            let page: KeyList = self.get("v1/keys", &query).await?;
            if page.data.is_empty() && page.next_cursor.is_some() {
                return Err(self.nonsense("it gives empty pages without end"));
            }
            keys.extend(page.data);
            cursor = page.next_cursor;
            if cursor.is_none() || keys.len() > 10_000 {
                return Ok(keys);
            }
        }
    }

    /// The key that this client sends.
    pub async fn current_key(&self) -> Result<Key> {
        self.get("v1/keys/current", &[]).await
    }

    /// The key that this client sends, and the marketplace's time where it tells it (RFC 9110 section 6.6.1). Ages and
    /// ends are told by that clock; the one of this machine may be off.
    pub async fn current_key_and_time(&self) -> Result<(Key, Option<Timestamp>)> {
        let response = self.retried(|| self.request(Method::GET, "v1/keys/current")).await?;
        let time = time_of(&response);
        Ok((self.document(response).await?, time))
    }

    /// Revokes a key at once.
    pub async fn revoke_key(&self, id: &str) -> Result<()> {
        self.delete(&format!("v1/keys/{id}")).await
    }
}

/// The time at which an answer was made.
pub(super) fn time_of(response: &Response) -> Option<Timestamp> {
    let text = response.headers().get("date")?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(text).ok()
}
