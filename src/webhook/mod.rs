//! Standard Webhooks: signing secrets and signatures, and the suite of cases that an endpoint is judged by.
//! Sends nothing itself: adapters take an [`Attempt`] and bring an [`Answer`].

mod attempt;
mod judge;
mod report;
mod secret;
mod signature;
mod suite;

pub use attempt::{Answer, Attempt, Delivery, SendFailure, SignedEvent, Tampering};
pub use judge::{Expectation, judge};
pub use report::{CaseReport, Exchange, Report, Summary};
pub use secret::{AsymmetricKey, PublicKey, SecretError, SigningSecret};
pub use signature::{sign, sign_asymmetric, verify, verify_asymmetric};
pub use suite::{Case, core_suite};
