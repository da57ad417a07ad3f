//! The last exchanges of a run, bounded in number and in bytes, and what of them a person looks for.

use std::collections::VecDeque;
use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};

use super::exchange::{Exchange, Header, Outcome};

/// Exchanges that are held at most.
pub const MOST: usize = 5000;
/// Bytes of headers and bodies that are held at most, beside the newest exchange.
pub const MOST_BYTES: usize = 64 << 20;
/// Longest text that is searched for, in bytes.
const LONGEST_TEXT: usize = 1000;

/// The last exchanges, oldest first.
#[derive(Debug, Clone, Default)]
pub struct History {
    held: VecDeque<Arc<Exchange>>,
    bytes: usize,
    forgotten: u64,
}

impl History {
    /// Adds an exchange; returns those that are forgotten for it.
    pub fn add(&mut self, exchange: Arc<Exchange>) -> Vec<Arc<Exchange>> {
        self.bytes += size(&exchange);
        self.held.push_back(exchange);
        let mut forgotten = Vec::new();
        while self.held.len() > 1 && (self.held.len() > MOST || self.bytes > MOST_BYTES) {
            let Some(oldest) = self.held.pop_front() else { break };
            self.bytes -= size(&oldest);
            self.forgotten += 1;
            forgotten.push(oldest);
        }
        forgotten
    }

    /// The exchanges that are held, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Exchange>> {
        self.held.iter()
    }

    /// Finds an exchange by its number.
    pub fn find(&self, id: u64) -> Option<&Arc<Exchange>> {
        self.held.iter().rev().find(|exchange| exchange.id == id)
    }

    /// How many exchanges are held no more.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }
}

fn size(exchange: &Exchange) -> usize {
    let of = |headers: &[Header]| headers.iter().map(|header| header.name.len() + header.value.len()).sum::<usize>();
    let request = &exchange.arrival.request;
    let reply = exchange.forward.as_ref().and_then(|forward| forward.result.as_ref().ok());
    let replied = reply.map_or(0, |reply| of(&reply.headers) + reply.body.len());
    request.path.len() + of(&request.headers) + request.body.len() + replied
}

/// Which exchanges are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those that were passed on and not accepted.
    Failed,
    /// Those that ended so.
    Outcome(Outcome),
    /// Those of one event type.
    Type(String),
}

/// What a person looks for: a filter, and a text in any part of request or answer, whatever its case.
#[derive(Debug, Clone, Default)]
pub struct Query {
    filter: Filter,
    pattern: Option<Regex>,
}

impl Query {
    /// Makes a query; an empty text is found everywhere.
    pub fn new(filter: Filter, text: &str) -> Self {
        let end = text.floor_char_boundary(LONGEST_TEXT);
        let pattern = RegexBuilder::new(&regex::escape(&text[..end])).case_insensitive(true).build().ok();
        Query { filter, pattern: pattern.filter(|_| !text.is_empty()) }
    }

    /// Tells whether an exchange is looked for. Values that are never shown are never found either.
    pub fn matches(&self, exchange: &Exchange) -> bool {
        self.passes(exchange) && self.pattern.as_ref().is_none_or(|pattern| holds(exchange, pattern))
    }

    fn passes(&self, exchange: &Exchange) -> bool {
        match &self.filter {
            Filter::All => true,
            Filter::Failed => !matches!(exchange.outcome(), Outcome::Accepted | Outcome::Received),
            Filter::Outcome(outcome) => exchange.outcome() == *outcome,
            Filter::Type(kind) => exchange.arrival.event_type.as_deref() == Some(kind),
        }
    }
}

fn holds(exchange: &Exchange, pattern: &Regex) -> bool {
    let request = &exchange.arrival.request;
    let text = |text: &str| pattern.is_match(text.as_bytes());
    let in_headers = |headers: &[Header]| {
        headers.iter().any(|header| text(&header.name) || (!header.is_credential() && pattern.is_match(&header.value)))
    };
    let in_answer = || match exchange.forward.as_ref().map(|forward| (&forward.url, &forward.result)) {
        None => false,
        Some((url, Ok(reply))) => {
            text(url) || text(&reply.status.to_string()) || in_headers(&reply.headers) || pattern.is_match(&reply.body)
        }
        Some((url, Err(failure))) => text(url) || text(&failure.to_string()),
    };
    exchange.arrival.event_type.as_deref().is_some_and(text)
        || text(&request.method)
        || text(&request.path)
        || in_headers(&request.headers)
        || pattern.is_match(&request.body)
        || in_answer()
}

#[cfg(test)]
mod tests {
    use super::super::exchange::{Arrival, CapturedRequest, Forward, Reply, Source};
    use super::*;

    fn exchange(id: u64, body: &[u8]) -> Arc<Exchange> {
        let headers = vec![Header::text("webhook-id", "msg_1"), Header::text("authorization", "Bearer hunter2")];
        let request = CapturedRequest { method: "POST".into(), path: "/hook".into(), headers, body: body.to_vec() };
        let received_at = "2026-01-01T00:00:00Z".parse().expect("time");
        let event_type = Some("webhook.ping".to_owned());
        let arrival = Arrival { received_at, source: Source::Local, event_type, request };
        let reply = Reply {
            status: 503,
            headers: vec![Header::text("x-odd", "Marmot")],
            body: b"later".to_vec(),
            truncated: false,
        };
        let forward = Forward { url: "http://127.0.0.1:1/".into(), elapsed_us: 1, result: Ok(reply) };
        Arc::new(Exchange { id, arrival, forward: Some(forward) })
    }

    #[test]
    fn the_oldest_are_forgotten_first_and_the_newest_is_always_held() {
        let mut history = History::default();
        for id in 1..=MOST as u64 + 2 {
            history.add(exchange(id, b""));
        }
        assert_eq!((history.iter().count(), history.forgotten()), (MOST, 2));
        assert!(history.find(2).is_none() && history.find(3).is_some());
        let gone = history.add(exchange(9999, &vec![0; MOST_BYTES + 1]));
        assert_eq!((history.iter().count(), gone.len()), (1, MOST));
        assert!(history.find(9999).is_some());
    }

    #[test]
    fn text_is_found_in_every_part_and_credentials_are_not() {
        let one = exchange(1, "{\"name\": \"Zo\u{eb}\"} \u{0}".as_bytes());
        for text in ["zo\u{cb}", "HOOK", "msg_", "marmot", "later", "503", "PING", "127.0.0.1:1", "authorization", ""] {
            assert!(Query::new(Filter::All, text).matches(&one), "{text}");
        }
        for text in ["hunter2", "absent", ".*"] {
            assert!(!Query::new(Filter::All, text).matches(&one), "{text}");
        }
    }

    #[test]
    fn filters_are_by_outcome_and_type() {
        let one = exchange(1, b"");
        let passes = |filter| Query::new(filter, "").matches(&one);
        assert!(passes(Filter::Failed) && passes(Filter::Outcome(Outcome::Refused)));
        assert!(passes(Filter::Type("webhook.ping".into())) && !passes(Filter::Type("webhook".into())));
        assert!(!passes(Filter::Outcome(Outcome::Accepted)));
    }
}
