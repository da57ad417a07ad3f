//! The view of `listen` that takes the whole terminal. State and keys are a pure function; drawing and the terminal are
//! apart from it.

mod detail;
mod draw;
mod keys;
mod screen;
mod state;
#[cfg(test)]
mod tests;

pub use keys::update;
pub use screen::{Happened, Screen};
pub use state::{Action, Input, Note, State};
