//! The only code that prints. stdout carries data, stderr everything else; a command's outcome is rendered for people or
//! as one JSON document with a `schema` field.

mod error;
mod keys;
pub mod listen_view;
mod output;
mod progress;
mod prompt;
mod render;
mod stream;
mod table;
mod terminal;
mod wrap;

pub use keys::Keys;
pub use output::{Format, Output, Verbosity};
pub use progress::{Progress, Waiting};
pub use prompt::Prompter;
pub use render::{Page, Render, Tone, path_text, plain};
pub use stream::Reader;
pub use table::Table;
pub use terminal::Terminal;
pub use wrap::wrapped;
