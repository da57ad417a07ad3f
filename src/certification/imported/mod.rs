//! Findings of other scanners, taken in from their SARIF reports. Such a report is foreign: it is bounded, read strictly
//! where it matters, and what it says is shown only where it holds no secret.

mod log;
mod place;
mod sarif;

pub use place::Origin;
pub use sarif::{Imported, MOST_IMPORTED_BYTES};
