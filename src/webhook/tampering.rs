//! What is changed on a delivery to see whether the endpoint notices.

use serde_json::Value;

use super::attempt::Attempt;
use super::scheme::{Parts, Scheme};
use super::signer::Signer;
use crate::event::Event;

/// A change of a delivery. Some leave it genuine in another form; most make a forgery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tampering {
    /// Nothing: the delivery is genuine.
    None,
    /// The signature header is left out.
    NoSignature,
    /// The signature header is there and empty.
    EmptySignature,
    /// The header of the identifier is left out.
    NoId,
    /// The header of the timestamp is left out.
    NoTimestamp,
    /// Signed with a secret that the endpoint does not have.
    WrongSecret,
    /// Signed with this text as the key: empty, or what a variable that is not set becomes in some languages.
    TextKey(&'static str),
    /// Signed with the written form of the secret, `whsec_...`, instead of the bytes that it stands for.
    WrittenKey,
    /// Another identifier than the signed one.
    ChangedId,
    /// Another timestamp than the signed one, still within the tolerance.
    ChangedTimestamp,
    /// One byte of the body is changed after signing.
    ChangedByte,
    /// The body is written anew after signing, with the same JSON meaning.
    Reserialised,
    /// The right digest under the label of another version.
    WrongLabel,
    /// The digest's last characters are changed.
    ChangedTail,
    /// The right digest with small letters for large ones, and large ones for small ones.
    SwappedCase,
    /// Half of the right digest.
    Truncated,
    /// A digest that is no base64 or hexadecimal.
    Malformed,
    /// Bytes in the signature header that are not UTF-8.
    NonText,
    /// Signed with a timestamp that is off by so many seconds.
    Offset(i64),
    /// Signed with a timestamp in milliseconds.
    Milliseconds,
    /// Signed with a timestamp that is a word.
    WordTimestamp,
    /// Signed with a timestamp such as `1700000000.5`.
    Fractional,
    /// Signed with an identifier that holds a dot.
    DottedId,
    /// The boundary between identifier, timestamp and body is moved: the signed content is the same, its parts are not.
    MovedBoundary,
    /// Signatures of unknown versions stand before the right one.
    UnknownVersions,
    /// Several signatures, the right one first.
    MatchFirst,
    /// Several signatures, the right one last.
    MatchLast,
    /// Signed with the public half of the ed25519 key as a symmetric secret.
    ConfusedKey,
}

/// A delivery whose parts can still be changed, before its bytes are final.
struct Draft {
    id: String,
    timestamp: String,
    body: Vec<u8>,
    signatures: Vec<(String, String)>,
}

/// Makes the attempt at `now` (seconds since 1970) of an event, changed by `tampering`. Forged keys come from `seed`.
pub(super) fn attempt(signer: &Signer, event: &Event, tampering: Tampering, seed: u64, now: i64) -> Attempt {
    let scheme = signer.scheme();
    let mut draft = signed(signer, event, tampering, seed, now);
    change(&mut draft, scheme, tampering, signer, event, seed);
    let parts = Parts { id: &draft.id, name: &event.name, timestamp: &draft.timestamp, body: &draft.body };
    let hidden = match tampering {
        Tampering::NoId => Some("webhook-id"),
        Tampering::NoTimestamp => scheme.timestamp_header(),
        _ => None,
    };
    let timestamp = (tampering != Tampering::NoTimestamp).then_some(draft.timestamp.as_str());
    let mut headers: Vec<(String, Vec<u8>)> = vec![
        ("content-type".to_owned(), scheme.content_type().into()),
        ("user-agent".to_owned(), concat!("proveniq/", env!("CARGO_PKG_VERSION")).into()),
    ];
    let others = scheme.other_headers(&parts).into_iter().filter(|(name, _)| Some(*name) != hidden);
    headers.extend(others.map(|(name, value)| (name.to_owned(), value.into_bytes())));
    let signature = match tampering {
        Tampering::NoSignature => None,
        Tampering::EmptySignature => Some(Vec::new()),
        _ => Some(scheme.signature_value(timestamp, &draft.signatures).into_bytes()),
    };
    let signature = signature.map(|value| if tampering == Tampering::NonText { without_text(&value) } else { value });
    headers.extend(signature.map(|value| (scheme.signature_header().to_owned(), value)));
    Attempt { method: "POST", headers, body: draft.body }
}

