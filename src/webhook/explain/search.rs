//! Goes through the hypotheses, those with one fault before those with two, until one reproduces the signature.

use serde_json::Value;

use super::body::{self, Candidate};
use super::content::{self, Algorithm, Content};
use super::fault::{BodyFault, Fault, HeaderFault, TimestampFault};
use super::question::{Parts, Question};
use super::reading::Reading;

/// Bytes that are hashed for each part of the search at most, so that a large body costs seconds, not hours.
const BUDGET: u64 = 256 << 20;
/// Longest body of which every beginning is tried, in bytes.
const LARGEST_CUT: usize = 64 << 10;

/// A hypothesis that reproduces the signature.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) faults: Vec<Fault>,
    pub(super) content: Content,
    pub(super) algorithm: Algorithm,
    pub(super) digest: Vec<u8>,
}

/// A search under way.
pub(super) struct Search<'a> {
    parts: &'a Parts,
    body: &'a [u8],
    window: u64,
    keys: Vec<(Option<Fault>, Vec<u8>)>,
    bodies: Vec<Candidate>,
    stamps: Vec<(Option<Fault>, String)>,
    ids: Vec<(Option<Fault>, String)>,
    best: Option<Found>,
    spent: u64,
    pub(super) computed: u64,
    pub(super) searched_seconds: Option<u64>,
    pub(super) cut_short: bool,
}

/// One hypothesis: a choice along each dimension, by index; 0 is as it should be.
#[derive(Clone, Copy, Default)]
struct Choice {
    key: usize,
    scheme: usize,
    body: usize,
    stamp: usize,
    id: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(question: &Question<'a>, parts: &'a Parts) -> Self {
        let body = question.request.body.as_slice();
        let mut keys: Vec<_> = question.secrets.iter().flat_map(content::keys).collect();
        // The right use of every secret comes before any wrong one.
        keys.sort_by_key(|(fault, _)| fault.is_some());
        Search {
            parts,
            body,
            window: question.window,
            keys,
            bodies: body::candidates(body),
            stamps: stamps(parts.timestamp.as_deref().unwrap_or_default()),
            ids: ids(question, parts.id.as_deref().unwrap_or_default()),
            best: None,
            spent: 0,
            computed: 0,
            searched_seconds: None,
            cut_short: body.len() > body::LARGEST,
        }
    }

    /// The hypothesis with the fewest faults that reproduces the signature.
    pub(super) fn run(&mut self) -> Option<Found> {
        self.single_faults();
        if self.weight() > 1 {
            self.other_seconds();
        }
        if self.weight() > 1 {
            self.beginnings();
        }
        if self.weight() > 2 {
            self.pairs_of_faults();
        }
        self.best.take()
    }

    fn weight(&self) -> usize {
        self.best.as_ref().map_or(usize::MAX, |found| weight(&found.faults))
    }

    /// One fault at most. Each is tried with each secret that may have signed.
    fn single_faults(&mut self) {
        self.spent = 0;
        (0..self.keys.len()).for_each(|key| self.attempt(Choice { key, ..Choice::default() }));
        if self.weight() == 0 {
            return;
        }
        for key in 0..self.right_keys() {
            let right = Choice { key, ..Choice::default() };
            (1..self.stamps.len()).for_each(|stamp| self.attempt(Choice { stamp, ..right }));
            (1..schemes()).for_each(|scheme| self.attempt(Choice { scheme, ..right }));
            (1..self.ids.len()).for_each(|id| self.attempt(Choice { id, ..right }));
            (1..self.bodies.len()).for_each(|body| self.attempt(Choice { body, ..right }));
        }
    }

    fn pairs_of_faults(&mut self) {
        self.spent = 0;
        for key in self.right_keys()..self.keys.len() {
            let wrong = Choice { key, ..Choice::default() };
            (1..schemes()).for_each(|scheme| self.attempt(Choice { scheme, ..wrong }));
            (1..self.stamps.len()).for_each(|stamp| self.attempt(Choice { stamp, ..wrong }));
            (1..self.bodies.len()).for_each(|body| self.attempt(Choice { body, ..wrong }));
        }
        for key in 0..self.right_keys() {
            for scheme in 1..schemes() {
                let other = Choice { key, scheme, ..Choice::default() };
                (1..self.bodies.len()).for_each(|body| self.attempt(Choice { body, ..other }));
            }
        }
    }

    /// Keys that are used as they should be; they come first.
    fn right_keys(&self) -> usize {
        self.keys.iter().filter(|(fault, _)| fault.is_none()).count()
    }

    /// Computes the signature of a hypothesis and notes it where it is the one that was received.
    fn attempt(&mut self, choice: Choice) {
        let Some((key_fault, key)) = self.keys.get(choice.key) else { return };
        let (content, algorithm) = scheme(choice.scheme);
        let (body_fault, body) = &self.bodies[choice.body];
        let (stamp_fault, stamp) = &self.stamps[choice.stamp];
        let (id_fault, id) = &self.ids[choice.id];
        self.spent += body.len() as u64 + 256;
        if self.spent > BUDGET {
            self.cut_short = true;
            return;
        }
        let digest = algorithm.digest(key, &content.pieces(id, stamp, body));
        self.computed += 1;
        let Some(reading) = held(&self.parts.readings, &digest) else { return };
        let scheme_fault = (choice.scheme > 0).then_some(Fault::Scheme(content, algorithm));
        let own = [key_fault.clone(), scheme_fault, body_fault.clone(), stamp_fault.clone(), id_fault.clone()];
        let faults = own.into_iter().flatten().chain(reading.faults.iter().cloned()).collect();
        self.note(Found { faults, content, algorithm, digest });
    }

    fn note(&mut self, found: Found) {
        if weight(&found.faults) < self.weight() {
            self.best = Some(found);
        }
    }

