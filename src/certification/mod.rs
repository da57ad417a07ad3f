//! Certification: checks, verdicts and tiers. One engine and one versioned rule set, run by the command line on a project
//! and by the marketplace on the bytes it received.

mod announced;
pub mod attestation;
mod check;
mod checks;
mod documents;
mod engine;
mod evidence;
mod exceptions;
mod explain;
mod finding;
mod finished;
mod imported;
pub mod reports;
mod rule_set;
mod tier;

pub use announced::{AnnouncedRules, NamedRules, RuleMismatch};
pub use check::{Area, Check, CheckVerdict, Kind, Subject};
pub use engine::{Certification, CheckReport, certify};
pub use evidence::{Evidence, Gathered, LatencyRun};
pub use exceptions::{Baseline, Excepted, Exceptions, SUPPRESSIONS_FILE, Suppression, Suppressions};
pub use explain::explain;
pub use finding::{Finding, LeftOut, Level};
pub use finished::Finished;
pub use imported::{Imported, MOST_IMPORTED_BYTES, Origin};
pub use rule_set::{RULE_SETS, RuleSet};
pub use tier::Tier;
