//! In-toto statements (in-toto Attestation Framework, Statement v1): something is said of a package.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::envelope::{Envelope, Opened, Refused};
use super::unambiguous;
use crate::credential::SigningKey;
use crate::manifest::IntegrationName;

/// The type of every statement.
const STATEMENT: &str = "https://in-toto.io/Statement/v1";
/// The algorithm of a package's digest.
const SHA256: &str = "sha256";

/// How far the clock of whoever signs may be ahead.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Says that what was signed at `time` is of a time that is yet to come, where it is.
pub fn yet_to_come(time: Timestamp, now: Timestamp) -> Option<String> {
    (time.duration_since(now) > AHEAD).then(|| format!("it is of {time}, which is yet to come"))
}

/// Something that is said of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement<P> {
    #[serde(rename = "_type")]
    kind: String,
    subject: [Subject; 1],
    predicate_type: String,
    /// What is said.
    pub predicate: P,
}

/// What something is said of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// `publisher/name@version`.
    pub name: String,
    /// The digest of the uncompressed archive, by algorithm.
    pub digest: BTreeMap<String, String>,
}

impl Subject {
    /// A version of an integration, as a package.
    pub fn package(name: &IntegrationName, version: &str, digest: &str) -> Self {
        let digest = BTreeMap::from([(SHA256.to_owned(), digest.to_owned())]);
        Subject { name: format!("{name}@{version}"), digest }
    }

    /// SHA-256 of the uncompressed archive, hex, where that is told.
    pub fn sha256(&self) -> Option<&str> {
        self.digest.get(SHA256).map(String::as_str)
    }

    /// Says how it differs from `expected`.
    pub fn differs_from(&self, expected: &Subject) -> Option<String> {
        if self.name != expected.name {
            return Some(format!("it speaks of {}, not of {}", self.name, expected.name));
        }
        let told = self.sha256().unwrap_or_default();
        if told.is_empty() {
            let others: Vec<_> = self.digest.keys().map(String::as_str).collect();
            return Some(format!("it gives no {SHA256} of its package, only [{}]", others.join(", ")));
        }
        let due = expected.sha256().unwrap_or_default();
        (told != due).then(|| format!("it speaks of the package {told}, not of {due}"))
    }
}

impl<P: Serialize + DeserializeOwned> Statement<P> {
    /// Says `predicate` of a package.
    pub fn new(subject: Subject, predicate_type: &str, predicate: P) -> Self {
        let (kind, predicate_type) = (STATEMENT.to_owned(), predicate_type.to_owned());
        Statement { kind, subject: [subject], predicate_type, predicate }
    }

    /// Signs the statement.
    pub fn sealed(&self, key: &SigningKey) -> Envelope {
        // Strings, numbers and lists always serialise.
        Envelope::seal(&serde_json::to_vec(self).unwrap_or_default(), key)
    }

    /// Reads a statement of one type of predicate. What it holds beyond that is ignored, as the framework asks.
    pub fn read(opened: &Opened, predicate_type: &str) -> Result<Self, Refused> {
        let wrong = |what: &str, found: &str, due: &str| {
            Err(Refused::Form(format!("a {what} of type {found:?} is not known here, {due} is due")))
        };
        let cause = |cause: serde_json::Error| Refused::Form(format!("the payload is no statement: {cause}"));
        // Types first: with another one the rest means something else.
        let types: Types = unambiguous::parse(&opened.payload).map_err(cause)?;
        if types.kind != STATEMENT {
            return wrong("statement", &types.kind, STATEMENT);
        }
        if types.predicate_type != predicate_type {
            return wrong("predicate", &types.predicate_type, predicate_type);
        }
        serde_json::from_slice(&opened.payload).map_err(cause)
    }

    /// What it speaks of.
    pub fn subject(&self) -> &Subject {
        let [subject] = &self.subject;
        subject
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Types {
    #[serde(rename = "_type")]
    kind: String,
    predicate_type: String,
}

impl Opened {
    /// The type of the predicate inside, where it is a statement.
    pub fn predicate_type(&self) -> Option<String> {
        serde_json::from_slice::<Types>(&self.payload).ok().map(|types| types.predicate_type)
    }
}
