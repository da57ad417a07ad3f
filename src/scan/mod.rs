//! The secret scanner: bytes in, findings out. Rules go by the providers' own token formats, so that a finding is a
//! secret and not a guess. Walks no files.

mod finding;
mod rules;
mod scanner;

pub use finding::{Finding, Severity};
pub use rules::Rule;
pub use scanner::Scanner;
