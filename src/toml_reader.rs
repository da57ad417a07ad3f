//! Strict TOML: reads a document with the place of every value, collects all problems in one pass, and names the nearest
//! known key for an unknown one. Used for proveniq.toml, config.toml and template.toml.
//!
//! It deliberately does not derive from serde, which stops at the first error and forgets places.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeFloat, DeTable, DeValue};

use crate::error::Diagnostic;

/// Largest document that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Reads `text` with `make`, which takes what it knows from the root table. Problems come sorted by place.
pub fn read<T>(file: &str, text: &str, make: impl FnOnce(&Table<'_>) -> Option<T>) -> Result<T, Vec<Diagnostic>> {
    // A byte order mark is no column that anybody sees.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let problems = Problems { file, text, found: RefCell::default() };
    if text.len() > MAX_BYTES {
        problems.add(0..0, format!("the file is larger than {MAX_BYTES} bytes"), None);
        return Err(problems.sorted());
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        problems.add(error.span().unwrap_or(0..0), error.message().to_owned(), None);
    }
    if !errors.is_empty() {
        return Err(problems.sorted());
    }
    let table = Table::new(String::new(), root.get_ref(), 0..0, &problems);
    let built = make(&table);
    table.report_unknown_keys();
    match built {
        Some(value) if problems.found.borrow().is_empty() => Ok(value),
        _ => Err(problems.sorted()),
    }
}

/// Line and column, from 1, of a key such as `webhook.path`, or of the nearest table above it; the start where there is
/// none, or where the text is no TOML.
pub fn place_of(text: &str, key: &str) -> (usize, usize) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (root, _) = DeTable::parse_recoverable(text);
    let mut table = root.get_ref();
    let mut at = 0;
    for name in key.split('.') {
        let Some((key, value)) = table.get_key_value(name) else { break };
        at = key.span().start;
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            DeValue::Array(items) => match items.first().map(Spanned::get_ref) {
                Some(DeValue::Table(inner)) => table = inner,
                _ => break,
            },
            _ => break,
        }
    }
    place(text, at)
}

/// Line and column, from 1, of a byte.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

struct Problem {
    span: Range<usize>,
    message: String,
    hint: Option<String>,
}

struct Problems<'a> {
    file: &'a str,
    text: &'a str,
    found: RefCell<Vec<Problem>>,
}

impl Problems<'_> {
    fn add(&self, span: Range<usize>, message: String, hint: Option<String>) {
        self.found.borrow_mut().push(Problem { span, message, hint });
    }

    fn sorted(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|problem| problem.span.start);
        // The parser says the same once for each bracket that is open.
        found.dedup_by(|a, b| a.span.start == b.span.start && a.message == b.message);
        let to_diagnostic = |problem: Problem| {
            let (line, column) = place(self.text, problem.span.start);
            Diagnostic { file: self.file.to_owned(), line, column, message: problem.message, hint: problem.hint }
        };
        found.into_iter().map(to_diagnostic).collect()
    }
}

