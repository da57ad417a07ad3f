//! What a certification came to, for machines: one model file for each form.

mod form;
mod github;
mod json;
mod junit;
mod reported;
mod sarif;

pub use form::Form;
pub use github::github;
pub use json::{JSON_SCHEMA_NAME, Json, json_schema};
pub use junit::junit;
pub use reported::Reported;
pub use sarif::sarif;
