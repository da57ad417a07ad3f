//! A baseline: what was found when a project was taken over, so that what is new stands out. It is no judgement, and no
//! tier is reached with its help.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::certification::engine::Certification;
use crate::certification::finding::{Finding, LeftOut, Level};

/// Name and version of the document.
const SCHEMA: &str = "proveniq.baseline/1";

/// Findings that were there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    rule_set: String,
    findings: Vec<Entry>,
}

/// Findings of a check that are about the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    check: String,
    fingerprint: String,
    count: u32,
    /// For people who read the file.
    message: String,
}

impl Baseline {
    /// Largest file that is read, in bytes.
    pub const MOST_BYTES: u64 = 32 << 20;

    /// Reads a baseline; the error says what is wrong, and where.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let document: Document = serde_json::from_slice(bytes).map_err(|cause| cause.to_string())?;
        if document.schema != SCHEMA {
            return Err(format!("its schema is {:?}, not {SCHEMA:?}", document.schema));
        }
        Ok(Baseline { entries: document.findings })
    }

    /// Records what stands in the way, but for what is suppressed. What only warns does not.
    pub fn of_certification(certification: &Certification) -> Self {
        let mut counts: BTreeMap<(&str, &str), (u32, &str)> = BTreeMap::new();
        for check in &certification.checks {
            let remains = |why: &Option<LeftOut>| matches!(why, None | Some(LeftOut::Baseline));
            let stands_in_the_way = |finding: &&Finding| finding.level == Level::Error && remains(&finding.left_out);
            for finding in check.findings.iter().filter(stands_in_the_way) {
                counts.entry((check.id, &finding.fingerprint)).or_insert((0, &finding.message)).0 += 1;
            }
        }
        let entry = |((check, fingerprint), (count, message)): ((&str, &str), (u32, &str))| Entry {
            check: check.to_owned(),
            fingerprint: fingerprint.to_owned(),
            count,
            message: message.to_owned(),
        };
        Baseline { entries: counts.into_iter().map(entry).collect() }
    }

    /// The document, as it is kept.
    pub fn to_json(&self, rule_set: &str) -> serde_json::Result<String> {
        let findings = self.entries.clone();
        let document = Document { schema: SCHEMA.to_owned(), rule_set: rule_set.to_owned(), findings };
        serde_json::to_string_pretty(&document).map(|text| text + "\n")
    }

    /// How many findings it holds.
    pub fn count(&self) -> usize {
        self.entries.iter().map(|entry| entry.count as usize).sum()
    }

    /// The fingerprints of a check, each with how often it was found.
    pub(super) fn of(&self, check: &str) -> impl Iterator<Item = (&str, usize)> {
        self.entries
            .iter()
            .filter(move |entry| entry.check == check)
            .map(|entry| (&*entry.fingerprint, entry.count as usize))
    }
}
