//! What happens to each delivery: record, pass on, record the answer, tell.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use url::Url;

use super::feed::{Feed, Update};
use crate::adapters::capture_store::CaptureStore;
use crate::adapters::forwarder::Forwarder;
use crate::error::Result;
use crate::webhook::exchange::{Arrival, Exchange, Source};

/// Takes deliveries, whichever way they come in.
#[derive(Debug, Clone)]
pub struct Handler {
    forwarder: Option<Forwarder>,
    capture: Option<Arc<CaptureStore>>,
    feed: Feed,
    numbers: Arc<AtomicU64>,
    origin: Option<String>,
}

impl Handler {
    /// Makes a handler. Without a forwarder deliveries are shown only; without a capture they are not kept.
    pub fn new(forwarder: Option<Forwarder>, capture: Option<Arc<CaptureStore>>, feed: Feed) -> Self {
        Handler { forwarder, capture, feed, numbers: Arc::default(), origin: None }
    }

    /// Notes the marketplace from which deliveries come, so that a capture tells the cursors of several apart.
    #[must_use]
    pub fn of_marketplace(mut self, origin: String) -> Self {
        self.origin = Some(origin);
        self
    }

    /// The same handler for what is sent again, to wherever `forwarder` sends: recorded, numbered and told alike.
    #[must_use]
    pub(super) fn again_to(&self, forwarder: Forwarder) -> Self {
        Handler { forwarder: Some(forwarder), origin: None, ..self.clone() }
    }

    /// Takes a delivery through. It is in the capture before it is sent, and its end is there before it is told.
    pub async fn handle(&self, arrival: Arrival) -> Result<Arc<Exchange>> {
        let target = self.forwarder.as_ref().map(|forwarder| match arrival.source {
            Source::Local => forwarder.below(&arrival.request.path),
            Source::Marketplace { .. } | Source::Replay { .. } => forwarder.url().clone(),
        });
        let id = match &self.capture {
            Some(capture) => capture.begin(&arrival, self.origin.as_deref()).await?,
            None => self.numbers.fetch_add(1, Ordering::SeqCst) + 1,
        };
        let forward = match (&self.forwarder, &target) {
            (Some(forwarder), Some(url)) => Some(forwarder.forward(url, &arrival.request).await),
            _ => None,
        };
        if let Some(capture) = &self.capture {
            capture.finish(id, forward.as_ref()).await?;
        }
        let exchange = Arc::new(Exchange { id, arrival, forward });
        self.tell(Update::Exchange(Arc::clone(&exchange))).await;
        Ok(exchange)
    }

    /// Tells whoever looks on.
    pub(super) async fn tell(&self, update: Update) {
        self.feed.tell(update).await;
    }

    /// Path that a delivery of a marketplace asks for.
    pub(super) fn path(&self) -> String {
        let of = |url: &Url| url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        self.forwarder.as_ref().map_or_else(|| "/".to_owned(), |forwarder| of(forwarder.url()))
    }
}
