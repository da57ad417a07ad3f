//! What is taken from a database of any form: the advisories on the packages that are asked for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::ecosystem::Ecosystem;
use super::osv::Advisory;

/// Names of unreadable documents that are kept; the others are counted.
const NAMED: usize = 20;

/// Packages that are asked for, by normalised name.
pub type Wanted = BTreeSet<(Ecosystem, String)>;

/// What a database says of some packages.
#[derive(Debug, Clone, Default)]
pub struct Advisories {
    /// Where it comes from, in words.
    pub origin: String,
    /// The advisories on the packages that were asked for.
    pub found: Vec<Advisory>,
    /// Advisories that the database holds, by ecosystem.
    pub held: BTreeMap<Ecosystem, u64>,
    /// When the newest of them was changed.
    pub newest: Option<Timestamp>,
    /// When they were fetched, where that is known; of several, the longest ago.
    pub fetched: Option<Timestamp>,
    /// Documents that could not be read: some of their names, and why.
    pub unreadable: Vec<String>,
    /// How many could not be read.
    pub unreadable_count: u64,
    /// The time at which it was asked.
    pub asked: Timestamp,
}

/// Takes documents one by one, so that memory does not grow with the database.
#[derive(Debug)]
pub struct Collector<'a> {
    wanted: &'a Wanted,
    gathered: Advisories,
}

impl<'a> Collector<'a> {
    /// Begins.
    pub fn new(wanted: &'a Wanted, origin: String, asked: Timestamp) -> Self {
        Collector { wanted, gathered: Advisories { origin, asked, ..Advisories::default() } }
    }

    /// Takes a document.
    pub fn take(&mut self, name: &str, bytes: &[u8]) {
        match Advisory::parse(bytes) {
            Ok(advisory) => self.keep(advisory),
            Err(why) => self.gathered.add_unreadable(name, &why),
        }
    }

    /// Notes a document that could not be read.
    pub fn unreadable(&mut self, name: &str, why: &str) {
        self.gathered.add_unreadable(name, why);
    }

    fn keep(&mut self, advisory: Advisory) {
        let names: BTreeSet<_> = advisory.affected.iter().filter_map(super::osv::Affected::names).collect();
        for ecosystem in names.iter().map(|(ecosystem, _)| *ecosystem).collect::<BTreeSet<_>>() {
            *self.gathered.held.entry(ecosystem).or_default() += 1;
        }
        if !names.is_empty() {
            self.gathered.newest = self.gathered.newest.max(advisory.modified);
        }
        if names.iter().any(|name| self.wanted.contains(name)) {
            self.gathered.found.push(advisory);
        }
    }

    /// Ends.
    pub fn finish(self) -> Advisories {
        self.gathered
    }
}

impl Advisories {
    /// Notes a document that could not be read.
    pub fn add_unreadable(&mut self, name: &str, why: &str) {
        self.unreadable_count += 1;
        if self.unreadable.len() < NAMED {
            let shown: String = format!("{name}: {why}").chars().filter(|c| !c.is_control()).take(200).collect();
            self.unreadable.push(shown);
        }
    }
}
