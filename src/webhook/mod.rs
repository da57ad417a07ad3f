//! Webhooks: signature schemes, secrets and signatures; the suites of cases that an endpoint is judged by, and their
//! verdicts; load tests with their latencies and gates; retry schedules; captured exchanges and why they do not verify.
//! Sends nothing itself: adapters take an [`Attempt`] and bring an [`Answer`].

mod attempt;
pub mod curl;
mod effect;
mod excerpt;
pub mod exchange;
mod exchange_document;
pub mod explain;
mod gate;
pub mod history;
mod judge;
mod junit;
mod latency;
mod load;
mod load_message;
mod load_work;
mod once;
mod rate_search;
mod recovery;
mod report;
mod retry_schedule;
mod retry_simulation;
mod scheme;
mod secret;
mod signature;
mod signer;
mod span;
mod suite;
mod tampering;
mod trace;
mod upstream;

pub use attempt::{Answer, Attempt, Delivery, SendFailure, SignedEvent};
pub use effect::{Call, Effects, Reply};
pub use excerpt::Excerpt;
pub use exchange_document::request_from_document;
pub use gate::{Gate, GateVerdict};
pub use judge::{Expectation, Judgement, judge};
pub use junit::junit;
pub use latency::{CONFIDENCE, Interval, Latencies, LatencySummary, Quantile};
pub use load::{LoadFailure, LoadPlan, LoadReport, LoadTally, Pace};
pub use load_message::{LoadBodies, LoadMessage, LoadSigner, MessageIds, StandardSigner, load_signer};
pub use load_work::LoadWork;
pub use rate_search::RateSearch;
pub use recovery::{Fate, Recovery};
pub use report::{CaseReport, Report, Shown, Summary};
pub use retry_schedule::{ATTEMPT_TIMEOUT, AttemptResult, Decision, RetryAfter, RetrySchedule, ScheduleName};
pub use retry_simulation::{AnswerScript, Conclusion, SimulatedAttempt, Simulation, simulate};
pub use scheme::{Parts, Scheme};
pub use secret::{AsymmetricKey, PublicKey, SecretError, SigningSecret};
pub use signature::{sign, sign_asymmetric, verify, verify_asymmetric};
pub use signer::Signer;
pub use span::{duration_text, parse_duration};
pub use suite::{Case, Disturbance, Ground, Repetition, Script, Secrets, Selection, Suite, plan};
pub use tampering::Tampering;
pub use upstream::{Fault, Observation};
