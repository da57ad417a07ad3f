//! Publishing: what would change, and the receipt that is kept.

mod plan;

pub use plan::{Plan, Step};
