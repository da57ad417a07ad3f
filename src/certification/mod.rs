//! Certification: checks, verdicts and tiers. One engine and one versioned rule set, run by the command line on a project
//! and by the marketplace on the bytes it received.

mod announced;
pub mod attestation;
mod authorization;
mod check;
mod checks;
mod compatibility;
mod content;
mod documents;
mod endpoint;
mod engine;
mod evidence;
mod exceptions;
mod explain;
mod finding;
mod finished;
mod guide;
mod history;
mod imported;
mod oauth;
mod rebuilt;
pub mod reports;
mod rule_set;
mod source;
mod sources;
mod tier;
mod work_tree;

pub use announced::{AnnouncedRules, NamedRules, RuleMismatch};
pub use authorization::{Act, AuthorizationRequest, Heard, Party, ScopeRequest, Step, Transcript};
pub use check::{Area, Check, CheckVerdict, Kind, Subject};
pub use compatibility::{Published, predecessor};
pub use endpoint::{Answer, EndpointTls, OldVersion};
pub use engine::{Certification, CheckReport, certify};
pub use evidence::{Evidence, Gathered, LatencyRun};
pub use exceptions::{Baseline, Excepted, Exceptions, SUPPRESSIONS_FILE, Suppression, Suppressions};
pub use explain::explain;
pub use finding::{Finding, LeftOut, Level};
pub use finished::Finished;
pub use guide::{Block, Command, CommandEnd, CommandRun, marked_commands};
pub use history::{Committed, History};
pub use imported::{Imported, MOST_IMPORTED_BYTES, Origin};
pub use rebuilt::{Change, Rebuilt};
pub use rule_set::{RULE_SETS, RuleSet};
pub use tier::Tier;
pub use work_tree::{NotShipped, WorkTree};
