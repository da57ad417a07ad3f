//! The question, and what comes of it.

use serde::Serialize;

use super::fault::{Diagnosis, Fault, TimestampFault};
use super::reading::{Reading, readings};
use super::search::{Found, Search};
use crate::webhook::SigningSecret;
use crate::webhook::exchange::CapturedRequest;

/// Seconds that a timestamp may be off, either way (Standard Webhooks).
const TOLERANCE: i64 = 300;
/// Timestamps from here on are milliseconds: in seconds they lie 3,000 years ahead.
const MILLISECONDS_FROM: i64 = 100_000_000_000;
/// Headers in which other schemes put their signature.
const OTHER_SIGNATURES: [&str; 5] =
    ["x-hub-signature-256", "x-hub-signature", "x-shopify-hmac-sha256", "stripe-signature", "x-slack-signature"];

/// A request whose signature is in question.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The request as it was received.
    pub request: &'a CapturedRequest,
    /// The secrets that it may be signed with.
    pub secrets: &'a [SigningSecret],
    /// When it was received, in seconds since 1970; where that is not known, lateness is not judged.
    pub received_at: Option<i64>,
    /// Seconds around the timestamp that are searched for the one that was signed.
    pub window: u64,
}

/// What it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The signature verifies.
    Verifies,
    /// It does not, and it is proved why.
    Proved,
    /// It does not, because something that is needed is not there.
    Incomplete,
    /// It does not, and no hypothesis reproduces it.
    Unexplained,
}

/// How the signature that was received comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The keyed hash.
    pub algorithm: &'static str,
    /// What it was computed over.
    pub content: &'static str,
    /// The signature, computed anew under the hypothesis and written as it should be.
    pub signature: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What it came to.
    pub verdict: Verdict,
    /// What is wrong; nothing where it verifies or is unexplained.
    pub diagnoses: Vec<Diagnosis>,
    /// The recomputation; only where a hypothesis reproduces the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// Signatures that were computed.
    pub computed: u64,
    /// Seconds to either side of the timestamp that were searched, where that came to pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched_seconds: Option<u64>,
    /// Whether the body is so large that not every hypothesis was tried.
    pub cut_short: bool,
}

/// What a request says of itself, under whichever names.
pub(super) struct Parts {
    pub(super) id: Option<String>,
    pub(super) timestamp: Option<String>,
    pub(super) readings: Vec<Reading>,
    names: Option<Fault>,
    has_signature: bool,
}

/// Says why a signature does not verify, or that it does.
pub fn explain(question: &Question<'_>) -> Explanation {
    let parts = Parts::of(question.request);
    let missing = parts.missing();
    if !parts.has_signature || parts.readings.is_empty() {
        return without_proof(Verdict::Incomplete, &missing, 0);
    }
    let mut search = Search::new(question, &parts);
    let Some(found) = search.run() else {
        let verdict = if missing.is_empty() { Verdict::Unexplained } else { Verdict::Incomplete };
        let mut explanation = without_proof(verdict, &missing, search.computed);
        explanation.searched_seconds = search.searched_seconds;
        explanation.cut_short = search.cut_short;
        return explanation;
    };
    let mut faults = found.faults.clone();
    faults.extend(parts.names.clone());
    if faults.is_empty() {
        faults.extend(timestamp_fault(parts.timestamp.as_deref(), question.received_at));
    }
    Explanation {
        verdict: if faults.is_empty() { Verdict::Verifies } else { Verdict::Proved },
        diagnoses: faults.iter().map(Fault::diagnosis).collect(),
        proof: Some(found.proof()),
        computed: search.computed,
        searched_seconds: search.searched_seconds,
        cut_short: search.cut_short,
    }
}

fn without_proof(verdict: Verdict, faults: &[Fault], computed: u64) -> Explanation {
    Explanation {
        verdict,
        diagnoses: faults.iter().map(Fault::diagnosis).collect(),
        proof: None,
        computed,
        searched_seconds: None,
        cut_short: false,
    }
}

/// What is wrong with the timestamp of a signature that holds.
fn timestamp_fault(timestamp: Option<&str>, received_at: Option<i64>) -> Option<Fault> {
    let Some(seconds) = timestamp.and_then(|text| text.parse::<i64>().ok()) else {
        return Some(Fault::HeaderUnreadable("webhook-timestamp"));
    };
    if seconds.abs() >= MILLISECONDS_FROM {
        return Some(Fault::Timestamp(TimestampFault::Milliseconds));
    }
    let age = received_at?.saturating_sub(seconds);
    (age.abs() > TOLERANCE).then_some(Fault::Late(age))
}

impl Parts {
    fn of(request: &CapturedRequest) -> Self {
        let own = request.header("webhook-signature").is_some() || request.header("svix-signature").is_none();
        let prefix = if own { "webhook" } else { "svix" };
        let text = |name: &str| request.header(name).map(str::to_owned);
        let mut signatures = values(request, &format!("{prefix}-signature"));
        let mut timestamp = text(&format!("{prefix}-timestamp"));
        for name in OTHER_SIGNATURES.iter().filter(|_| signatures.is_empty()) {
            let value = values(request, name);
            if !value.is_empty() {
                timestamp =
                    timestamp.or_else(|| text("x-slack-request-timestamp")).or_else(|| stripe_timestamp(&value));
                signatures = value;
                break;
            }
        }
        Parts {
            id: text(&format!("{prefix}-id")),
            timestamp,
            readings: readings(&signatures),
            names: (!own).then(|| Fault::HeaderNames(prefix.to_owned())),
            has_signature: !signatures.is_empty(),
        }
    }

    fn missing(&self) -> Vec<Fault> {
        let absent = [
            (self.id.is_none(), Fault::HeaderMissing("webhook-id")),
            (self.timestamp.is_none(), Fault::HeaderMissing("webhook-timestamp")),
            (!self.has_signature, Fault::HeaderMissing("webhook-signature")),
            (self.has_signature && self.readings.is_empty(), Fault::HeaderUnreadable("webhook-signature")),
        ];
        absent.into_iter().filter(|(holds, _)| *holds).map(|(_, fault)| fault).collect()
    }
}

/// All values of a header, separated by spaces as the signatures in one are.
fn values(request: &CapturedRequest, name: &str) -> Vec<u8> {
    let values = request.headers.iter().filter(|header| header.name == name).map(|header| header.value.as_slice());
    values.collect::<Vec<_>>().join(&b' ')
}

/// The `t` of `t=1700000000,v1=...`.
fn stripe_timestamp(header: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(header).ok()?;
    text.split(',').find_map(|part| part.trim().strip_prefix("t=")).map(str::to_owned)
}

impl Found {
    fn proof(&self) -> Proof {
        use base64::Engine as _;
        let digest = base64::engine::general_purpose::STANDARD.encode(&self.digest);
        Proof { algorithm: self.algorithm.words(), content: self.content.words(), signature: format!("v1,{digest}") }
    }
}
