//! Macros of Rust, which the grammar leaves as tokens: they are parsed again, as what they most likely are.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use tree_sitter::{Node, ParseOptions, ParseState, Parser, Point, Range};

use super::expression::{Argument, Call, Entry, Expression, Kind, Piece, Place};
use super::language::Language;
use super::lower::{Lowering, every, group, named, place};

/// A call of a macro.
pub(super) fn macro_call(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let name = lowering.field_text(node, "macro").replace("::", ".");
    let held = named(node).into_iter().find(|child| child.kind() == "token_tree").map(|tree| tokens(lowering, tree));
    if matches!(name.rsplit('.').next(), Some("format" | "concat" | "format_args")) {
        if let Some(Kind::List(parts)) = held {
            lowering.keep(&parts);
            return formatted(parts);
        }
        return Kind::Group(Vec::new());
    }
    let arguments = match held {
        Some(Kind::List(parts)) => parts,
        Some(other) => vec![Expression { kind: other, place: place(node) }],
        None => Vec::new(),
    };
    // A list of a macro is a list; other macros are calls.
    if name == "vec" {
        return Kind::List(arguments);
    }
    let arguments = arguments.into_iter().map(|value| Argument { name: None, value }).collect();
    Kind::Call(Box::new(Call { name, receiver: None, arguments }))
}

/// The tokens of a macro, which the grammar does not parse: parts between commas, `key: value` among them.
pub(super) fn tokens(lowering: &mut Lowering<'_>, tree: Node<'_>) -> Kind {
    let mut parts: Vec<Vec<Node<'_>>> = vec![Vec::new()];
    let children = every(tree);
    let inner = children.get(1..children.len().saturating_sub(1)).unwrap_or_default();
    for child in inner.iter().filter(|child| !child.kind().contains("comment")) {
        match child.kind() {
            "," | ";" => parts.push(Vec::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(*child)),
        }
    }
    parts.retain(|part| !part.is_empty());
    let is_pair = |part: &Vec<Node<'_>>| part.len() > 2 && matches!(part[1].kind(), ":" | "=>");
    if !parts.is_empty() && parts.iter().all(is_pair) {
        let entries = parts.iter().map(|part| {
            let key = lowering.one(part[0]);
            let key = key.literal().or_else(|| key.name().map(str::to_owned));
            Entry { key, computed: None, value: together(lowering, &part[2..]) }
        });
        return Kind::Object(entries.collect());
    }
    Kind::List(parts.iter().map(|part| together(lowering, part)).collect())
}

/// Several tokens that stand together, as an expression or a statement where they are one.
fn together(lowering: &mut Lowering<'_>, tokens: &[Node<'_>]) -> Expression {
    let tokens = match tokens {
        [first, rest @ ..] if first.kind() == "&" && !rest.is_empty() => rest,
        tokens => tokens,
    };
    match tokens {
        [] => Expression { kind: Kind::Group(Vec::new()), place: Place { line: 1, column: 1 } },
        [only] if only.kind() != "token_tree" => lowering.one(*only),
        [first, ..] => parsed(lowering, tokens).unwrap_or_else(|| match tokens {
            [only] => lowering.one(*only),
            _ => group(*first, pieces(lowering, tokens)),
        }),
    }
}

/// Tokens that are no expression: what `=` and `=>` divide is one each, as in `lazy_static!` and `select!`.
fn pieces(lowering: &mut Lowering<'_>, tokens: &[Node<'_>]) -> Vec<Expression> {
    let pieces: Vec<_> = tokens.split(|token| matches!(token.kind(), "=" | "=>")).collect();
    let mut held = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        // A word that the macro knows may stand before: `if` of `select!`.
        match parsed(lowering, piece).or_else(|| parsed(lowering, &piece[1..])) {
            Some(expression) => held.push(expression),
            None => held.extend(piece.iter().filter(|token| token.is_named()).map(|token| lowering.one(*token))),
        }
    }
    held
}

/// Parses tokens again; nothing where they are no expression and no statement.
fn parsed(lowering: &mut Lowering<'_>, tokens: &[Node<'_>]) -> Option<Expression> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let (start, end) = (first.start_byte(), last.end_byte());
    let Some(left) = lowering.reparsed.checked_sub(end - start) else {
        lowering.too_deep.get_or_insert(place(*first).line);
        return None;
    };
    lowering.reparsed = left;
    // Places stay those of the file, and what stands there ends as a statement does.
    let (after, row) = (last.end_position(), last.end_position().row);
    let range = Range {
        start_byte: start,
        end_byte: end + 1,
        start_point: first.start_position(),
        end_point: Point { row, column: after.column + 1 },
    };
    let mut parser = Parser::new();
    parser.set_language(&Language::Rust.grammar()).ok()?;
    parser.set_included_ranges(&[range]).ok()?;
    let source = lowering.source();
    let mut text = |at: usize, _| match at.cmp(&end) {
        Ordering::Less => source.get(at..end).unwrap_or_default(),
        Ordering::Equal => b";",
        Ordering::Greater => b"",
    };
    let mut left = 1_000 + 4 * (end - start);
    let mut watch = |_: &ParseState| {
        left = left.saturating_sub(1);
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut watch);
    let tree =
        parser.parse_with_options(&mut text, None, Some(options)).filter(|tree| !tree.root_node().has_error())?;
    let statements: Vec<_> =
        named(tree.root_node()).into_iter().filter(|statement| statement.kind() != "empty_statement").collect();
    for token in tokens {
        lowering.leave_out(*token);
    }
    let inner = match statements.as_slice() {
        [only] if only.kind() == "expression_statement" => named(*only).first().copied(),
        _ => None,
    };
    Some(match inner {
        Some(inner) => lowering.one(inner),
        None => Expression { kind: Kind::Group(lowering.all(tree.root_node())), place: place(*first) },
    })
}

/// `format!("...{}...{name}", value)` as a text with holes.
fn formatted(parts: Vec<Expression>) -> Kind {
    let mut parts = parts.into_iter();
    let Some(Expression { kind: Kind::Text(pieces), place }) = parts.next() else {
        return Kind::Group(parts.collect());
    };
    let mut out = Vec::new();
    for piece in pieces {
        let Piece::Literal(text) = piece else { continue };
        let text = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
        let mut segments = text.split('{');
        out.extend(segments.next().map(|first| Piece::Literal(first.to_owned())));
        for segment in segments {
            let (field, rest) = segment.split_once('}').unwrap_or(("", segment));
            let name = field.split(':').next().unwrap_or_default().trim();
            let value = if name.is_empty() || name.chars().all(|c| c.is_ascii_digit()) {
                parts.next()
            } else {
                Some(Expression { kind: Kind::Name(name.to_owned()), place })
            };
            out.extend(value.map(Piece::Hole));
            out.push(Piece::Literal(rest.to_owned()));
        }
    }
    Kind::Text(out)
}
