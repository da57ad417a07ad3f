//! Webhooks: signature schemes, secrets and signatures; the suites of cases that an endpoint is judged by, and their
//! verdicts. Sends nothing itself: adapters take an [`Attempt`] and bring an [`Answer`].

mod attempt;
mod curl;
mod effect;
mod excerpt;
pub mod exchange;
mod exchange_document;
pub mod explain;
mod judge;
mod junit;
mod report;
mod scheme;
mod secret;
mod signature;
mod signer;
mod suite;
mod tampering;
mod trace;
mod upstream;

pub use attempt::{Answer, Attempt, Delivery, SendFailure, SignedEvent};
pub use effect::{Call, Effects, Reply};
pub use excerpt::Excerpt;
pub use exchange_document::request_from_document;
pub use judge::{Expectation, Judgement, judge};
pub use junit::junit;
pub use report::{CaseReport, Report, Shown, Summary};
pub use scheme::{Parts, Scheme};
pub use secret::{AsymmetricKey, PublicKey, SecretError, SigningSecret};
pub use signature::{sign, sign_asymmetric, verify, verify_asymmetric};
pub use signer::Signer;
pub use suite::{Case, Disturbance, Ground, Repetition, Script, Secrets, Selection, Suite, plan};
pub use tampering::Tampering;
pub use upstream::{Fault, Observation};
