//! One stream of what happens, for any number of views in this process.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::mpsc;

use crate::webhook::exchange::{Exchange, Outcome};

/// Updates that a view may be behind before listening waits for it: nothing is ever left out.
const BEHIND: usize = 16;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    /// Deliveries come in from now on.
    Connected {
        /// Where they come from.
        from: String,
        /// Position behind which they begin, where there is a log.
        cursor: Option<u64>,
        /// Whether there was a connection before.
        again: bool,
    },
    /// The connection was lost and is being made again.
    Lost {
        /// Why.
        why: String,
        /// Position behind which it will go on.
        cursor: u64,
    },
    /// A request did not become an exchange.
    Refused(String),
    /// A delivery, and what became of it.
    Exchange(Arc<Exchange>),
}

/// Counts of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Deliveries that came in.
    pub received: u64,
    /// Those that the endpoint answered 2xx.
    pub accepted: u64,
    /// Those that were passed on and not answered 2xx.
    pub failed: u64,
    /// Position of the last delivery in the marketplace's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<u64>,
}

impl Summary {
    pub(super) fn add(&mut self, exchange: &Exchange) {
        self.received += 1;
        match exchange.outcome() {
            Outcome::Received => {}
            Outcome::Accepted => self.accepted += 1,
            _ => self.failed += 1,
        }
        self.cursor = exchange.cursor().or(self.cursor);
    }
}

/// Tells each subscriber everything, in order.
#[derive(Debug, Clone, Default)]
pub struct Feed(Arc<Mutex<Vec<mpsc::Sender<Arc<Update>>>>>);

impl Feed {
    /// Subscribes to everything from now on. A subscriber that stops receiving without being dropped holds up the rest.
    pub fn subscribe(&self) -> mpsc::Receiver<Arc<Update>> {
        let (sender, receiver) = mpsc::channel(BEHIND);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    /// Tells all subscribers; those that have gone are forgotten.
    pub(super) async fn tell(&self, update: Update) {
        let subscribers = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let update = Arc::new(update);
        let mut gone = false;
        for subscriber in &subscribers {
            gone |= subscriber.send(Arc::clone(&update)).await.is_err();
        }
        if gone {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|subscriber| !subscriber.is_closed());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_subscriber_is_told_everything_and_one_that_goes_is_forgotten() {
        let feed = Feed::default();
        let (mut first, second) = (feed.subscribe(), feed.subscribe());
        drop(second);
        for number in 0..10 {
            feed.tell(Update::Refused(number.to_string())).await;
            assert_eq!(*first.recv().await.expect("told"), Update::Refused(number.to_string()));
        }
        assert_eq!(feed.0.lock().expect("subscribers").len(), 1);
    }
}
