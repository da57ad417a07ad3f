//! Certification: checks, verdicts and tiers. One engine and one versioned rule set, run by the command line on a project
//! and by the marketplace on the bytes it received.

mod check;
mod checks;
mod documents;
mod engine;
mod evidence;
mod finding;
mod finished;
mod rule_set;
mod tier;

pub use check::{Area, Check, CheckVerdict, Kind, Subject};
pub use engine::{Certification, CheckReport, certify};
pub use evidence::{Evidence, Gathered, LatencyRun};
pub use finding::{Finding, Level};
pub use finished::Finished;
pub use rule_set::{RULE_SETS, RuleSet};
pub use tier::Tier;