/// Signs, with what has to be changed before.
fn signed(signer: &Signer, event: &Event, tampering: Tampering, seed: u64, now: i64) -> Draft {
    let (id, timestamp) = match tampering {
        Tampering::Offset(seconds) => (event.id.clone(), (now + seconds).to_string()),
        Tampering::Milliseconds => (event.id.clone(), format!("{now}000")),
        Tampering::WordTimestamp => (event.id.clone(), "yesterday".to_owned()),
        Tampering::Fractional => (event.id.clone(), format!("{now}.5")),
        Tampering::DottedId => (event.id.replacen('_', ".", 1), now.to_string()),
        Tampering::MovedBoundary => (format!("{}.{now}", event.id), now.to_string()),
        _ => (event.id.clone(), now.to_string()),
    };
    let other = match tampering {
        Tampering::ConfusedKey => signer.confused(),
        Tampering::WrongSecret => Some(signer.forged(seed)),
        Tampering::TextKey(key) => Some(signer.with_text_key(key)),
        Tampering::WrittenKey => signer.with_written_key(),
        _ => None,
    };
    let signer = other.as_ref().unwrap_or(signer);
    let parts = Parts { id: &id, name: &event.name, timestamp: &timestamp, body: &event.body };
    let signatures = signer.sign(&parts);
    Draft { id, timestamp, body: event.body.to_vec(), signatures }
}

/// Changes what has to be changed after signing.
fn change(draft: &mut Draft, scheme: Scheme, tampering: Tampering, signer: &Signer, event: &Event, seed: u64) {
    match tampering {
        Tampering::ChangedId => draft.id = event.renewed(seed).id,
        Tampering::ChangedTimestamp => {
            draft.timestamp = draft.timestamp.parse().map_or(0, |second: i64| second - 1).to_string();
        }
        Tampering::ChangedByte => change_one_byte(&mut draft.body),
        Tampering::Reserialised => draft.body = reserialised(&draft.body),
        Tampering::MovedBoundary => {
            draft.id.clone_from(&event.id);
            draft.body = [draft.timestamp.as_bytes(), b".", &draft.body].concat();
        }
        Tampering::WrongLabel => relabel(draft, scheme.unknown_label()),
        Tampering::ChangedTail => each_digest(draft, changed_tail),
        Tampering::SwappedCase => each_digest(draft, swapped_case),
        Tampering::Truncated => each_digest(draft, |digest| digest[..digest.len() / 8 * 4].to_owned()),
        Tampering::Malformed => each_digest(draft, |_| "%%%not-a-digest%%%".to_owned()),
        Tampering::MatchFirst => draft.signatures.extend(decoys(draft, signer, event, seed)),
        Tampering::MatchLast => put_first(draft, decoys(draft, signer, event, seed)),
        Tampering::UnknownVersions => {
            let mut unknown = decoys(draft, signer, event, seed);
            for (label, _) in &mut unknown {
                scheme.unknown_label().clone_into(label);
            }
            put_first(draft, unknown);
        }
        _ => {}
    }
}

fn put_first(draft: &mut Draft, mut signatures: Vec<(String, String)>) {
    signatures.append(&mut draft.signatures);
    draft.signatures = signatures;
}

fn relabel(draft: &mut Draft, label: &str) {
    draft.signatures.iter_mut().for_each(|(known, _)| label.clone_into(known));
}

fn each_digest(draft: &mut Draft, change: impl Fn(&str) -> String) {
    draft.signatures.iter_mut().for_each(|(_, digest)| *digest = change(digest));
}

/// Two signatures of keys that the endpoint does not have.
fn decoys(draft: &Draft, signer: &Signer, event: &Event, seed: u64) -> Vec<(String, String)> {
    let parts = Parts { id: &draft.id, name: &event.name, timestamp: &draft.timestamp, body: &draft.body };
    (1..=2).flat_map(|step| signer.forged(seed.wrapping_add(step)).sign(&parts)).collect()
}

/// Changes the fourth character from the end, which every encoding uses in full.
fn changed_tail(digest: &str) -> String {
    let at = digest.len().saturating_sub(4);
    digest.char_indices().map(|(index, c)| if index == at { if c == '0' { '1' } else { '0' } } else { c }).collect()
}

/// In base64 another digest, which one that compares without regard to case takes for the same.
fn swapped_case(digest: &str) -> String {
    let swap = |c: char| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
    digest.chars().map(swap).collect()
}

/// Puts bytes behind the label that no text has.
fn without_text(value: &[u8]) -> Vec<u8> {
    let cut = value.len().saturating_sub(8);
    [&value[..cut], &[0xff, 0xfe, 0x80, 0xc3]].concat()
}

/// Changes one digit, so that the body stays JSON of the same length and only the signature can tell.
pub(super) fn change_one_byte(body: &mut [u8]) {
    let last_digit = body.iter().rposition(u8::is_ascii_digit);
    match last_digit.and_then(|at| body.get_mut(at)) {
        Some(digit) if *digit == b'0' => *digit = b'1',
        Some(digit) => *digit -= 1,
        None => body.iter_mut().take(1).for_each(|byte| *byte ^= 1),
    }
}

/// The same JSON in other bytes; white space behind what is no JSON.
fn reserialised(body: &[u8]) -> Vec<u8> {
    let written = serde_json::from_slice::<Value>(body).ok().map(|value| {
        let compact = value.to_string().into_bytes();
        if compact == body { format!("{value:#}").into_bytes() } else { compact }
    });
    written.unwrap_or_else(|| [body, b" "].concat())
}
