//! Text to expressions, within bounds.

use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, ParseState, Parser};

use super::expression::{Expression, Place};
use super::import::Import;
use super::language::Language;
use super::lower::{self, Lowering, Statement};
use super::scope::Scopes;

/// Largest source that is parsed, in bytes.
pub(in crate::certification) const LARGEST: u64 = 4 << 20;
/// Looks at the clock that a parser may take for each byte, and besides. Counted rather than timed, so that a verdict does
/// not depend on the machine; ordinary sources take less than one in a hundred bytes.
const LOOKS_BESIDES: usize = 20_000;

/// Statements before a place among which the one around it is looked for.
const STATEMENTS_BACK: usize = 1_000;

/// A source that was read.
#[derive(Debug)]
pub(in crate::certification) struct Parsed {
    pub(in crate::certification) expressions: Vec<Expression>,
    pub(in crate::certification) scopes: Scopes,
    /// What it takes from other files.
    pub(in crate::certification) imports: Vec<Import>,
    /// Line of the first syntax error; the parser goes on behind it.
    pub(in crate::certification) error: Option<usize>,
    /// Line of a syntax error that took in what follows it.
    pub(in crate::certification) lost: Option<usize>,
    statements: Vec<Statement>,
    /// Line at which it is nested too deeply to be followed.
    pub(in crate::certification) too_deep: Option<usize>,
}

/// Why a source was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::certification) enum Unread {
    /// The grammar cannot be used, which a test excludes.
    NoGrammar,
    /// It took too long.
    TooSlow,
}

/// Parses a source.
pub(in crate::certification) fn parse(language: Language, source: &[u8]) -> Result<Parsed, Unread> {
    let mut parser = Parser::new();
    parser.set_language(&language.grammar()).map_err(|_| Unread::NoGrammar)?;
    let mut left = LOOKS_BESIDES + source.len();
    let mut watch = |_: &ParseState| {
        left = left.saturating_sub(1);
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut watch);
    let tree = parser
        .parse_with_options(&mut |at, _| source.get(at..).unwrap_or_default(), None, Some(options))
        .ok_or(Unread::TooSlow)?;
    let mut lowering = Lowering::new(language, source);
    let mut expressions = lowering.all(tree.root_node());
    expressions.append(&mut lowering.aside);
    let scopes = lowering.take_scopes();
    let mut statements = lowering.statements;
    statements.sort_by_key(|statement| statement.start);
    Ok(Parsed {
        expressions,
        scopes,
        imports: lowering.imports,
        error: lower::first_error(tree.root_node()),
        lost: lower::lost(tree.root_node()),
        statements,
        too_deep: lowering.too_deep,
    })
}

impl Parsed {
    /// The text of the innermost statement around a place, or of its line, with each run of white space as one space.
    pub(in crate::certification) fn statement(&self, source: &[u8], place: Place) -> String {
        let before = self.statements.partition_point(|statement| statement.start <= place);
        let mut around = self.statements[..before].iter().rev().take(STATEMENTS_BACK);
        let text = match around.find(|statement| place < statement.end) {
            Some(statement) => source.get(statement.bytes.clone()),
            None => source.split(|byte| *byte == b'\n').nth(place.line - 1),
        };
        let text = String::from_utf8_lossy(text.unwrap_or_default());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::expression::Kind;
    use super::*;

    #[test]
    fn every_language_is_read_and_survives_anything() {
        for language in [Language::JavaScript, Language::TypeScript, Language::Tsx, Language::Python, Language::Rust] {
            for source in [&b""[..], b"\xff\xfe\x00", b"((((((", b"'unended", "a.b(c)\n".as_bytes()] {
                parse(language, source).expect("read");
            }
            let deep = "(".repeat(20_000);
            let parsed = parse(language, deep.as_bytes()).expect("read");
            assert!(parsed.error.is_some() || parsed.too_deep.is_some(), "{language:?}");
            let nested = format!("a = {}1{}", "[".repeat(5_000), "]".repeat(5_000));
            let parsed = parse(language, nested.as_bytes()).expect("read");
            assert!(parsed.too_deep.is_some() || language == Language::Rust, "{language:?}");
        }
    }

    /// Each of the sources, one a line (` ;; ` ends a line within one), holds the call `mark(1)` once it is lowered.
    #[track_caller]
    fn nothing_is_lost(language: Language, sources: &str) {
        let lost: Vec<_> = sources
            .lines()
            .map(str::trim)
            .filter(|source| !source.is_empty())
            .filter(|source| {
                let parsed = parse(language, source.replace(" ;; ", "\n").as_bytes()).expect("read");
                let mut stack: Vec<&Expression> = parsed.expressions.iter().collect();
                while let Some(expression) = stack.pop() {
                    if matches!(&expression.kind, Kind::Call(call) if call.method() == "mark") {
                        return false;
                    }
                    stack.extend(expression.children());
                }
                true
            })
            .collect();
        assert!(lost.is_empty(), "lost in {language:?}: {lost:#?}");
    }

    #[test]
    fn no_part_of_javascript_is_lost() {
        let sources = include_str!("positions/javascript.txt");
        for language in [Language::JavaScript, Language::TypeScript, Language::Tsx] {
            nothing_is_lost(language, sources);
        }
        nothing_is_lost(Language::TypeScript, include_str!("positions/typescript.txt"));
    }

    #[test]
    fn no_part_of_python_is_lost() {
        nothing_is_lost(Language::Python, include_str!("positions/python.txt"));
    }

    #[test]
    fn no_part_of_rust_is_lost() {
        nothing_is_lost(Language::Rust, include_str!("positions/rust.txt"));
    }

    #[test]
    fn what_only_tests_see_stays_left_out() {
        let source = "#[cfg(test)] mod tests { fn f() { vec![mark(1)]; } } #[test] fn g() { mark(1); }";
        let parsed = parse(Language::Rust, source.as_bytes()).expect("read");
        assert!(!format!("{:?}", parsed.expressions).contains("mark"));
    }
}
