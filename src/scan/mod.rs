//! The secret scanner: bytes in, findings out. Rules go by the providers' own token formats, so that a finding is a
//! secret and not a guess; what only a name gives away warns, unless it is strong. Walks no files.

mod archive;
mod assignment;
mod checksum;
mod config;
mod encoding;
mod file;
mod finding;
mod form;
mod generic;
mod matches;
mod name;
mod nature;
mod place;
mod plausible;
mod prefilter;
mod published;
mod rule;
mod rules;
mod run;
mod scanner;
mod stream;
mod structure;
mod words;

pub use config::Config;
pub use file::{FileSearch, LARGEST_SEARCHED, Searched, is_archive};
pub use finding::{Finding, Severity};
pub use form::synthesise;
pub use rule::{Provider, Rule};
pub use rules::PROVIDERS;
pub use scanner::Scanner;
pub use stream::{Bounds, Streamed};
