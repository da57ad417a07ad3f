//! Arguments that were not taken: help, version, or what is wrong with them.

use std::ffi::OsString;

use clap::ValueEnum as _;

use crate::cli::{ColorArg, GlobalArgs};
use crate::context::{self, Environment, Terminals};
use crate::credential::without_secrets;
use crate::error::Error;
use crate::ui::Format;

/// Prints help, version or what is wrong with the arguments: in clap's own words for people, as a document for programs.
/// Those words repeat arguments, so that secrets are taken out of them.
/// The arguments could not be parsed as a whole, so that what decides the form is looked for among them.
pub(crate) fn explain(
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
        output.error(&error_of(&without_secrets(&text.to_string())))
    } else {
        output.refusal(&without_secrets(&text.ansi().to_string()))
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
fn error_of(text: &str) -> Error {
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
