//! Text to expressions, within bounds.

use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, ParseState, Parser};

use super::expression::Expression;
use super::language::Language;
use super::lower::{self, Lowering};

/// Largest source that is parsed, in bytes.
pub(in crate::certification) const LARGEST: u64 = 4 << 20;
/// Looks at the clock that a parser may take for each byte, and besides. Counted rather than timed, so that a verdict does
/// not depend on the machine; ordinary sources take less than one in a hundred bytes.
const LOOKS_BESIDES: usize = 20_000;

/// A source that was read.
#[derive(Debug)]
pub(in crate::certification) struct Parsed {
    pub(in crate::certification) expressions: Vec<Expression>,
    /// Line of the first syntax error; the parser goes on behind it.
    pub(in crate::certification) error: Option<usize>,
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
    let expressions = lowering.all(tree.root_node());
    Ok(Parsed { expressions, error: lower::first_error(tree.root_node()), too_deep: lowering.too_deep })
}

#[cfg(test)]
mod tests {
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
}