/// A table of the document. Every key that is asked for counts as known; the rest is reported when the table is done.
pub struct Table<'a> {
    path: String,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    problems: &'a Problems<'a>,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    fn new(path: String, table: &'a DeTable<'a>, span: Range<usize>, problems: &'a Problems<'a>) -> Self {
        Table { path, table, span, problems, known: RefCell::default() }
    }

    /// Reads an optional string through `parse`, whose error says what is wrong with it.
    pub fn optional<T>(&self, key: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            None => self.wrong_type(key, value, "a string"),
            Some(text) => self.accept(key, value, parse(text)),
        }
    }

    /// Reads a string that must be there.
    pub fn required<T>(&self, key: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        if self.table.get(key).is_none() {
            self.learn(key);
            self.report(None, format!("{} is missing", self.name(key)), None);
            return None;
        }
        self.optional(key, parse)
    }

    /// Reads an optional integer through `check`.
    pub fn integer<T>(&self, key: &'static str, check: impl FnOnce(i64) -> Result<T, String>) -> Option<T> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            None if value.get_ref().is_integer() => self.accept(key, value, Err("is too large".into())),
            None => self.wrong_type(key, value, "an integer"),
            Some(number) => self.accept(key, value, check(number)),
        }
    }

    /// Reads an optional number, with or without a fraction, through `check`.
    pub fn number<T>(&self, key: &'static str, check: impl FnOnce(f64) -> Result<T, String>) -> Option<T> {
        let value = self.value(key)?;
        let inner = value.get_ref();
        // Hexadecimal digits would read as a decimal fraction with an exponent.
        let number = match inner.as_integer() {
            Some(whole) if whole.radix() == 10 => whole.as_str().parse().ok(),
            Some(whole) => u32::from_str_radix(whole.as_str(), whole.radix()).ok().map(f64::from),
            None => inner.as_float().map(DeFloat::as_str).and_then(|text| text.parse().ok()),
        };
        match number {
            None => self.wrong_type(key, value, "a number"),
            Some(number) => self.accept(key, value, check(number)),
        }
    }

    /// Reads an optional date, without a time of day.
    pub fn date(&self, key: &'static str) -> Option<jiff::civil::Date> {
        const WANTED: &str = "a date such as 2027-01-31";
        let value = self.value(key)?;
        let DeValue::Datetime(found) = value.get_ref() else { return self.wrong_type(key, value, WANTED) };
        if found.time.is_some() {
            return self.wrong_type(key, value, WANTED);
        }
        self.accept(key, value, found.to_string().parse().map_err(|_| "is no date".to_owned()))
    }

    /// Reads a list of strings, each through `parse`; an absent list is empty.
    pub fn list<T>(&self, key: &'static str, parse: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type::<()>(key, value, "a list of strings");
            return Vec::new();
        };
        let mut parsed = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                None => drop(self.wrong_type::<()>(key, item, "a list of strings")),
                Some(text) => parsed.extend(self.accept(key, item, parse(text))),
            }
        }
        parsed
    }

    /// Reads a command line: one string, split into words as a shell splits them, or a list of words.
    pub fn command_line(&self, key: &'static str) -> Option<Vec<String>> {
        let value = self.value(key)?;
        let words = match value.get_ref() {
            DeValue::String(text) => shlex::split(text).ok_or("has an unclosed quote".to_owned()),
            DeValue::Array(_) => Ok(self.list(key, |word| Ok(word.to_owned()))),
            _ => return self.wrong_type(key, value, "a command line or a list of words"),
        };
        let filled = words.and_then(|words| if words.is_empty() { Err("is empty".to_owned()) } else { Ok(words) });
        self.accept(key, value, filled)
    }

    /// Reads a table of strings with free keys.
    pub fn map(&self, key: &'static str) -> Vec<(String, String)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type::<()>(key, value, "a table of strings");
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (name, item) in table {
            match item.get_ref().as_str() {
                None => drop(self.wrong_type::<()>(key, item, "a table of strings")),
                Some(text) => entries.push((name.get_ref().to_string(), text.to_owned())),
            }
        }
        entries
    }

    /// Reads a table of any shape as JSON.
    pub fn json(&self, key: &'static str) -> Option<serde_json::Value> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(_) => Some(to_json(value.get_ref())),
            _ => self.wrong_type(key, value, "a table"),
        }
    }

    /// Reads an optional table with `make`; its unknown keys are reported.
    pub fn table<T>(&self, key: &'static str, make: impl FnOnce(&Table<'a>) -> Option<T>) -> Option<T> {
        let value = self.value(key)?;
        match value.get_ref().as_table() {
            None => self.wrong_type(key, value, "a table"),
            Some(table) => self.build(self.name(key), table, self.key_span(key), make),
        }
    }

    /// Reads a table that must be there.
    pub fn required_table<T>(&self, key: &'static str, make: impl FnOnce(&Table<'a>) -> Option<T>) -> Option<T> {
        if self.table.get(key).is_none() {
            self.learn(key);
            self.report(None, format!("the table [{}] is missing", self.name(key)), None);
            return None;
        }
        self.table(key, make)
    }

    /// Reads an array of tables, each with `make`.
    pub fn tables<T>(&self, key: &'static str, make: impl Fn(&Table<'a>) -> Option<T>) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type::<()>(key, value, "an array of tables");
            return Vec::new();
        };
        let mut built = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                None => drop(self.wrong_type::<()>(key, item, "an array of tables")),
                Some(table) => built.extend(self.build(self.name(key), table, item.span(), &make)),
            }
        }
        built
    }

    /// Reports a problem at `key`, or at the table itself where the key is absent.
    pub fn report(&self, key: Option<&str>, message: impl Into<String>, hint: Option<String>) {
        let span = key.and_then(|key| self.table.get(key)).map_or(self.span.clone(), Spanned::span);
        self.problems.add(span, message.into(), hint);
    }

    /// Reports a problem at a line, from 1.
    pub fn report_at(&self, line: usize, message: impl Into<String>) {
        let lines = self.problems.text.split_inclusive('\n');
        let start = lines.take(line.saturating_sub(1)).map(str::len).sum();
        self.problems.add(start..start, message.into(), None);
    }

    /// Line, from 1, where the table begins.
    pub fn line(&self) -> usize {
        place(self.problems.text, self.span.start).0
    }

    /// Tells whether the key holds a list without items.
    pub fn is_empty_list(&self, key: &'static str) -> bool {
        self.table.get(key).and_then(|value| value.get_ref().as_array()).is_some_and(|items| items.is_empty())
    }

    /// Tells whether the key is there.
    pub fn has(&self, key: &'static str) -> bool {
        self.table.contains_key(key)
    }

    fn build<T>(
        &self,
        path: String,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        make: impl FnOnce(&Table<'a>) -> Option<T>,
    ) -> Option<T> {
        let inner = Table::new(path, table, span, self.problems);
        let built = make(&inner);
        inner.report_unknown_keys();
        built
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.learn(key);
        self.table.get(key)
    }

    fn learn(&self, key: &'static str) {
        self.known.borrow_mut().push(key);
    }

    fn key_span(&self, key: &str) -> Range<usize> {
        self.table.get_key_value(key).map_or(0..0, |(name, _)| name.span())
    }

    fn accept<T>(&self, key: &str, value: &Spanned<DeValue<'_>>, parsed: Result<T, String>) -> Option<T> {
        parsed.map_err(|why| self.problems.add(value.span(), format!("{} {why}", self.name(key)), None)).ok()
    }

    fn wrong_type<T>(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Option<T> {
        let found = value.get_ref().type_str();
        self.problems.add(value.span(), format!("{} must be {wanted}, not {found}", self.name(key)), None);
        None
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn report_unknown_keys(&self) {
        let known = self.known.borrow();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let hint =
                    nearest(name, known.iter().copied()).map(|near| format!("did you mean {}?", self.name(near)));
                self.problems.add(key.span(), format!("unknown key {}", self.name(name)), hint);
            }
        }
    }
}

