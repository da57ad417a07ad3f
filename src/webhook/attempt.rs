//! `Event -> SignedEvent -> Attempt -> Delivery`: a step takes the one before, so that none can be skipped.

use std::time::Duration;

use super::secret::SigningSecret;
use super::signature::sign;
use crate::event::Event;

/// What is changed on a delivery to see whether the endpoint notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tampering {
    /// Nothing: the delivery is genuine.
    None,
    /// The signature header is left out.
    NoSignature,
    /// Signed with a secret that the endpoint does not have.
    WrongSecret,
    /// One byte of the body is changed after signing.
    ChangedBody,
    /// Signed with a timestamp that is off by so many seconds.
    Timestamp(i64),
}

/// An event with what is needed to sign it afresh for each attempt.
#[derive(Debug, Clone)]
pub struct SignedEvent {
    event: Event,
    secret: SigningSecret,
    tampering: Tampering,
}

/// One request as it is sent: bytes are final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Headers in the order in which they are sent.
    pub headers: Vec<(&'static str, String)>,
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
    /// Takes an event and the secret to sign it with. `WrongSecret` replaces the secret by a fresh one.
    pub fn new(event: Event, secret: &SigningSecret, tampering: Tampering) -> Result<Self, getrandom::Error> {
        let secret = match tampering {
            Tampering::WrongSecret => SigningSecret::generate()?,
            _ => secret.clone(),
        };
        Ok(SignedEvent { event, secret, tampering })
    }

    /// Makes the request for an attempt at `now` (seconds since 1970): same id, fresh timestamp and signature.
    pub fn attempt(&self, now: i64) -> Attempt {
        let timestamp = match self.tampering {
            Tampering::Timestamp(offset) => now + offset,
            _ => now,
        };
        let mut body = self.event.body.clone();
        let signature = sign(&self.secret, &self.event.id, timestamp, &body);
        if self.tampering == Tampering::ChangedBody {
            change_one_byte(&mut body);
        }
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            ("user-agent", concat!("proveniq/", env!("CARGO_PKG_VERSION")).to_owned()),
            ("webhook-id", self.event.id.clone()),
            ("webhook-timestamp", timestamp.to_string()),
        ];
        if self.tampering != Tampering::NoSignature {
            headers.push(("webhook-signature", signature));
        }
        Attempt { headers, body }
    }
}

/// Changes one digit, so that the body stays JSON of the same length and only the signature can tell.
fn change_one_byte(body: &mut [u8]) {
    let last_digit = body.iter().rposition(u8::is_ascii_digit);
    match last_digit.and_then(|at| body.get_mut(at)) {
        Some(digit) if *digit == b'0' => *digit = b'1',
        Some(digit) => *digit -= 1,
        None => body.iter_mut().take(1).for_each(|byte| *byte ^= 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{EventType, sample};

    #[test]
    fn a_changed_body_differs_in_one_byte_and_is_still_json() {
        for seed in 0..100 {
            let event = sample(EventType::LedgerEventCreated, seed);
            let mut body = event.body.clone();
            change_one_byte(&mut body);
            let differing = body.iter().zip(&event.body).filter(|(a, b)| a != b).count();
            assert_eq!((body.len(), differing), (event.body.len(), 1));
            assert!(serde_json::from_slice::<serde_json::Value>(&body).is_ok(), "seed {seed}");
        }
    }

    #[test]
    fn an_attempt_keeps_the_id_and_takes_a_fresh_timestamp() {
        let secret = SigningSecret::generate().expect("randomness");
        let signed = SignedEvent::new(sample(EventType::WebhookPing, 1), &secret, Tampering::None).expect("randomness");
        let header = |attempt: &Attempt, name: &str| {
            attempt.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let (first, second) = (signed.attempt(1000), signed.attempt(1005));
        assert_eq!(header(&first, "webhook-id"), header(&second, "webhook-id"));
        assert_eq!(header(&second, "webhook-timestamp").as_deref(), Some("1005"));
        assert_ne!(header(&first, "webhook-signature"), header(&second, "webhook-signature"));
    }
}
