//! The catalogue of events: types, JSON Schemas, and deterministic samples made from the schemas.

mod catalogue;
mod payload;
mod random;
mod sample;
mod validate;

pub use catalogue::EventType;
pub use payload::{Change, problems};
pub use random::SplitMix64;
pub use sample::{Event, Shape, sample, sample_value, shaped, unheard_of};
pub use validate::{Violation, validate};
