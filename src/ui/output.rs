//! Named channels: data on stdout; status, warnings, hints and errors on stderr.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::progress::{Progress, Waiting};
use super::render::{Page, Render, Tone};
use crate::error::{Error, Explain, Kind, Result};

/// How outcomes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    Human,
    /// One JSON document.
    Json,
}

/// How much is told on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Only outcomes and errors.
    Quiet,
    /// Status, warnings and hints too.
    Normal,
    /// Details too.
    Verbose,
}

/// Where a command's words go. Made once from the resolved options.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is about one of the two streams")]
pub struct Output {
    /// Format of outcomes and errors.
    pub format: Format,
    /// How much is told on the way.
    pub verbosity: Verbosity,
    /// Whether stdout is a terminal; where it is none, streams are one JSON object a line.
    pub stdout_terminal: bool,
    /// Colour on stdout.
    pub stdout_color: bool,
    /// Colour on stderr.
    pub stderr_color: bool,
    /// Whether stderr is a terminal that can show progress bars.
    pub stderr_terminal: bool,
}

impl Output {
    /// Tells what is being done, for people who wait: `verb` right-aligned, then the rest.
    pub fn status(&self, verb: &str, text: impl AsRef<str>) {
        if self.verbosity >= Verbosity::Normal {
            let mut page = Page::default();
            page.block(&format!("{} ", Tone::Good.paint(&format!("{verb:>12}")))).line(text);
            self.stderr(&page.finish());
        }
    }

    /// Tells a detail that only `--verbose` shows.
    pub fn detail(&self, text: impl AsRef<str>) {
        if self.verbosity >= Verbosity::Verbose {
            let mut page = Page::default();
            page.toned(Tone::Dim, format!("{:>12} {}", "", text.as_ref()));
            self.stderr(&page.finish());
        }
    }

    /// Warns of something that did not stop the command.
    pub fn warning(&self, text: impl AsRef<str>) {
        if self.verbosity >= Verbosity::Normal {
            let mut page = Page::default();
            page.block(&format!("{} ", Tone::Warn.paint("warning:"))).line(text);
            self.stderr(&page.finish());
        }
    }

    /// Says what to do next.
    pub fn hint(&self, text: impl AsRef<str>) {
        if self.verbosity >= Verbosity::Normal {
            let mut page = Page::default();
            page.block(&format!("{} ", Tone::Strong.paint("hint:"))).line(text);
            self.stderr(&page.finish());
        }
    }

    /// Starts a progress bar over `total` bytes; invisible where stderr is no terminal, in JSON and when quiet.
    pub fn progress(&self, verb: &'static str, total: u64) -> Progress {
        Progress::new(self.shows_progress(), verb, total)
    }

    /// Shows that work goes on, where a person looks at it.
    pub fn waiting(&self) -> Waiting {
        Waiting::counting(self.shows_progress())
    }

    /// Tells what is under way, and for how long by now where a person looks at it, until what is returned is dropped.
    pub fn under_way(&self, verb: &str, text: impl AsRef<str>) -> Waiting {
        self.status(verb, text);
        Waiting::timing(self.shows_progress())
    }

    fn shows_progress(&self) -> bool {
        self.stderr_terminal && self.verbosity >= Verbosity::Normal && self.format == Format::Human
    }

    /// Tells an address that is to be opened: on stderr, also when little is told, since nothing else tells it.
    pub fn address(&self, verb: &str, url: &str) {
        let mut page = Page::default();
        page.block(&format!("{} ", Tone::Good.paint(&format!("{verb:>12}")))).line(url);
        self.stderr(&page.finish());
    }

    /// Prints the outcome of a command and returns its exit code.
    pub fn outcome(&self, outcome: &(impl Render + ?Sized)) -> Result<u8> {
        match self.format {
            Format::Json => self.stdout(&with_schema(outcome, false)?)?,
            Format::Human => {
                let mut page = Page::default();
                outcome.human(&mut page);
                self.stdout(&page.finish())?;
                outcome.hints().iter().for_each(|hint| self.hint(hint));
            }
        }
        Ok(outcome.verdict().map_or(0, Kind::exit_code))
    }

    /// Prints the outcome of a command whose stdout holds something else: for people, on stderr.
    pub fn outcome_aside(&self, outcome: &(impl Render + ?Sized)) -> u8 {
        if self.verbosity >= Verbosity::Normal {
            let mut page = Page::default();
            outcome.human(&mut page);
            self.stderr(&page.finish());
            outcome.hints().iter().for_each(|hint| self.hint(hint));
        }
        outcome.verdict().map_or(0, Kind::exit_code)
    }

    /// Writes a credential to stdout, alone on a line, because that was asked for. Here a closed pipe is an error: nobody
    /// has the credential then.
    pub fn credential(&self, secret: &SecretString) -> Result<()> {
        let mut stream = io::stdout().lock();
        let written = stream.write_all(format!("{}\n", secret.expose_secret()).as_bytes());
        written.and_then(|()| stream.flush()).or_usage(|| "cannot write to standard output".into())
    }

    /// Prints an error and returns its exit code. In JSON the document goes to stdout, as every document does.
    pub fn error(&self, error: &Error) -> u8 {
        match self.format {
            // A reader of stdout that has gone away cannot be told anything; the exit code still says it.
            Format::Json => drop(self.stdout(&format!("{}\n", super::error::json(error, false)))),
            Format::Human => self.stderr(&super::error::human(error)),
        }
        error.kind().exit_code()
    }

    /// Prints what is wrong with the arguments, in the words of the parser, and returns the exit code.
    pub fn refusal(&self, text: &str) -> u8 {
        self.stderr(text);
        Kind::Usage.exit_code()
    }

    /// Writes raw data to stdout. A closed pipe is no error: the reader has seen what it wanted.
    pub fn stdout(&self, text: &str) -> Result<()> {
        let mut stream = AutoStream::new(io::stdout().lock(), choice(self.stdout_color));
        match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.or_usage(|| "cannot write to standard output".into()),
        }
    }

    pub(super) fn stderr(&self, text: &str) {
        let mut stream = AutoStream::new(io::stderr().lock(), choice(self.stderr_color));
        // There is nowhere left to complain when stderr itself fails.
        let _ = stream.write_all(text.as_bytes());
    }
}

pub(super) fn choice(color: bool) -> ColorChoice {
    if color { ColorChoice::Always } else { ColorChoice::Never }
}

/// Serialises an outcome with its `schema` as the first field, on one line where it is to be `compact`.
pub(super) fn with_schema(outcome: &(impl Render + ?Sized), compact: bool) -> Result<String> {
    #[derive(Serialize)]
    struct Document<'a, T: ?Sized> {
        schema: &'static str,
        #[serde(flatten)]
        outcome: &'a T,
    }
    let document = Document { schema: outcome.schema(), outcome };
    let text = if compact { serde_json::to_string(&document) } else { serde_json::to_string_pretty(&document) };
    let mut text = text.or_bug(|| "cannot serialise the outcome".into())?;
    text.push('\n');
    Ok(text)
}
