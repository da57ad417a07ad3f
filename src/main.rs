//! Parses, runs, and turns the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(proveniq::run(&std::env::args_os().collect::<Vec<_>>()))
}
