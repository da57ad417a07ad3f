//! `name = value`, as programs, settings and command lines write it: found around a word of the name.

use std::ops::Range;

/// Longest name that is looked at.
const LONGEST_NAME: usize = 80;
/// Longest value.
const LONGEST_VALUE: usize = 2048;

/// A value and the name it is given to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each tells of another thing that was seen")]
pub(super) struct Assignment {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
    /// Whether the value is in quotes.
    pub(super) quoted: bool,
    /// Whether the name is the first on its line but for words such as `export`.
    pub(super) leads: bool,
    /// Whether the value is handed to a call, as in `name = call("value")`.
    pub(super) called: bool,
    /// Whether it is within a text, as in `"...;name=value;..."`.
    pub(super) embedded: bool,
}

/// Reads the assignment whose name holds the word at `word`.
pub(super) fn around(bytes: &[u8], word: Range<usize>) -> Option<Assignment> {
    let name = name_around(bytes, word)?;
    let mut text = Text { bytes, at: name.end };
    let quote = name.start.checked_sub(1).and_then(|at| bytes.get(at)).copied().filter(|byte| is_quote(*byte));
    let escaped = quote.is_some() && name.start >= 2 && bytes[name.start - 2] == b'\\';
    // A quote that does not end with the name is one around more than the name.
    let closed = |quote: u8| text.rest().first() == Some(&quote) || escaped && text.rest().starts_with(&[b'\\', quote]);
    let quote = quote.filter(|quote| closed(*quote));
    text.at += quote.map_or(0, |_| if text.peek() == b'\\' { 2 } else { 1 });
    let escaped = escaped && quote.is_some();
    let before = name.start.saturating_sub(usize::from(quote.is_some()) + usize::from(escaped));
    let leads = leads(bytes, before);
    let kind = separator(&mut text, bytes, before, quote.is_some(), leads)?;
    let value = value(&mut text, kind, leads && quote.is_none())?;
    let embedded =
        before.checked_sub(1).is_some_and(|at| b";?&\"'".contains(&bytes[at])) && bytes.get(name.end) == Some(&b'=');
    let found = Assignment { name, value: value.0, quoted: value.1, leads, called: value.2, embedded };
    (!found.value.is_empty()).then_some(found)
}

/// What stands between a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// `=` and its kin: any value may follow.
    Equals,
    /// `:` as in YAML, headers and types.
    Colon,
    /// Something after which only a value in quotes counts.
    Loose,
    /// An element of XML: the value ends with the next tag.
    Element,
    /// `${NAME:-value}`.
    Default,
    /// A space, where the name is a flag or follows `ENV`.
    Space,
}

struct Text<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Text<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(b'\n')
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn skip_one(&mut self, any: &[u8]) -> bool {
        let there = self.at < self.bytes.len() && any.contains(&self.peek());
        self.at += usize::from(there);
        there
    }

    fn skip_text(&mut self, text: &[u8]) -> bool {
        let there = self.rest().get(..text.len()).is_some_and(|there| there.eq_ignore_ascii_case(text));
        self.at += if there { text.len() } else { 0 };
        there
    }

    fn skip_spaces(&mut self) -> bool {
        let start = self.at;
        while self.at - start < 40 && self.skip_one(b" \t") {}
        self.at > start
    }

    /// Skips spaces and a line end, where a value in quotes follows.
    fn skip_to_quote(&mut self) {
        let start = self.at;
        while self.at - start < 80 && self.skip_one(b" \t\r\n") {}
        if !is_quote(self.peek()) {
            self.at = start;
            self.skip_spaces();
        }
    }
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn name_around(bytes: &[u8], word: Range<usize>) -> Option<Range<usize>> {
    let before = bytes[..word.start].iter().rev().take(LONGEST_NAME);
    let mut start = word.start - before.take_while(|byte| is_name(**byte) || **byte == b'.').count();
    // After an escape its letter belongs to it: `\nPASSWORD=`.
    if start > 0 && bytes[start - 1] == b'\\' && start < word.start {
        start += 1;
    }
    while start < word.start && matches!(bytes[start], b'-' | b'.') {
        start += 1;
    }
    let after = bytes[word.end..].iter().take(LONGEST_NAME + 1).take_while(|byte| is_name(**byte)).count();
    let name = start..word.end + after;
    (name.len() <= LONGEST_NAME).then_some(name)
}

