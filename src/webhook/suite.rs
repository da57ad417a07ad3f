//! The core suite: a genuine delivery of each event, then forgeries of the first.

use super::attempt::{SignedEvent, Tampering};
use super::judge::Expectation;
use super::secret::SigningSecret;
use crate::event::{EventType, sample};

/// One case: what is sent, what is due, and how to mend a handler that fails it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Stable identifier, such as `signature.changed-body`.
    pub id: String,
    /// What the case does, in a few words.
    pub title: String,
    /// What the endpoint must do.
    pub expectation: Expectation,
    /// How to mend a handler that fails.
    pub help: &'static str,
    /// What is sent.
    pub event: SignedEvent,
}

/// The forgeries: id, title, what is changed, how to mend.
const FORGERIES: [(&str, &str, Tampering, &str); 5] = [
    (
        "signature.missing",
        "no signature",
        Tampering::NoSignature,
        "answer 401 when the webhook-signature header is absent, before the body is used",
    ),
    (
        "signature.wrong-secret",
        "signed with another secret",
        Tampering::WrongSecret,
        "verify webhook-signature with your endpoint's secret and answer 401 when no signature matches",
    ),
    (
        "signature.changed-body",
        "one byte of the body changed",
        Tampering::ChangedBody,
        "verify the signature over the raw body as received, whole, not over a parsed or re-serialised copy",
    ),
    (
        "signature.stale",
        "timestamp 310 s in the past",
        Tampering::Timestamp(-310),
        "refuse a webhook-timestamp that is more than 300 s in the past",
    ),
    (
        "signature.future",
        "timestamp 310 s in the future",
        Tampering::Timestamp(310),
        "refuse a webhook-timestamp that is more than 300 s in the future",
    ),
];

const ACCEPT: &str = "answer 2xx to a genuine delivery; one that is refused is verified with another secret, or over a \
                      parsed and serialised copy instead of the raw body as it came, white space included";

/// Plans the core suite, genuine deliveries first. `events` must not be empty. Fails only without system randomness.
pub fn core_suite(events: &[EventType], secret: &SigningSecret, seed: u64) -> Result<Vec<Case>, getrandom::Error> {
    let genuine = events.iter().map(|&kind| {
        Ok(Case {
            id: format!("delivery.{kind}"),
            title: format!("genuine {kind}"),
            expectation: Expectation::Accepted,
            help: ACCEPT,
            event: SignedEvent::new(sample(kind, seed), secret, Tampering::None)?,
        })
    });
    let first = events.first().copied().unwrap_or(EventType::WebhookPing);
    let forged = FORGERIES.iter().enumerate().map(|(index, &(id, title, tampering, help))| {
        // Each forgery has an id of its own: a handler that only remembers ids must not pass by accident.
        let event = sample(first, seed.wrapping_add(1 + index as u64));
        Ok(Case {
            id: id.to_owned(),
            title: title.to_owned(),
            expectation: Expectation::Rejected,
            help,
            event: SignedEvent::new(event, secret, tampering)?,
        })
    });
    genuine.chain(forged).collect()
}
