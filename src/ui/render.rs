//! What a command's outcome must be able to do, and the page it is written on.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::wrap::wrapped;
use crate::error::Kind;

/// The outcome of a command: one value, rendered for people or as JSON.
pub trait Render: Serialize {
    /// Name and version of the JSON document, such as `proveniq.pack/1`.
    fn schema(&self) -> &'static str;

    /// Writes the outcome for people.
    fn human(&self, page: &mut Page);

    /// The kind of end, where the command ran but not everything asked for holds.
    fn verdict(&self) -> Option<Kind> {
        None
    }

    /// What to do next; shown to people on stderr and left out of JSON.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Serialises a path as text. One that is not UTF-8 is shown as it is for people: a document must not fail for a name.
pub fn path_text<S: serde::Serializer>(path: &std::path::Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// Meaning of a piece of text; decides its colour where there is colour. Text must make sense without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Holds.
    Good,
    /// Does not hold.
    Bad,
    /// Wants attention.
    Warn,
    /// Of less interest.
    Dim,
    /// A heading or a name.
    Strong,
    /// Ordinary text.
    Plain,
}

impl Tone {
    /// The terminal style of this tone.
    pub fn style(self) -> Style {
        match self {
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Dim => Style::new().dimmed(),
            Tone::Strong => Style::new().bold(),
            Tone::Plain => Style::new(),
        }
    }

    /// Wraps `text` in this tone's escape codes.
    pub fn paint(self, text: &str) -> String {
        let style = self.style();
        format!("{style}{}{style:#}", printable(text))
    }
}

/// Width of a field's name and what follows it.
const INDENT: &str = "             ";

/// Text for people under construction. Colours are always written; the stream strips them where they do not belong.
#[derive(Debug, Default)]
pub struct Page {
    text: String,
}

impl Page {
    /// Adds a line. Control characters in it are made visible, so that foreign text cannot steer the terminal.
    pub fn line(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.text.push_str(&printable(text.as_ref()));
        self.text.push('\n');
        self
    }

    /// Adds lines, each behind `indent`.
    pub fn lines(&mut self, indent: &str, lines: impl IntoIterator<Item = impl AsRef<str>>) -> &mut Self {
        for line in lines {
            self.line(format!("{indent}{}", line.as_ref()));
        }
        self
    }

    /// Adds text of one tone, broken at 80 columns: the first line behind `first`, the others behind as many spaces and
    /// two more.
    pub fn wrapped(&mut self, first: &str, tone: Tone, text: impl AsRef<str>) -> &mut Self {
        let rest = " ".repeat(first.width() + 2);
        for (index, line) in wrapped(text.as_ref().split_whitespace(), first, &rest).iter().enumerate() {
            let before = if index == 0 { first } else { &rest };
            self.block(before).toned(tone, &line[before.len()..]);
        }
        self
    }

    /// Adds a line of one tone.
    pub fn toned(&mut self, tone: Tone, text: impl AsRef<str>) -> &mut Self {
        self.text.push_str(&tone.paint(text.as_ref()));
        self.text.push('\n');
        self
    }

    /// Adds a `name  value` line, names aligned to 12 columns.
    pub fn field(&mut self, name: &str, value: impl AsRef<str>) -> &mut Self {
        let _ = writeln!(self.text, "{} {}", Tone::Dim.paint(&format!("{name:<12}")), printable(value.as_ref()));
        self
    }

    /// The same with words, on as many lines of 80 columns as they take.
    pub fn words<'a>(&mut self, name: &str, words: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let mut lines = wrapped(words, INDENT, INDENT).into_iter();
        self.field(name, lines.next().unwrap_or_default().trim_start());
        self.lines("", lines)
    }

    /// Adds text that is already rendered, such as a table.
    pub fn block(&mut self, rendered: &str) -> &mut Self {
        self.text.push_str(rendered);
        self
    }

    /// Adds an empty line.
    pub fn gap(&mut self) -> &mut Self {
        self.text.push('\n');
        self
    }

    /// Returns the finished text.
    pub fn finish(self) -> String {
        self.text
    }
}

/// The outcome for people, without colours.
pub fn plain(outcome: &impl Render) -> String {
    let mut page = Page::default();
    outcome.human(&mut page);
    anstream::adapter::strip_str(&page.finish()).to_string()
}

/// Replaces control characters other than tab and newline by a visible form.
pub(super) fn printable(text: &str) -> std::borrow::Cow<'_, str> {
    if text.chars().all(|c| !c.is_control() || c == '\t' || c == '\n') {
        return text.into();
    }
    text.chars()
        .map(|c| if c.is_control() && c != '\t' && c != '\n' { c.escape_default().to_string() } else { c.to_string() })
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\r"), "a\\u{1b}[2Jb\\r");
        assert_eq!(printable("plain\ttext\n"), "plain\ttext\n");
    }
}
