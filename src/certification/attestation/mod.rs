//! Attestations: what a certification found, as an in-toto statement in a signed DSSE envelope, and what becomes of it.
//!
//! `Certification -> Statement -> Envelope`, and back: `Envelope -> Opened -> Statement -> Claimed -> Repeated`. Nothing is read from an
//! envelope before its signature was verified.

mod claimed;
mod countersignature;
mod envelope;
mod left_out;
mod predicate;
mod repeated;
mod statement;
mod unambiguous;

pub use claimed::{Claimed, Difference, claimed};
pub use countersignature::{COUNTERSIGNATURE, Countersignature, Endorsed, RestsOn};
pub use envelope::{Envelope, EnvelopeSignature, LARGEST_ENVELOPE, Opened, Refused};
pub use left_out::LeftOutCounts;
pub use predicate::{CERTIFICATION, CertifiedCheck, Predicate, Tool};
pub use repeated::{Repeated, repeat};
pub use statement::{Statement, Subject, yet_to_come};