    /// Other seconds than the one in the header, the nearest first.
    fn other_seconds(&mut self) {
        let Some(header) = self.parts.timestamp.as_deref().and_then(|text| text.parse::<i64>().ok()) else { return };
        let id = self.parts.id.as_deref().unwrap_or_default();
        let cost = 2 * (self.body.len() as u64 + 256);
        let reach = self.window.min(BUDGET / cost);
        self.cut_short |= reach < self.window;
        for distance in 1..=i64::try_from(reach).unwrap_or(0) {
            for off in [distance, -distance] {
                let stamp = header.saturating_sub(off).to_string();
                for (_, key) in self.keys.iter().filter(|(fault, _)| fault.is_none()) {
                    let digest = Algorithm::Sha256.digest(key, &Content::Standard.pieces(id, &stamp, self.body));
                    self.computed += 1;
                    if let Some(reading) = held(&self.parts.readings, &digest) {
                        let own = Fault::Timestamp(TimestampFault::Other(off));
                        let faults = std::iter::once(own).chain(reading.faults.iter().cloned()).collect();
                        self.searched_seconds = Some(distance.unsigned_abs());
                        let (content, algorithm) = (Content::Standard, Algorithm::Sha256);
                        return self.note(Found { faults, content, algorithm, digest });
                    }
                }
            }
        }
        self.searched_seconds = Some(reach);
    }

    /// Every beginning of the body, in case something was appended to it.
    fn beginnings(&mut self) {
        if self.body.len() > LARGEST_CUT {
            self.cut_short = true;
            return;
        }
        self.spent = 0;
        let (id, stamp) = (self.parts.id.clone().unwrap_or_default(), self.parts.timestamp.clone().unwrap_or_default());
        let (content, algorithm) = (Content::Standard, Algorithm::Sha256);
        // The longest first: what is appended is mostly short.
        for length in (1..self.body.len()).rev() {
            self.spent += length as u64 + 256;
            if self.spent > BUDGET {
                self.cut_short = true;
                return;
            }
            for (_, key) in self.keys.iter().filter(|(fault, _)| fault.is_none()) {
                let digest = algorithm.digest(key, &content.pieces(&id, &stamp, &self.body[..length]));
                self.computed += 1;
                if let Some(reading) = held(&self.parts.readings, &digest) {
                    let own = Fault::Body(BodyFault::Longer(length));
                    let faults = std::iter::once(own).chain(reading.faults.iter().cloned()).collect();
                    return self.note(Found { faults, content, algorithm, digest });
                }
            }
        }
    }
}

fn held<'a>(readings: &'a [Reading], digest: &[u8]) -> Option<&'a Reading> {
    readings.iter().find(|reading| reading.holds(digest))
}

/// Ways of signing; 0 is the right one.
fn schemes() -> usize {
    Content::ALL.len() * Algorithm::ALL.len()
}

fn scheme(index: usize) -> (Content, Algorithm) {
    (Content::ALL[index % Content::ALL.len()], Algorithm::ALL[index / Content::ALL.len()])
}

/// Number of things that went wrong. What belongs to another scheme is one thing, also where it shows in several places.
fn weight(faults: &[Fault]) -> usize {
    let of_scheme = |fault: &&Fault| matches!(fault, Fault::Scheme(..) | Fault::Hexadecimal);
    let label =
        |fault: &&Fault| matches!(fault, Fault::Header(HeaderFault::LabelChanged(_) | HeaderFault::LabelMissing));
    let scheme = faults.iter().filter(of_scheme).count();
    let labels = faults.iter().filter(label).count();
    let others = faults.len() - scheme - labels;
    others + if scheme > 0 { 1 } else { labels }
}

/// Timestamps that come of mixing up seconds and milliseconds.
fn stamps(header: &str) -> Vec<(Option<Fault>, String)> {
    let mut all = vec![(None, header.to_owned())];
    let Ok(number) = header.parse::<i64>() else { return all };
    if number.abs() >= 100_000_000_000 {
        let whole = number.div_euclid(1000);
        let fault = || Some(Fault::Timestamp(TimestampFault::MillisecondsInHeader));
        all.extend([whole, whole + 1].map(|seconds| (fault(), seconds.to_string())));
    } else {
        let fault = || Some(Fault::Timestamp(TimestampFault::MillisecondsSigned));
        all.extend((0..1000).map(|rest| (fault(), format!("{}", number.saturating_mul(1000).saturating_add(rest)))));
    }
    all
}

/// Ids that may have been signed in place of the header's.
fn ids(question: &Question<'_>, header: &str) -> Vec<(Option<Fault>, String)> {
    const LONGEST: usize = 256;
    let mut all = vec![(None, header.to_owned())];
    let mut add = |how: String, id: &str| {
        if id != header && id.len() <= LONGEST {
            all.push((Some(Fault::Id(how)), id.to_owned()));
        }
    };
    if let Some((_, rest)) = header.split_once('_') {
        add("the part of it behind the underscore".to_owned(), rest);
    }
    add("the id in lower case".to_owned(), &header.to_ascii_lowercase());
    add("the id without white space".to_owned(), header.trim());
    add("empty".to_owned(), "");
    for other in question.request.headers.iter().filter(|other| !other.name.ends_with("signature")) {
        if let Ok(value) = std::str::from_utf8(&other.value) {
            add(format!("that of the header {}", other.name), value);
        }
    }
    let payload: Value = serde_json::from_slice(&question.request.body).unwrap_or_default();
    for place in ["/id", "/data/id", "/event_id", "/message_id"] {
        if let Some(id) = payload.pointer(place).and_then(Value::as_str) {
            add(format!("that of the body at {place}"), id);
        }
    }
    all
}
