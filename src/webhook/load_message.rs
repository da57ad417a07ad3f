//! Messages of a load test: each has an id, a timestamp and a signature of its own; bodies come from a few that are made
//! beforehand.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::scheme::Parts;
use super::secret::SigningSecret;
use super::signer::Signer;
use crate::event::{EventType, SplitMix64, sample};

/// Bodies that are made beforehand and take turns.
const BODIES: u64 = 16;
/// Most bodies where each message has one of its own.
const MOST_BODIES: u64 = 10_000;
/// Digits of a message's number in its id.
const NUMBER_DIGITS: usize = 11;
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// One message, to be signed.
#[derive(Debug, Clone, Copy)]
pub struct LoadMessage<'a> {
    /// Its id.
    pub id: &'a str,
    /// When it is signed, in seconds since 1970.
    pub timestamp: i64,
    /// Its body, to the byte.
    pub body: &'a [u8],
}

/// A signature scheme: writes the headers that identify and sign a message. Called once for each message, from several
/// threads; what can be made beforehand belongs into the implementing value.
pub trait LoadSigner: Send + Sync {
    /// Appends whole header lines, each with its line break.
    fn write_headers(&self, out: &mut Vec<u8>, message: &LoadMessage<'_>);
}

/// Standard Webhooks, `v1`. The state of the HMAC after its key is kept, which saves two of the hash's blocks a message.
#[derive(Clone)]
pub struct StandardSigner(Hmac<Sha256>);

/// Any other scheme, or several keys.
struct AnySigner {
    signer: Signer,
    name: String,
}

/// The fastest way to sign as `signer` does; `name` is the type of the events.
pub fn load_signer(signer: &Signer, name: &str) -> Arc<dyn LoadSigner> {
    match signer.only_secret() {
        Some(secret) => Arc::new(StandardSigner::new(secret)),
        None => Arc::new(AnySigner { signer: signer.clone(), name: name.to_owned() }),
    }
}

impl LoadSigner for AnySigner {
    fn write_headers(&self, out: &mut Vec<u8>, message: &LoadMessage<'_>) {
        let timestamp = message.timestamp.to_string();
        let parts = Parts { id: message.id, name: &self.name, timestamp: &timestamp, body: message.body };
        let scheme = self.signer.scheme();
        let signature = scheme.signature_value(Some(&timestamp), &self.signer.sign(&parts));
        let headers = scheme.other_headers(&parts).into_iter().chain([(scheme.signature_header(), signature)]);
        for (name, value) in headers {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Bodies of a load test, at least one.
#[derive(Debug, Clone)]
pub struct LoadBodies(Vec<Vec<u8>>);

/// The ids of a run: `msg_`, 16 characters of the run, 11 of the message.
#[derive(Debug, Clone)]
pub struct MessageIds(String);

impl StandardSigner {
    /// Prepares signing with a secret.
    pub fn new(secret: &SigningSecret) -> Self {
        StandardSigner(keyed(secret))
    }
}

impl LoadSigner for StandardSigner {
    fn write_headers(&self, out: &mut Vec<u8>, message: &LoadMessage<'_>) {
        let mut digits = [0; 20];
        let timestamp = decimal(message.timestamp.unsigned_abs(), &mut digits);
        let mut mac = self.0.clone();
        for part in [message.id.as_bytes(), b".", timestamp, b".", message.body] {
            mac.update(part);
        }
        let mut signature = [0; 44];
        // 32 bytes are 44 characters.
        let length = STANDARD.encode_slice(mac.finalize().into_bytes(), &mut signature).unwrap_or(0);
        out.extend_from_slice(b"webhook-id: ");
        out.extend_from_slice(message.id.as_bytes());
        out.extend_from_slice(b"\r\nwebhook-timestamp: ");
        out.extend_from_slice(timestamp);
        out.extend_from_slice(b"\r\nwebhook-signature: v1,");
        out.extend_from_slice(&signature[..length]);
        out.extend_from_slice(b"\r\n");
    }
}

impl LoadBodies {
    /// Samples of a type for a seed and those that follow. With a size, white space is added behind the JSON until a
    /// body has so many bytes; an error says how many are needed at least.
    pub fn samples(kind: EventType, seed: u64, size: Option<usize>) -> Result<Self, String> {
        let mut bodies: Vec<_> = (0..BODIES).map(|at| sample(kind, seed.wrapping_add(at)).body.to_vec()).collect();
        if let Some(size) = size {
            let longest = bodies.iter().map(Vec::len).max().unwrap_or(0);
            if size < longest {
                return Err(format!("{size} bytes are too few for {kind}, whose samples have up to {longest}"));
            }
            for body in &mut bodies {
                body.resize(size, b' ');
            }
        }
        Ok(LoadBodies(bodies))
    }

    /// Samples of several types in turn: one for each of so many messages, within bounds, so that none is like another.
    pub fn of_types(kinds: &[EventType], seed: u64, messages: u64) -> Self {
        let turns = messages.clamp(1, MOST_BODIES).div_ceil(kinds.len().max(1) as u64);
        let count = usize::try_from(turns).unwrap_or(1) * kinds.len();
        let kinds = kinds.iter().cycle().take(count);
        let bodies = (0..).zip(kinds).map(|(at, &kind)| sample(kind, seed.wrapping_add(at)).body.to_vec());
        LoadBodies(bodies.collect())
    }

    /// One body for all messages.
    pub fn fixed(body: Vec<u8>) -> Self {
        LoadBodies(vec![body])
    }

    /// All bodies, at least one; message `number` has the one at `number` modulo their count.
    pub fn all(&self) -> &[Vec<u8>] {
        &self.0
    }
}

impl MessageIds {
    /// The ids of a run that `seed` tells from other runs.
    pub fn new(seed: u64) -> Self {
        MessageIds(format!("msg_{}", SplitMix64::new(seed).text(ALPHABET, 16)))
    }

    /// Writes the id of message `number` into `id`.
    pub fn write(&self, number: u64, id: &mut String) {
        id.clear();
        id.push_str(&self.0);
        let mut digits = [b'0'; NUMBER_DIGITS];
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = ALPHABET[usize::try_from(rest % 62).unwrap_or(0)];
            rest /= 62;
        }
        id.push_str(str::from_utf8(&digits).unwrap_or_default());
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104 section 2)")]
fn keyed(secret: &SigningSecret) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret.bytes()).expect("any length")
}

/// Writes a number without an allocation.
fn decimal(number: u64, digits: &mut [u8; 20]) -> &[u8] {
    let mut rest = number;
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        if rest == 0 {
            return &digits[at..];
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::webhook::sign;

    #[test]
    fn the_headers_are_those_of_the_plain_signature() {
        let secret = SigningSecret::generate().expect("randomness");
        let signer = StandardSigner::new(&secret);
        for timestamp in [0, 9, 1_700_000_000] {
            let mut out = Vec::new();
            signer.write_headers(&mut out, &LoadMessage { id: "msg_1", timestamp, body: b"{}" });
            let signature = sign(&secret, "msg_1", timestamp, b"{}");
            let due =
                format!("webhook-id: msg_1\r\nwebhook-timestamp: {timestamp}\r\nwebhook-signature: {signature}\r\n");
            assert_eq!(String::from_utf8(out).expect("text"), due);
        }
    }

    #[test]
    fn no_two_ids_are_the_same() {
        let (ids, others) = (MessageIds::new(1), MessageIds::new(2));
        let mut seen = BTreeSet::new();
        let mut id = String::new();
        for number in (0..5000).chain([u64::MAX]) {
            for run in [&ids, &others] {
                run.write(number, &mut id);
                assert_eq!(id.len(), 31);
                assert!(seen.insert(id.clone()), "{id}");
            }
        }
    }

    #[test]
    fn bodies_have_the_size_that_is_asked_for_and_stay_json() {
        let bodies = LoadBodies::samples(EventType::LedgerEventCreated, 7, Some(1024)).expect("large enough");
        for body in bodies.all() {
            assert_eq!(body.len(), 1024);
            assert!(serde_json::from_slice::<serde_json::Value>(body).is_ok());
        }
        let why = LoadBodies::samples(EventType::LedgerEventCreated, 7, Some(10)).expect_err("too small");
        assert!(why.contains("10 bytes are too few for ledger.event.created"), "{why}");
    }
}