/// Whether nothing but words such as `export` precedes on the line.
fn leads(bytes: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(60);
    let line = bytes[from..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map(|end| from + end + 1);
    let Some(start) = line.or_else(|| (from == 0).then_some(0)) else { return false };
    let before = bytes[start..at].trim_ascii();
    let words = [
        "",
        "export",
        "set",
        "env",
        "arg",
        "-",
        "- -",
        "setx",
        "declare -x",
        "#",
        "//",
        "- export",
        "run export",
        "+",
        "$env:",
        "-e",
    ];
    words.iter().any(|word| before.eq_ignore_ascii_case(word.as_bytes()))
}

fn separator(text: &mut Text<'_>, bytes: &[u8], before: usize, quoted: bool, leads: bool) -> Option<Separator> {
    let prior = |count: usize| bytes.get(before.wrapping_sub(count)..before).unwrap_or_default();
    if prior(2) == b"${" {
        return (text.skip_text(b":-") || text.skip_text(b":=") || text.skip_one(b"-")).then_some(Separator::Default);
    }
    if (quoted || prior(1) == b"<") && text.skip_one(b">") {
        return Some(Separator::Element);
    }
    text.skip_one(b"])");
    let spaced = text.skip_spaces();
    if quoted && (text.skip_text(b"value=") || text.skip_text(b"content=")) {
        return Some(Separator::Loose);
    }
    match text.peek() {
        b'=' => {
            let more = text.rest().iter().take_while(|byte| matches!(byte, b'=' | b'>')).count();
            text.at += more;
            let plain = more == 1 || text.rest().first() == Some(&b' ') && more == 2 && text.bytes[text.at - 1] == b'>';
            Some(if plain { Separator::Equals } else { Separator::Loose })
        }
        b':' => {
            text.at += 1;
            let assigns = text.skip_one(b"=");
            if !assigns && text.skip_one(b":") {
                return None;
            }
            typed(text);
            Some(if assigns { Separator::Equals } else { Separator::Colon })
        }
        b'|' | b'?' | b'!' | b'+' => {
            text.at += text.rest().iter().take(3).take_while(|byte| b"|?!=+".contains(byte)).count();
            Some(Separator::Loose)
        }
        b'(' => {
            text.at += 1;
            is_quote(text.peek()).then_some(Separator::Loose)
        }
        b',' if quoted || spaced => {
            text.at += 1;
            // What is on the next line is another item of a list.
            if text.rest().trim_ascii_start().first() != text.rest().iter().find(|byte| !b" \t".contains(byte)) {
                return None;
            }
            let _ = text.skip_spaces() && text.skip_text(b"value:") || text.skip_text(b"\"value\":");
            Some(Separator::Loose)
        }
        b'\r' | b'\n' => next_line_value(text),
        b'o' if text.skip_text(b"or ") => Some(Separator::Loose),
        _ if spaced && (prior(2) == b"--" || leads && is_setting(bytes, before)) => Some(Separator::Space),
        _ if spaced && is_quote(text.peek()) => Some(Separator::Loose),
        _ => None,
    }
}

/// `name: KEY` and `value: ...` on the next line, as containers' settings have it.
fn next_line_value(text: &mut Text<'_>) -> Option<Separator> {
    while text.skip_one(b" \t\r\n") {}
    text.skip_text(b"value:").then_some(Separator::Colon)
}

/// Whether a space is enough between this name and its value.
fn is_setting(bytes: &[u8], before: usize) -> bool {
    let word = bytes[before.saturating_sub(8)..before].trim_ascii_end();
    let names = [&b"requirepass "[..], b"masterauth "];
    [&b"ENV"[..], b"ARG", b"setx"].iter().any(|instruction| word.ends_with(instruction))
        || names.iter().any(|name| bytes[before..].starts_with(name))
}

/// Skips a type between `:` and `=`, as in `key: &str = "..."`.
fn typed(text: &mut Text<'_>) {
    let is_type = |byte: &u8| byte.is_ascii_alphanumeric() || b" _&'<>[]?.|".contains(byte);
    let length = text.rest().iter().take(48).take_while(|byte| is_type(byte)).count();
    let after = text.rest().get(length..length + 2).unwrap_or_default();
    if length > 1 && after.first() == Some(&b'=') && after.get(1).is_some_and(|byte| !matches!(byte, b'=' | b'>')) {
        text.at += length + 1;
    }
}

/// Reads the value: where it is, whether it is in quotes, and whether a call takes it.
fn value(text: &mut Text<'_>, separator: Separator, leads: bool) -> Option<(Range<usize>, bool, bool)> {
    match separator {
        Separator::Element => {
            let range = until(text, b"<\r\n");
            return text.bytes[range.end..].starts_with(b"</").then_some((range, true, false));
        }
        Separator::Default => return Some((until(text, b"}\r\n\"' "), true, false)),
        _ => {}
    }
    let spaced = matches!(text.peek(), b' ' | b'\t');
    text.skip_to_quote();
    let called = skip_prefix(text);
    if is_quote(text.peek()) || text.rest().starts_with(b"\\\"") {
        return in_quotes(text).map(|range| (range, true, called));
    }
    match separator {
        Separator::Equals | Separator::Space if leads => Some((until(text, b" \t\r\n\0"), false, false)),
        Separator::Equals | Separator::Space => not_cut(text, until(text, b" \t\r\n\0\"'`;&,<>(){}[]|\\")),
        Separator::Colon if spaced => not_cut(text, until(text, b" \t\r\n\0\"'`,{}()[]\\")),
        _ => None,
    }
}

/// A value without quotes, unless something is to be filled in where it ends.
fn not_cut(text: &Text<'_>, range: Range<usize>) -> Option<(Range<usize>, bool, bool)> {
    (text.bytes.get(range.end) != Some(&b'{')).then_some((range, false, false))
}

/// Skips the mark of a kind of string, or a call around it.
fn skip_prefix(text: &mut Text<'_>) -> bool {
    let rest = text.rest();
    let marks = rest.iter().take(4).take_while(|byte| b"@bBrRfFuUL8$#&".contains(byte)).count();
    if rest.get(marks).is_some_and(|byte| is_quote(*byte)) {
        text.at += marks;
        return false;
    }
    let callee = rest.iter().take(48).take_while(|byte| byte.is_ascii_alphanumeric() || b"_.: ".contains(byte)).count();
    let opens =
        callee > 0 && rest.get(callee) == Some(&b'(') && rest.get(callee + 1).is_some_and(|byte| is_quote(*byte));
    if opens {
        text.at += callee + 1;
    }
    opens
}

fn until(text: &Text<'_>, ends: &[u8]) -> Range<usize> {
    let length = text.rest().iter().take(LONGEST_VALUE).take_while(|byte| !ends.contains(byte)).count();
    let mut end = text.at + length;
    while end > text.at && matches!(text.bytes[end - 1], b';' | b',' | b' ') {
        end -= 1;
    }
    text.at..end
}

fn in_quotes(text: &mut Text<'_>) -> Option<Range<usize>> {
    let escaped = text.skip_one(b"\\");
    let quote = text.peek();
    text.at += 1;
    // Three quotes open a long string; two are an empty one.
    if text.peek() == quote && text.bytes.get(text.at + 1) == Some(&quote) {
        text.at += 2;
    }
    let start = text.at;
    let mut at = start;
    while at < text.bytes.len() && at - start <= LONGEST_VALUE {
        match text.bytes[at] {
            byte if byte == quote => return Some(start..at),
            b'\\' if escaped => return Some(start..at),
            b'\\' => at += 2,
            b'\n' if quote != b'`' => return None,
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn value_of(text: &str) -> Option<&str> {
        let at = text.to_ascii_lowercase().find("pass").expect("the word");
        around(text.as_bytes(), at..at + 4).map(|found| &text[found.value])
    }

    #[test]
    fn many_ways_to_assign() {
        for text in [
            "password = \"v4lue\"",
            "password=v4lue\n",
            "export DB_PASSWORD=v4lue",
            "\"password\": \"v4lue\"",
            "password: v4lue # why",
            "  - password: 'v4lue'",
            "let password: &str = \"v4lue\";",
            "const password: string = 'v4lue'",
            "password := `v4lue`",
            "'password' => 'v4lue',",
            ":password => \"v4lue\"",
            "define('DB_PASSWORD', 'v4lue');",
            "<password>v4lue</password>",
            "<add key=\"Password\" value=\"v4lue\"/>",
            "ENV DB_PASSWORD v4lue\n",
            "run --password v4lue --x",
            "run --password=v4lue",
            "- name: DB_PASSWORD\n  value: v4lue",
            "os.environ[\"PASSWORD\"] = \"v4lue\"",
            "config.setPassword(\"v4lue\")",
            "os.getenv(\"PASSWORD\", \"v4lue\")",
            "process.env.PASSWORD || 'v4lue'",
            "${PASSWORD:-v4lue}",
            "if (password == \"v4lue\")",
            "Server=a;Password=v4lue;Database=b",
            "NSString *password = @\"v4lue\";",
            "String password = new String(\"v4lue\");",
            "{\\\"password\\\": \\\"v4lue\\\"}",
            "password = b'v4lue'",
            "$env:PASSWORD = \"v4lue\"",
            "-e PASSWORD=v4lue image",
            "{\"name\": \"PASSWORD\", \"value\": \"v4lue\"}",
            "PASSWORD = '''v4lue'''",
            "`password: \"v4lue\"`",
            "<string name=\"password\">v4lue</string>",
            "requirepass v4lue",
            "\"a=b;Password=v4lue;c=d\"",
            "password:\n  \"v4lue\"",
        ] {
            assert_eq!(value_of(text), Some("v4lue"), "{text}");
        }
    }

    #[test]
    fn what_assigns_nothing() {
        for text in [
            "password",
            "the password is v4lue",
            "password.length",
            "password();",
            "Password::new(\"v4lue\")",
            "password)",
            "'password",
            "password: \"open",
        ] {
            assert_eq!(value_of(text), None, "{text}");
        }
    }
}
