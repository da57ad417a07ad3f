//! `Event -> SignedEvent -> Attempt -> Delivery`: a step takes the one before, so that none can be skipped.

use std::time::Duration;

use super::signer::Signer;
use super::tampering::{self, Tampering};
use crate::event::Event;

/// An event with what is needed to sign it afresh for each attempt.
#[derive(Debug, Clone)]
pub struct SignedEvent {
    event: Event,
    signer: Signer,
    tampering: Tampering,
    seed: u64,
}

/// One request as it is sent: bytes are final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// HTTP method.
    pub method: &'static str,
    /// Headers in the order in which they are sent; values are bytes, since not all that is sent is text.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Raw body.
    pub body: Vec<u8>,
}

/// What an endpoint answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers as received; values that are no text are shown lossily.
    pub headers: Vec<(String, String)>,
    /// Beginning of the body, bounded by the sender.
    pub body: Vec<u8>,
    /// From the first byte sent to the end of the answer.
    pub elapsed: Duration,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendFailure {
    /// No connection could be made.
    #[error("no connection: {0}")]
    Connect(String),
    /// The time limit passed.
    #[error("no answer within {} s", .0.as_secs())]
    Timeout(Duration),
    /// The answer's body had no end within this many bytes.
    #[error("the answer has more than {0} bytes, and its end was not waited for")]
    Endless(usize),
    /// The connection broke, or the answer was not HTTP.
    #[error("the connection broke: {0}")]
    Broken(String),
}

/// An attempt and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// What was sent.
    pub attempt: Attempt,
    /// What came back.
    pub outcome: Result<Answer, SendFailure>,
}

impl SignedEvent {
    /// Takes an event and who signs it. `seed` decides what forged keys and identifiers are.
    pub fn new(event: Event, signer: &Signer, tampering: Tampering, seed: u64) -> Self {
        SignedEvent { event, signer: signer.clone(), tampering, seed }
    }

    /// A genuine delivery of an event.
    pub fn genuine(event: Event, signer: &Signer) -> Self {
        Self::new(event, signer, Tampering::None, 0)
    }

    /// The event.
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// Makes the request for an attempt at `now` (seconds since 1970): same id, fresh timestamp and signature.
    pub fn attempt(&self, now: i64) -> Attempt {
        tampering::attempt(&self.signer, &self.event, self.tampering, self.seed, now)
    }
}

impl Attempt {
    /// Value of a header.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }

    /// The same request with another value of a header, or without it.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: Option<&str>) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.extend(value.map(|value| (name.to_owned(), value.as_bytes().to_vec())));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{EventType, sample};
    use crate::webhook::{Scheme, SigningSecret};

    #[test]
    fn an_attempt_keeps_the_id_and_takes_a_fresh_timestamp() {
        let signer = Signer::symmetric(Scheme::Standard, [SigningSecret::generate().expect("randomness")]);
        let event = SignedEvent::genuine(sample(EventType::WebhookPing, 1), &signer);
        let (first, second) = (event.attempt(1000), event.attempt(1005));
        assert_eq!(first.header("webhook-id"), second.header("webhook-id"));
        assert_eq!(second.header("webhook-timestamp"), Some(&b"1005"[..]));
        assert_ne!(first.header("webhook-signature"), second.header("webhook-signature"));
    }
}
