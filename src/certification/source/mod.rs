//! Source code as the checks see it: parsed, then lowered from each language's syntax to one small form, so that a rule is
//! written once. What a comment, a docstring or a type says is not part of that form.

mod constants;
mod expression;
mod javascript;
mod language;
mod lower;
mod parse;
mod python;
mod rust;
mod rust_macros;

pub(super) use constants::Constants;
pub(super) use expression::{Argument, Call, Entry, Expression, Kind, Piece, Place};
pub(super) use language::Language;
pub(super) use parse::{LARGEST, Unread, parse};
