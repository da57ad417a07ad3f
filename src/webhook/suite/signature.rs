//! Forged, tampered, stale and oddly signed deliveries.

use super::case::{Case, Script, Secrets, Suite};
use super::plan::Ground;
use crate::event::{Event, EventType, sample};
use crate::webhook::attempt::SignedEvent;
use crate::webhook::judge::Expectation::{self, Accepted, Discouraged, Rejected};
use crate::webhook::scheme::Scheme;
use crate::webhook::signer::Signer;
use crate::webhook::tampering::Tampering;

/// A row of the table: identifier behind `signature.`, what it does, the change, what is due, how to mend.
type Row = (&'static str, &'static str, Tampering, Expectation, &'static str);

/// Forgeries of the case that sends many, and the steps of their seeds and of those of other types.
const MANY: usize = 100;
const MANY_FROM: u64 = 2000;
const OTHER_TYPES_FROM: u64 = 2200;
const REFUSED_FROM: u64 = 4000;

const RAW: &str = "verify the signature over the raw body as received, whole, not over a parsed or re-serialised copy";
const STALE: &str = "refuse a timestamp that is more than 300 s in the past";
const FUTURE: &str = "refuse a timestamp that is more than 300 s in the future";
const TOLERANT: &str = "accept timestamps up to 300 s off: clocks differ, and deliveries wait in queues";
const WHOLE: &str = "compare the whole digest, decoded, in constant time";
const SEVERAL: &str = "look at every signature of the header and accept when any of your version matches";
const DOT: &str = "refuse identifiers and timestamps that hold a dot: the dot separates what is signed";
const REFUSE: &str =
    "answer 4xx to a header that cannot be read; an exception there is an outage that anyone can cause";

const UNSET: &str = "end at the start when PROVENIQ_WEBHOOK_SECRET is not set, and take no secret that is empty";

const ROWS: [Row; 32] = [
    (
        "missing",
        "no signature",
        Tampering::NoSignature,
        Rejected,
        "answer 401 when the signature header is absent, before the body is used",
    ),
    (
        "empty",
        "an empty signature header",
        Tampering::EmptySignature,
        Rejected,
        "answer 401 when the signature header is empty",
    ),
    ("missing-id", "no identifier", Tampering::NoId, Rejected, "answer 401 when webhook-id is absent"),
    ("missing-timestamp", "no timestamp", Tampering::NoTimestamp, Rejected, "answer 401 when the timestamp is absent"),
    (
        "wrong-secret",
        "signed with another secret",
        Tampering::WrongSecret,
        Rejected,
        "verify the signature with your endpoint's secret and answer 401 when none matches",
    ),
    (
        "changed-id",
        "another identifier than the signed one",
        Tampering::ChangedId,
        Rejected,
        "webhook-id is part of what is signed: {id}.{timestamp}.{body}",
    ),
    (
        "changed-timestamp",
        "another timestamp than the signed one",
        Tampering::ChangedTimestamp,
        Rejected,
        "the timestamp is part of what is signed",
    ),
    ("changed-body", "one byte of the body changed", Tampering::ChangedByte, Rejected, RAW),
    ("reserialised-body", "the same JSON in other bytes", Tampering::Reserialised, Rejected, RAW),
    (
        "wrong-label",
        "the right digest under another version",
        Tampering::WrongLabel,
        Rejected,
        "accept only signatures with the label of your version",
    ),
    ("changed-tail", "the digest's tail changed", Tampering::ChangedTail, Rejected, WHOLE),
    ("truncated", "half of the right digest", Tampering::Truncated, Rejected, WHOLE),
    ("malformed", "a digest that cannot be decoded", Tampering::Malformed, Rejected, REFUSE),
    ("not-text", "bytes in the header that are not UTF-8", Tampering::NonText, Rejected, REFUSE),
    ("stale", "timestamp 310 s in the past", Tampering::Offset(-310), Rejected, STALE),
    ("late", "timestamp 290 s in the past", Tampering::Offset(-290), Accepted, TOLERANT),
    ("early", "timestamp 290 s in the future", Tampering::Offset(290), Accepted, TOLERANT),
    ("future", "timestamp 310 s in the future", Tampering::Offset(310), Rejected, FUTURE),
    ("milliseconds", "timestamp in milliseconds", Tampering::Milliseconds, Rejected, FUTURE),
    ("timestamp-no-number", "a timestamp that is a word", Tampering::WordTimestamp, Rejected, REFUSE),
    ("fractional-timestamp", "timestamp with a fraction", Tampering::Fractional, Discouraged, DOT),
    ("dotted-id", "identifier with a dot", Tampering::DottedId, Discouraged, DOT),
    (
        "moved-boundary",
        "parts moved over the dots of the signed content",
        Tampering::MovedBoundary,
        Rejected,
        "refuse identifiers that hold a dot, and bodies that are not JSON",
    ),
    ("unknown-versions", "unknown versions before the right one", Tampering::UnknownVersions, Accepted, SEVERAL),
    ("match-first", "several signatures, the first one matches", Tampering::MatchFirst, Accepted, SEVERAL),
    ("match-last", "several signatures, the last one matches", Tampering::MatchLast, Accepted, SEVERAL),
    ("empty-secret", "signed with an empty secret", Tampering::TextKey(""), Rejected, UNSET),
    ("undefined-secret", "signed with the secret `undefined`", Tampering::TextKey("undefined"), Rejected, UNSET),
    ("null-secret", "signed with the secret `null`", Tampering::TextKey("null"), Rejected, UNSET),
    (
        "written-secret",
        "signed with the written form of the secret as the key",
        Tampering::WrittenKey,
        Discouraged,
        "the key is what stands behind whsec_, decoded from base64, and nothing else",
    ),
    ("swapped-case", "the digest with its letters in the other case", Tampering::SwappedCase, Rejected, WHOLE),
    (
        "confused-key",
        "signed with the public key as if it were a secret",
        Tampering::ConfusedKey,
        Rejected,
        "with a public key accept v1a alone",
    ),
];

/// The suite.
pub(super) fn cases(ground: &Ground<'_>) -> Vec<Case> {
    let rows = ROWS.iter().enumerate().filter(|(_, row)| applies(ground.signer, row.2));
    let mut cases: Vec<_> = rows.map(|(index, row)| of_row(row, 100 + index as u64, ground)).collect();
    cases.push(known_id(ground));
    cases.extend(other_types(ground));
    cases.push(many(ground));
    cases.extend(rotation(ground));
    cases
}

/// Whether a change has an object in the signer's scheme.
fn applies(signer: &Signer, tampering: Tampering) -> bool {
    let scheme = signer.scheme();
    match tampering {
        Tampering::NoId | Tampering::ChangedId | Tampering::DottedId | Tampering::MovedBoundary => scheme.signs_id(),
        Tampering::NoTimestamp
        | Tampering::ChangedTimestamp
        | Tampering::Offset(_)
        | Tampering::Milliseconds
        | Tampering::WordTimestamp => scheme.signs_timestamp(),
        Tampering::Fractional => scheme == Scheme::Standard,
        Tampering::UnknownVersions | Tampering::MatchFirst | Tampering::MatchLast => scheme.takes_several(),
        Tampering::WrongLabel => !scheme.label().is_empty(),
        Tampering::ConfusedKey => signer.is_asymmetric(),
        Tampering::TextKey(_) => !signer.is_asymmetric(),
        Tampering::WrittenKey => scheme == Scheme::Standard && !signer.is_asymmetric(),
        Tampering::SwappedCase => scheme.tells_case(),
        _ => true,
    }
}

/// A forgery of each kind that must be rejected, for each type.
pub(super) fn refused(ground: &Ground<'_>) -> Vec<SignedEvent> {
    let kinds = if ground.data.is_none() { ground.events } else { &[] };
    let kinds: Vec<_> = if kinds.is_empty() { vec![None] } else { kinds.iter().copied().map(Some).collect() };
    let rows = ROWS.iter().filter(|row| applies(ground.signer, row.2) && due(row, ground.signer) == Rejected);
    let pairs = rows.flat_map(|row| kinds.iter().map(|kind| (row.2, *kind)));
    let forgery = |(step, (tampering, kind)): (u64, (Tampering, Option<EventType>))| {
        let event = kind.map_or_else(|| ground.event(step), |kind| sample(kind, ground.seed.wrapping_add(step)));
        SignedEvent::new(event, ground.signer, tampering, ground.seed)
    };
    (REFUSED_FROM..).zip(pairs).map(forgery).collect()
}

/// What is due to a row's delivery at an endpoint of a scheme.
fn due(&(_, _, tampering, expectation, _): &Row, signer: &Signer) -> Expectation {
    let scheme = signer.scheme();
    let of_the_future = matches!(tampering, Tampering::Milliseconds) || tampering == Tampering::Offset(310);
    // Slack's own library for Node makes no number of a word, and compares no number with anything.
    let no_number = scheme == Scheme::Slack && tampering == Tampering::WordTimestamp;
    if (!scheme.refuses_future() && of_the_future) || no_number { Discouraged } else { expectation }
}

fn of_row(row: &Row, step: u64, ground: &Ground<'_>) -> Case {
    let &(id, title, tampering, _, help) = row;
    // Each forgery has an id of its own: a handler that only remembers ids must not pass by accident.
    let event = ground.event(step);
    let expectation = due(row, ground.signer);
    case(id, title, expectation, help, Script::Send(SignedEvent::new(event, ground.signer, tampering, ground.seed)))
}

/// A forgery under the identifier of the control, which was accepted: a handler may look up the identifier first.
fn known_id(ground: &Ground<'_>) -> Case {
    const HELP: &str = "verify first, and look the identifier up afterwards: anyone may know one that was used";
    let event = Event { id: ground.event(0).id, ..ground.event(139) };
    let forgery = SignedEvent::new(event, ground.signer, Tampering::WrongSecret, ground.seed);
    case("known-id", "a forgery under an identifier that was accepted", Rejected, HELP, Script::Send(forgery))
}

/// Many forgeries of all types, each with a key of its own: a handler may take one now and then.
fn many(ground: &Ground<'_>) -> Case {
    const HELP: &str = "verify every delivery, whatever else goes on";
    let forgery = |(step, kind): (u64, Option<&EventType>)| {
        let seed = ground.seed.wrapping_add(step);
        let event = match kind {
            Some(&kind) if ground.data.is_none() => sample(kind, seed),
            _ => ground.event(step),
        };
        SignedEvent::new(event, ground.signer, Tampering::WrongSecret, seed)
    };
    let kinds =
        std::iter::repeat_n((), MANY).enumerate().map(|(at, ())| ground.events.get(at % ground.events.len().max(1)));
    let forgeries = (MANY_FROM..).zip(kinds).map(forgery).collect();
    case("many", "100 forgeries, each with another secret", Rejected, HELP, Script::SendMany(forgeries))
}

/// Forgeries of each type but the first, which all others are of: a handler may verify in the code of one type alone.
fn other_types(ground: &Ground<'_>) -> Vec<Case> {
    const HELP: &str = "verify before you look at the type, the same for every type";
    let rows = [
        ("wrong-secret", "signed with another secret", Tampering::WrongSecret),
        ("stale", "with a timestamp 310 s in the past", Tampering::Offset(-310)),
    ];
    let rows = rows.into_iter().filter(|(.., tampering)| applies(ground.signer, *tampering)).collect::<Vec<_>>();
    let forged = |(index, &kind): (u64, &EventType)| {
        let of_row = |(at, &(id, title, tampering)): (u64, &(&str, &str, Tampering))| {
            let event = sample(kind, ground.seed.wrapping_add(OTHER_TYPES_FROM + 2 * index + at));
            let event = SignedEvent::new(event, ground.signer, tampering, ground.seed);
            case(&format!("{id}.{kind}"), &format!("{kind} {title}"), Rejected, HELP, Script::Send(event))
        };
        (0..).zip(&rows).map(of_row).collect::<Vec<_>>()
    };
    let others = if ground.data.is_none() { ground.events.get(1..).unwrap_or_default() } else { &[] };
    (0..).zip(others).flat_map(forged).collect()
}

/// A secret that is replaced: while it rotates both are valid, afterwards the new one alone. Needs an integration that can
/// be started with the secrets of choice.
fn rotation(ground: &Ground<'_>) -> Vec<Case> {
    const BOTH: &str =
        "PROVENIQ_WEBHOOK_SECRET holds several secrets, separated by spaces, while they rotate: accept each";
    const NEW: &str = "accept only the secrets that the environment holds now";
    let Some(old) = ground.old_signer else { return Vec::new() };
    let signed = |step, signer| SignedEvent::genuine(ground.event(step), signer);
    let restarted = |secrets, event| Script::Restarted { secrets, event };
    let rows = [
        ("rotation-old", "rotating: signed with the old secret", Accepted, BOTH, Secrets::Both, signed(200, old)),
        (
            "rotation-new",
            "rotating: signed with the new secret",
            Accepted,
            BOTH,
            Secrets::Both,
            signed(201, ground.signer),
        ),
        ("rotated-old", "rotated: signed with the old secret", Rejected, NEW, Secrets::New, signed(202, old)),
        ("rotated-new", "rotated: signed with the new secret", Accepted, NEW, Secrets::New, signed(203, ground.signer)),
    ];
    let cases = rows.map(|(id, title, expectation, help, secrets, event)| {
        case(id, title, expectation, help, restarted(secrets, event))
    });
    cases.into()
}

fn case(id: &str, title: &str, expectation: Expectation, help: &'static str, script: Script) -> Case {
    Case { id: format!("signature.{id}"), suite: Suite::Signature, title: title.to_owned(), expectation, help, script }
}
