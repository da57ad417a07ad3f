//! What is left out of the verdicts: findings that a person has judged, and those that were there before.

mod account;
mod baseline;
mod settle;
mod suppression;

pub use account::Excepted;
pub use baseline::Baseline;
pub use settle::Exceptions;
pub use suppression::{SUPPRESSIONS_FILE, Suppression, Suppressions};
