//! A request or an answer as rows of text. Whatever could steer the terminal is made visible.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthChar as _;

use super::state::Tab;
use crate::webhook::exchange::{Exchange, Header};

/// Bytes of a body that are shown.
const SHOWN: usize = 64 << 10;

/// Text without anything that steers the terminal or the direction of writing.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let format = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}');
        match c {
            '\t' => shown.push_str("    "),
            c if c.is_control() || format => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown
}

/// The rows of one part of an exchange, wrapped at `columns`.
pub(super) fn rows(exchange: &Exchange, tab: Tab, columns: u16) -> Vec<Line<'static>> {
    let mut rows = Rows { lines: Vec::new(), columns: usize::from(columns).max(8) };
    match (tab, exchange.forward.as_ref().map(|forward| (&forward.url, &forward.result))) {
        (Tab::Request, _) => {
            let request = &exchange.arrival.request;
            rows.text(&format!("{} {}", request.method, request.path), Style::new().add_modifier(Modifier::BOLD));
            rows.message(&request.headers, &request.body);
        }
        (Tab::Response, None) => rows.text("It was received and not passed on.", Style::new()),
        (Tab::Response, Some((url, result))) => {
            rows.text(url, Style::new().add_modifier(Modifier::DIM));
            match result {
                Err(failure) => rows.text(&failure.to_string(), Style::new().fg(Color::Red)),
                Ok(reply) => {
                    rows.text(&reply.status.to_string(), Style::new().add_modifier(Modifier::BOLD));
                    rows.message(&reply.headers, &reply.body);
                    if reply.truncated {
                        rows.text("The body was longer; its beginning is kept.", Style::new());
                    }
                }
            }
        }
    }
    rows.lines
}

struct Rows {
    lines: Vec<Line<'static>>,
    columns: usize,
}

impl Rows {
    fn message(&mut self, headers: &[Header], body: &[u8]) {
        for header in headers {
            let value = String::from_utf8_lossy(&header.value);
            let value = if header.is_credential() { "(not shown)".into() } else { value };
            self.text(&format!("{}: {value}", header.name), Style::new().add_modifier(Modifier::DIM));
        }
        self.lines.push(Line::default());
        let shown = &body[..body.len().min(SHOWN)];
        match text_of(shown, body.len()) {
            None => shown.chunks(16).for_each(|bytes| self.text(&hex(bytes), Style::new())),
            Some(text) => {
                let json = body.len() <= SHOWN && serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
                let text = if json { laid_out(text) } else { text.to_owned() };
                text.split('\n').for_each(|line| self.text(line, Style::new()));
            }
        }
        if body.len() > SHOWN {
            self.text(&format!("… {} bytes in all", body.len()), Style::new().add_modifier(Modifier::DIM));
        }
    }

    /// Adds text, wrapped where the terminal ends.
    fn text(&mut self, text: &str, style: Style) {
        let (mut row, mut width) = (String::new(), 0);
        for c in visible(text).chars() {
            let wide = c.width().unwrap_or(0);
            if width + wide > self.columns {
                self.lines.push(Line::from(Span::styled(std::mem::take(&mut row), style)));
                width = 0;
            }
            row.push(c);
            width += wide;
        }
        self.lines.push(Line::from(Span::styled(row, style)));
    }
}

/// The beginning of a body as text; a character that is cut at its end does not make it bytes.
fn text_of(shown: &[u8], whole: usize) -> Option<&str> {
    match std::str::from_utf8(shown) {
        Ok(text) => Some(text),
        Err(why) if whole > shown.len() && why.error_len().is_none() => {
            std::str::from_utf8(&shown[..why.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = bytes.iter().map(|byte| if (b' '..=b'~').contains(byte) { char::from(*byte) } else { '.' });
    format!("{:<47}  {}", digits.join(" "), text.collect::<String>())
}

/// Lays JSON out without reading its values: numbers and escapes stay as they were sent.
fn laid_out(text: &str) -> String {
    let mut out = String::new();
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    let mut chars = text.chars().filter(|c| *c != '\r').peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth.min(20)));
    };
    while let Some(c) = chars.next() {
        if quoted {
            out.push(c);
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            ' ' | '\t' | '\n' => {}
            '{' | '[' => {
                out.push(c);
                while chars.peek().is_some_and(char::is_ascii_whitespace) {
                    chars.next();
                }
                depth += 1;
                if !matches!(chars.peek(), Some('}' | ']')) {
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !out.ends_with(['{', '[']) {
                    line(&mut out, depth);
                }
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c => {
                quoted = c == '"';
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_its_values_stay_as_they_were() {
        let text = r#"{"a":1.0,"b":[ ],"c":{"d":"x\"{,"}}"#;
        assert_eq!(laid_out(text), "{\n  \"a\": 1.0,\n  \"b\": [],\n  \"c\": {\n    \"d\": \"x\\\"{,\"\n  }\n}");
    }

    #[test]
    fn what_steers_the_terminal_is_made_visible() {
        assert_eq!(visible("a\u{1b}[2J\u{9b}\u{202e}\tb"), "a\\u{1b}[2J\\u{9b}\\u{202e}    b");
    }
}
