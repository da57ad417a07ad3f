//! `proveniq` takes an integration developer from an empty folder to a certified, published marketplace integration.
//!
//! # Code map
//!
//! - [`cli`]: what can be typed. [`context`]: what it means here. [`commands`]: one file for each command, made of
//!   [`stages`]. [`ui`]: the only code that prints. [`error`]: kinds, hints, exit codes.
//! - The domain does no I/O of its own: [`manifest`], [`template`], [`event`], [`webhook`], [`scan`], [`advisory`], [`certification`],
//!   [`package`], [`publication`], [`credential`], [`wire`], with [`toml_reader`], [`verdict`] and [`junit`] below them.
//! - [`interrupt`]: being asked to end.
//! - [`adapters`]: the outside world. [`marketplace`]: the embedded server.
//!
//! ARCHITECTURE.md tells the invariants; a test checks them.

pub mod adapters;
pub mod advisory;
pub mod audit;
pub mod certification;
pub mod cli;
pub mod commands;
pub mod context;
pub mod credential;
pub mod error;
pub mod event;
pub mod interrupt;
pub mod junit;
pub mod manifest;
#[cfg(feature = "server")]
pub mod marketplace;
pub mod package;
pub mod publication;
mod refusal;
pub mod scan;
pub mod stages;
pub mod template;
pub mod toml_reader;
pub mod ui;
pub mod verdict;
pub mod webhook;
pub mod wire;

use std::ffi::OsString;
use std::io::IsTerminal as _;

use clap::Parser as _;

use cli::Cli;
use context::{Context, Environment, Terminals};

/// Runs the program with `arguments`, the first of which is its name; returns the exit code.
pub fn run(arguments: &[OsString]) -> u8 {
    let environment = Environment::from_process();
    let terminals = Terminals {
        stdin: std::io::stdin().is_terminal(),
        stdout: std::io::stdout().is_terminal(),
        stderr: std::io::stderr().is_terminal(),
    };
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(refused) => return refusal::explain(&refused, arguments, &environment, terminals),
    };
    let output = context::output(&cli.global, &environment, terminals);
    let finished =
        Context::resolve(cli.global, environment, terminals).and_then(|context| commands::run(&context, cli.command));
    finished.unwrap_or_else(|error| output.error(&error))
}