/// Returns the known word most like `word`, where one is like it at all.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    known
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

fn to_json(value: &DeValue<'_>) -> serde_json::Value {
    match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => number.into(),
            Err(_) => number.as_str().parse::<f64>().unwrap_or_default().into(),
        },
        DeValue::Float(number) => number.as_str().parse::<f64>().unwrap_or_default().into(),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Datetime(time) => time.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| to_json(item.get_ref())).collect(),
        DeValue::Table(table) => serde_json::Value::Object(
            table.iter().map(|(key, item)| (key.get_ref().to_string(), to_json(item.get_ref()))).collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_place_or_that_of_the_table_above_it() {
        let text = "[a]\nx = 1\n[b.c]\n y = 2\n[[d]]\nz = 1\n[[d]]\nz = 2\n";
        for (key, place) in
            [("a.x", (2, 1)), ("b.c.y", (4, 2)), ("b.c.none", (3, 4)), ("d.z", (6, 1)), ("none", (1, 1))]
        {
            assert_eq!(place_of(text, key), place, "{key}");
        }
        assert_eq!(place_of("not = = toml", "a"), (1, 1));
    }

    fn problems(text: &str) -> Vec<String> {
        let make = |root: &Table<'_>| {
            root.required("name", |text| Ok(text.to_owned()));
            root.table("webhook", |webhook| webhook.integer("rate", Ok));
            Some(())
        };
        read("t.toml", text, make).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_problem_is_reported_in_one_pass_with_its_place() {
        assert_eq!(
            problems("nmae = 'a'\n\n[webhook]\nrate = 'x'\nrat = 1\n"),
            [
                "t.toml:1:1: name is missing",
                "t.toml:1:1: unknown key nmae",
                "t.toml:4:8: webhook.rate must be an integer, not string",
                "t.toml:5:1: unknown key webhook.rat",
            ]
        );
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(problems("name = 'ä'; x"), ["t.toml:1:11: unexpected key or value, expected newline, `#`"]);
    }
}
