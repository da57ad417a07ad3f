//! `proveniq` takes an integration developer from an empty folder to a certified, published marketplace integration.
//!
//! # Code map
//!
//! - [`cli`]: what can be typed. [`context`]: what it means here. [`commands`]: one file for each command, made of
//!   [`stages`]. [`ui`]: the only code that prints. [`error`]: kinds, hints, exit codes.
//! - The domain does no I/O of its own: [`manifest`], [`template`], [`event`], [`webhook`], [`scan`], [`certification`],
//!   [`package`], [`publication`], [`credential`], [`wire`], with [`toml_reader`] and [`verdict`] below them.
//! - [`interrupt`]: being asked to end.
//! - [`adapters`]: the outside world. [`marketplace`]: the embedded server.
//!
//! ARCHITECTURE.md tells the invariants; a test checks them.

pub mod adapters;
pub mod certification;
pub mod cli;
pub mod commands;
pub mod context;
pub mod credential;
pub mod error;
pub mod event;
pub mod interrupt;
pub mod manifest;
#[cfg(feature = "server")]
pub mod marketplace;
pub mod package;
pub mod publication;
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

use clap::{Parser as _, ValueEnum as _};

use cli::{Cli, ColorArg, GlobalArgs};
use context::{Context, Environment, Terminals};
use error::Error;
use ui::Format;

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
        Err(refused) => return explain_refusal(&refused, arguments, &environment, terminals),
    };
    let output = context::output(&cli.global, &environment, terminals);
    let finished =
        Context::resolve(cli.global, environment, terminals).and_then(|context| commands::run(&context, cli.command));
    finished.unwrap_or_else(|error| output.error(&error))
}

/// Prints help, version or what is wrong with the arguments: in clap's own words for people, as a document for programs.
/// The arguments could not be parsed as a whole, so that what decides the form is looked for among them.
fn explain_refusal(
    refused: &clap::Error,
    arguments: &[OsString],
    environment: &Environment,
    terminals: Terminals,
) -> u8 {
    let global = GlobalArgs {
        json: arguments.iter().any(|word| word == "--json") || typed(arguments, "--format") == Some("json"),
        color: typed(arguments, "--color").and_then(|word| ColorArg::from_str(word, false).ok()).unwrap_or_default(),
        ..GlobalArgs::default()
    };
    let output = context::output(&global, environment, terminals);
    let text = refused.render();
    if !refused.use_stderr() {
        return output.stdout(&text.ansi().to_string()).map_or_else(|error| output.error(&error), |()| 0);
    }
    if output.format == Format::Json {
        output.error(&refusal(&text.to_string()))
    } else {
        output.refusal(&text.ansi().to_string())
    }
}

/// The value that was typed for an option.
fn typed<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a str> {
    let mut words = arguments.iter().map(|word| word.to_str().unwrap_or_default());
    let found =
        words.find_map(|word| word.strip_prefix(option).filter(|rest| rest.is_empty() || rest.starts_with('=')))?;
    if found.is_empty() { words.next() } else { found.strip_prefix('=') }
}

/// Takes clap's words apart: the message, with the list that may follow it, and what helps.
fn refusal(text: &str) -> Error {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let mut message = lines.next().unwrap_or("the arguments are wrong").trim_start_matches("error: ").to_owned();
    let mut listed = Vec::new();
    while let Some(line) = lines.next_if(|line| message.ends_with(':') && !line.starts_with("Usage:")) {
        listed.push(line);
    }
    if !listed.is_empty() {
        message = format!("{message} {}", listed.join(", "));
    }
    lines.fold(Error::usage(message), |error, line| error.hint(line.trim_start_matches("tip: ")))
}
