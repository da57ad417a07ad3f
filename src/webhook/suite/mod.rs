//! The suites: which cases there are, what each sends, what is due, and how to mend a handler that fails it.

mod case;
mod delivery;
mod plan;
mod replay;
mod robustness;
mod signature;
mod upstream;

pub use case::{Case, Disturbance, Repetition, Script, Secrets, Suite};
pub use plan::{Ground, Selection, plan};
