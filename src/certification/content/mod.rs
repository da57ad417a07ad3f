//! What a shipped file is, going by its name and its first bytes: left behind, a program, made by a machine.

mod generated;
mod program;
mod stray;

pub(super) use generated::is_generated;
pub(super) use program::{is_opaque, program};
pub(super) use stray::is_stray;
