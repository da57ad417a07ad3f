//! Misuse of OAuth and TLS in source code, found by syntax: what code does, not what it says.

mod clients;
mod commands;
mod pairs;
mod search;
mod texts;
mod tls;

pub(super) use commands::insecure;
pub(super) use search::search;
