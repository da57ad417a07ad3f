//! Keys and what they may do, and how they rotate. Secrets are types that cannot be printed by mistake.

mod api_key;
mod bearer;
mod due;
mod form;
mod hygiene;
mod lifetime;
mod login;
mod name;
mod notice;
pub mod pkce;
mod redact;
mod request;
mod rotation;
#[cfg(test)]
mod rotation_tests;
mod sandbox_code;
mod scope;
mod signing_key;
mod store_kind;
mod target;
mod token;

pub use api_key::{ApiKey, KeyKind};
pub use bearer::Bearer;
pub use due::{Due, due};
pub use hygiene::{KeyFacts, Remark, remarks};
pub use lifetime::{LONGEST_LIFE, lifetime_text, parse_lifetime};
pub use login::Login;
pub use name::{is_invisible, key_name, looks_like_ours, secret_in};
pub use notice::{ends_within_notice, in_words, unused_beyond_notice};
pub use redact::{redact, without_secrets};
pub use request::request_name;
pub use rotation::{Done, KeySource, Phase, Rotation, Step, Subject};
pub use sandbox_code::sandbox_sign_in_code;
pub use scope::{Scope, ScopeSet};
pub use signing_key::{Fingerprint, PublicKey, SigningKey};
pub use store_kind::StoreKind;
pub use target::{Program, Target};
pub use token::{Token, TokenKind};
