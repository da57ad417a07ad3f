//! Parses, runs, and turns the outcome into an exit code.

use std::process::ExitCode;

use proveniq::error::Kind;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    // What went wrong has been printed by then; the exit code says that it is our fault.
    let code = std::panic::catch_unwind(|| proveniq::run(&arguments)).unwrap_or(Kind::Bug.exit_code());
    ExitCode::from(code)
}
