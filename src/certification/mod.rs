//! Certification: checks, verdicts and tiers. One engine and one rule set, run by the command line on a project and by
//! the marketplace on the bytes it received.

mod check;
mod checks;
mod documents;
mod engine;
mod tier;

pub use check::{Area, Check, CheckVerdict, Evidence, Finding, Finished, Kind, Subject};
pub use checks::CHECKS;
pub use engine::{Certification, CheckReport, RULE_SET, certify};
pub use tier::Tier;
