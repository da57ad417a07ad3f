//! Publishing: what would change, and the versions that it makes.

mod plan;
mod versioned_name;

pub use plan::{Plan, Step};
pub use versioned_name::VersionedName;
