//! The same JSON, written in other ways: white space, escapes, order of keys. Numbers and texts keep their own spelling
//! unless a way of writing changes it.

use std::fmt::Write as _;

/// Bytes of all ways of writing together, for one body.
const BUDGET: usize = 64 << 20;

/// A value whose numbers are as they were written.
#[derive(Debug, Clone)]
enum Node {
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
    Text(String),
    /// A number, `true`, `false` or `null`.
    Plain(String),
}

/// White space of a way of writing.
#[derive(Debug, Clone, Copy)]
struct Spacing {
    words: &'static str,
    comma: &'static str,
    colon: &'static str,
    indent: Option<&'static str>,
    /// Before and behind the whole.
    around: (&'static str, &'static str),
}

/// A way of writing.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a peculiarity of its own")]
struct Layout {
    spacing: Spacing,
    sorted: bool,
    ascii: bool,
    slashes: bool,
    html: bool,
    whole_numbers: bool,
    line_feed: bool,
}

const fn spacing(
    words: &'static str,
    comma: &'static str,
    colon: &'static str,
    indent: Option<&'static str>,
) -> Spacing {
    Spacing { words, comma, colon, indent, around: ("", "") }
}

const SPACINGS: [Spacing; 6] = [
    spacing("JSON without white space", ",", ":", None),
    spacing("JSON as Python writes it (\", \" and \": \")", ", ", ": ", None),
    spacing("JSON indented by 2 spaces", ",", ": ", Some("  ")),
    spacing("JSON indented by 4 spaces", ",", ": ", Some("    ")),
    spacing("JSON indented by tabs", ",", ": ", Some("\t")),
    Spacing { around: ("{ ", "\n"), ..spacing("JSON as this program's samples are written", ",", ":", None) },
];

/// All ways of writing `body` that its JSON has, those with fewer peculiarities first.
pub(super) fn variants(body: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Some(node) = parse(body) else { return Vec::new() };
    let sorted = node.sorted();
    let mut layouts = layouts();
    layouts.sort_by_key(Layout::peculiarities);
    let mut budget = BUDGET;
    let mut all = Vec::new();
    for layout in layouts {
        let text = layout.write(if layout.sorted { &sorted } else { &node });
        budget = budget.saturating_sub(text.len());
        if budget == 0 {
            break;
        }
        all.push((layout.words(), text.into_bytes()));
    }
    all
}

fn layouts() -> Vec<Layout> {
    let choices = [false, true];
    let mut all = Vec::new();
    for spacing in SPACINGS {
        for bits in 0..64_usize {
            let choice = |bit: usize| choices[bits >> bit & 1];
            all.push(Layout {
                spacing,
                sorted: choice(0),
                ascii: choice(1),
                slashes: choice(2),
                html: choice(3),
                whole_numbers: choice(4),
                line_feed: choice(5),
            });
        }
    }
    all
}

impl Layout {
    fn peculiarities(&self) -> usize {
        let choices = [self.sorted, self.ascii, self.slashes, self.html, self.whole_numbers, self.line_feed];
        choices.into_iter().filter(|chosen| *chosen).count()
    }

    fn words(&self) -> String {
        let mut words = self.spacing.words.to_owned();
        let peculiarities = [
            (self.sorted, "keys sorted"),
            (self.ascii, "what is not ASCII escaped"),
            (self.slashes, "slashes escaped"),
            (self.html, "<, > and & escaped"),
            (self.whole_numbers, "whole numbers without a fraction"),
            (self.line_feed, "a line feed at its end"),
        ];
        for (_, peculiarity) in peculiarities.iter().filter(|(chosen, _)| *chosen) {
            let _ = write!(words, ", {peculiarity}");
        }
        words
    }

    fn write(&self, node: &Node) -> String {
        let mut out = String::new();
        self.node(&mut out, node, 0);
        let (before, behind) = self.spacing.around;
        if !before.is_empty() && out.starts_with('{') {
            out.replace_range(..1, before);
        }
        out.push_str(behind);
        if self.line_feed {
            out.push('\n');
        }
        out
    }

    fn node(&self, out: &mut String, node: &Node, depth: usize) {
        match node {
            Node::Object(fields) => self.sequence(out, ('{', '}'), fields, depth, |out, (name, value)| {
                self.text(out, name);
                out.push_str(self.spacing.colon);
                self.node(out, value, depth + 1);
            }),
            Node::Array(items) => self.sequence(out, ('[', ']'), items, depth, |out, item| {
                self.node(out, item, depth + 1);
            }),
            Node::Text(text) => self.text(out, text),
            Node::Plain(word) => match word.strip_suffix(".0").filter(|_| self.whole_numbers) {
                Some(whole) => out.push_str(whole),
                None => out.push_str(word),
            },
        }
    }

