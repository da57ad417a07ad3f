//! Errors for people and as JSON. They repeat what was typed: what looks like a secret is cut down to its prefix.

use serde::Serialize;

use super::render::{Page, Tone};
use crate::credential::without_secrets;
use crate::error::{Diagnostic, Error, Kind};

/// The JSON document of a failed command.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    error: Body<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    kind: Kind,
    exit_code: u8,
    message: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    causes: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    hints: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<&'a str>,
}

/// Renders the error as one JSON document, on one line where it is to be `compact`.
pub(super) fn json(error: &Error, compact: bool) -> String {
    let body = Body {
        kind: error.kind(),
        exit_code: error.kind().exit_code(),
        message: error.message(),
        causes: error.causes(),
        diagnostics: error.diagnostics(),
        hints: error.hints(),
        log: error.log(),
    };
    let document = Document { schema: "proveniq.error/1", error: body };
    let text = if compact { serde_json::to_string(&document) } else { serde_json::to_string_pretty(&document) };
    text.map_or_else(|_| r#"{"schema":"proveniq.error/1"}"#.to_owned(), |text| without_secrets(&text))
}

/// Renders the error for people: message, causes, places, kept output, hints.
pub(super) fn human(error: &Error) -> String {
    let mut page = Page::default();
    page.block(&format!("{} ", Tone::Bad.paint("error:"))).line(error.message());
    for cause in error.causes() {
        page.block(&format!("  {} ", Tone::Dim.paint("caused by:"))).line(cause);
    }
    for diagnostic in error.diagnostics() {
        page.line(format!("  {diagnostic}"));
        if let Some(hint) = &diagnostic.hint {
            page.line(format!("    {hint}"));
        }
    }
    if let Some(log) = error.log() {
        page.toned(Tone::Dim, "  its output ended with:");
        page.lines("  | ", log.trim_end().lines());
    }
    for hint in error.hints() {
        page.block(&format!("{} ", Tone::Strong.paint("hint:"))).line(hint);
    }
    without_secrets(&page.finish())
}
