//! The catalogue of events: types, JSON Schemas, and deterministic samples made from the schemas.

mod catalogue;
mod random;
mod sample;

pub use catalogue::EventType;
pub use random::SplitMix64;
pub use sample::{Event, sample};