    fn sequence<T>(
        &self,
        out: &mut String,
        (open, close): (char, char),
        items: &[T],
        depth: usize,
        write: impl Fn(&mut String, &T),
    ) {
        let line = |out: &mut String, depth: usize| {
            if let Some(indent) = self.spacing.indent.filter(|_| !items.is_empty()) {
                out.push('\n');
                (0..depth).for_each(|_| out.push_str(indent));
            }
        };
        out.push(open);
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push_str(self.spacing.comma);
            }
            line(out, depth + 1);
            write(out, item);
        }
        line(out, depth);
        out.push(close);
    }

    fn text(&self, out: &mut String, text: &str) {
        out.push('"');
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '/' if self.slashes => out.push_str("\\/"),
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' if self.html => escape(out, c),
                c if c < ' ' || (self.ascii && !c.is_ascii()) => escape(out, c),
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

fn escape(out: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}

impl Node {
    fn sorted(&self) -> Node {
        match self {
            Node::Object(fields) => {
                let mut fields: Vec<_> = fields.iter().map(|(name, value)| (name.clone(), value.sorted())).collect();
                fields.sort_by(|a, b| a.0.cmp(&b.0));
                Node::Object(fields)
            }
            Node::Array(items) => Node::Array(items.iter().map(Node::sorted).collect()),
            other => other.clone(),
        }
    }
}

/// Parses what `serde_json` accepts, which bounds the depth.
fn parse(body: &[u8]) -> Option<Node> {
    let text = std::str::from_utf8(body).ok()?;
    serde_json::from_str::<serde_json::Value>(text).ok()?;
    Parser { rest: text }.value()
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn value(&mut self) -> Option<Node> {
        match self.peek()? {
            '{' => self
                .items('}', |parser| {
                    let name = parser.string()?;
                    parser.take(':')?;
                    Some((name, parser.value()?))
                })
                .map(Node::Object),
            '[' => self.items(']', Parser::value).map(Node::Array),
            '"' => self.string().map(Node::Text),
            _ => {
                let end = self.rest.find([',', '}', ']', ' ', '\n', '\r', '\t']).unwrap_or(self.rest.len());
                let (word, rest) = self.rest.split_at(end);
                self.rest = rest;
                Some(Node::Plain(word.to_owned()))
            }
        }
    }

    fn items<T>(&mut self, close: char, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        self.rest = &self.rest[1..];
        while self.peek()? != close {
            if !items.is_empty() {
                self.take(',')?;
                self.peek()?;
            }
            items.push(item(self)?);
        }
        self.take(close)?;
        Some(items)
    }

    fn string(&mut self) -> Option<String> {
        self.peek().filter(|c| *c == '"')?;
        let mut escaped = false;
        let end = self.rest[1..].find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        let (literal, rest) = self.rest.split_at(end + 2);
        self.rest = rest;
        serde_json::from_str(literal).ok()
    }

    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        self.rest.chars().next()
    }

    fn take(&mut self, expected: char) -> Option<()> {
        self.peek().filter(|c| *c == expected)?;
        self.rest = &self.rest[1..];
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_ways_of_writing_come_first() {
        let body = br#"{ "b" : [1.0, 10000000000000000000001], "a":{"t":"\u00e4/<","e":{} , "l":[]}, "a":null}"#;
        let texts: Vec<_> =
            variants(body).into_iter().map(|(_, text)| String::from_utf8(text).expect("UTF-8")).collect();
        assert_eq!(texts[0], r#"{"b":[1.0,10000000000000000000001],"a":{"t":"ä/<","e":{},"l":[]},"a":null}"#);
        assert_eq!(
            texts[1],
            r#"{"b": [1.0, 10000000000000000000001], "a": {"t": "ä/<", "e": {}, "l": []}, "a": null}"#
        );
        let indented = "{\n  \"b\": [\n    1.0,\n    10000000000000000000001\n  ],\n  \"a\": {\n    \"t\": \"ä/<\",\n    \"e\": {},\n    \"l\": []\n  },\n  \"a\": null\n}";
        assert_eq!(texts[2], indented);
        assert!(texts.iter().any(|text| text.contains(r#""t":"\u00e4\/\u003c""#)), "all escapes");
    }
}
