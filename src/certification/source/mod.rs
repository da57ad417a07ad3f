//! Source code as the checks see it: parsed, then lowered from each language's syntax to one small form, so that a rule is
//! written once. What a comment, a docstring or a type says is not part of that form.

mod constants;
mod expression;
mod import;
mod javascript;
mod language;
mod lower;
mod parse;
mod python;
mod python_imports;
mod rust;
mod rust_macros;
mod scope;

pub(super) use constants::Constants;
pub(super) use expression::{Argument, Call, Entry, Expression, Kind, Piece, Place, last_part};
pub(super) use import::Import;
pub(super) use language::Language;
pub(super) use parse::{LARGEST, Parsed, Unread, parse};
pub(super) use scope::Scopes;
