//! What the page is told: a numbered row of events, so that a page that was away goes on behind the last one it saw.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use crate::webhook::exchange::{Exchange, Outcome, Source};
use crate::webhook::history::{Filter, History, MOST, Query};

/// Events that are told at a time, so that many of them need little memory for a reader that is slow.
const AT_A_TIME: usize = 100;

/// One event: what it is called, and its document.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) number: u64,
    pub(super) name: &'static str,
    pub(super) data: Arc<str>,
}

/// The events of a run, and the exchanges that are held.
#[derive(Debug)]
pub struct Journal {
    inner: Mutex<Inner>,
    last: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Inner {
    history: History,
    told: VecDeque<Told>,
    number: u64,
}

/// An exchange as one row of the list.
#[derive(Serialize)]
struct Row<'a> {
    id: u64,
    received_at: jiff::Timestamp,
    event_type: Option<&'a str>,
    message_id: Option<&'a str>,
    method: &'a str,
    path: &'a str,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elapsed_us: Option<u64>,
    bytes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    replay_of: Option<u64>,
}

#[derive(Serialize)]
struct Note<'a> {
    /// `good`, `bad` or `warn`.
    tone: &'a str,
    text: &'a str,
}

impl Default for Journal {
    fn default() -> Self {
        Journal { inner: Mutex::default(), last: watch::Sender::new(0) }
    }
}

impl Journal {
    /// Tells of an exchange.
    pub fn exchange(&self, exchange: &Arc<Exchange>) {
        let row = row(exchange);
        self.tell("exchange", &row, |inner| drop(inner.history.add(Arc::clone(exchange))));
    }

    /// Tells how the connection stands; `tone` is `good`, `bad` or `warn`.
    pub fn note(&self, tone: &str, text: &str) {
        self.tell("note", &Note { tone, text }, |_| {});
    }

    fn tell(&self, name: &'static str, document: &impl Serialize, and: impl FnOnce(&mut Inner)) {
        let data = serde_json::to_string(document).unwrap_or_else(|_| "null".to_owned());
        let mut inner = self.inner();
        and(&mut inner);
        inner.number += 1;
        let number = inner.number;
        inner.told.push_back(Told { number, name, data: data.into() });
        if inner.told.len() > MOST {
            inner.told.pop_front();
        }
        drop(inner);
        self.last.send_replace(number);
    }

    /// Finds an exchange that is still held.
    pub(super) fn find(&self, id: u64) -> Option<Arc<Exchange>> {
        self.inner().history.find(id).cloned()
    }

    /// Numbers of the exchanges that hold a text.
    pub(super) fn search(&self, text: &str) -> Vec<u64> {
        // Searching takes its time: new exchanges need not wait for it.
        let history = self.inner().history.clone();
        let query = Query::new(Filter::All, text);
        history.iter().filter(|exchange| query.matches(exchange)).map(|exchange| exchange.id).collect()
    }

    /// The next events behind a number, at least one: waits until there is one.
    pub(super) async fn behind(&self, number: u64) -> Vec<Told> {
        let mut last = self.last.subscribe();
        // The sender is a field of this journal and so cannot have gone.
        let _ = last.wait_for(|last| *last > number).await;
        let inner = self.inner();
        let first = inner.told.partition_point(|told| told.number <= number);
        inner.told.range(first..).take(AT_A_TIME).cloned().collect()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn row(exchange: &Exchange) -> Row<'_> {
    let (arrival, forward) = (&exchange.arrival, exchange.forward.as_ref());
    Row {
        id: exchange.id,
        received_at: arrival.received_at,
        event_type: arrival.event_type.as_deref(),
        message_id: exchange.message_id(),
        method: &arrival.request.method,
        path: &arrival.request.path,
        outcome: exchange.outcome(),
        status: forward.and_then(|forward| forward.result.as_ref().ok()).map(|reply| reply.status),
        elapsed_us: forward.map(|forward| forward.elapsed_us),
        bytes: arrival.request.body.len(),
        replay_of: match arrival.source {
            Source::Replay { of } => Some(of),
            Source::Marketplace { .. } | Source::Local => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_goes_on_behind_the_last_event_it_saw() {
        let journal = Journal::default();
        for number in 1..=MOST + 10 {
            journal.note("good", &number.to_string());
        }
        let numbers = |told: Vec<Told>| told.iter().map(|told| told.number).collect::<Vec<_>>();
        let last = MOST as u64 + 10;
        assert_eq!(numbers(journal.behind(last - 2).await), [last - 1, last]);
        let oldest = numbers(journal.behind(0).await);
        assert_eq!((oldest[0], oldest.len()), (11, AT_A_TIME), "what is held no more is left out");
    }
}
