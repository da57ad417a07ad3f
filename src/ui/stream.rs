//! Outcomes that come one after another: for people on a terminal, else one JSON object a line.

use std::io::{self, Write as _};

use anstream::AutoStream;

use super::output::{Format, Output, choice, with_schema};
use super::render::{Page, Render};
use crate::error::{Error, Explain, Kind, Result};

/// Whether anybody still reads stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// As far as can be told.
    Present,
    /// The other end of the pipe was closed.
    Gone,
}

impl Output {
    /// Whether a stream is written as JSON: where that is asked for, and without a terminal.
    pub fn streams_json(&self) -> bool {
        self.format == Format::Json || !self.stdout_terminal
    }

    /// Writes one record of a stream, at once.
    pub fn record(&self, record: &(impl Render + ?Sized)) -> Result<Reader> {
        let text = if self.streams_json() {
            with_schema(record, true)?
        } else {
            let mut page = Page::default();
            record.human(&mut page);
            page.finish()
        };
        self.write(&text)
    }

    /// Writes the error that a stream ends with and returns its exit code. On stdout it is one line, as every record is;
    /// on stderr it is said aloud unless JSON was asked for.
    pub fn stream_error(&self, error: &Error) -> u8 {
        if self.streams_json() {
            // A reader that has gone away cannot be told anything; the exit code still says it.
            let _ = self.write(&format!("{}\n", super::error::json(error, true)));
        }
        if self.format == Format::Human {
            self.stderr(&super::error::human(error));
        }
        error.kind().exit_code()
    }

    /// The exit code of an outcome that was written as a record.
    pub fn exit_code(outcome: &(impl Render + ?Sized)) -> u8 {
        outcome.verdict().map_or(0, Kind::exit_code)
    }

    fn write(&self, text: &str) -> Result<Reader> {
        let mut stream = AutoStream::new(io::stdout().lock(), choice(self.stdout_color));
        match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
            written => written.or_usage(|| "cannot write to standard output".into()).map(|()| Reader::Present),
        }
    }
}
