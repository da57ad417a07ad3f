//! Templates: the catalogue that is built in, answers, and rendering. Writes no files.

mod answers;
mod catalogue;
mod names;
mod render;
mod sdk;

pub use answers::Answers;
pub use catalogue::{Template, TemplateInfo, catalogue, find};
pub use names::title_of;
pub use render::{RenderedFile, render, rendered_paths};
