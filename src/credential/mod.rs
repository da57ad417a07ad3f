//! Keys and what they may do. Secrets are types that cannot be printed by mistake.

mod api_key;
mod bearer;
mod form;
mod login;
mod name;
mod notice;
pub mod pkce;
mod sandbox_code;
mod scope;
mod store_kind;
mod token;

pub use api_key::{ApiKey, KeyKind};
pub use bearer::Bearer;
pub use login::Login;
pub use name::key_name;
pub use notice::{ends_within_notice, in_words, unused_beyond_notice};
pub use sandbox_code::sandbox_sign_in_code;
pub use scope::{Scope, ScopeSet};
pub use store_kind::StoreKind;
pub use token::{Token, TokenKind};
