//! Keys and what they may do. Secrets are types that cannot be printed by mistake.

mod api_key;
mod name;
mod scope;
mod store_kind;

pub use api_key::{ApiKey, KeyKind};
pub use name::key_name;
pub use scope::{Scope, ScopeSet};
pub use store_kind::StoreKind;
