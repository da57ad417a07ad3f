//! Rust.

use tree_sitter::Node;

use super::expression::{Argument, Call, Entry, Expression, Kind, Piece};
use super::lower::{Lowering, compares, every, group, named, place};

/// Lowers what a node holds, without what only tests see.
pub(super) fn items(lowering: &mut Lowering<'_>, node: Node<'_>) -> Vec<Expression> {
    let mut lowered = Vec::new();
    let mut only_tests = false;
    for child in named(node) {
        if child.kind() == "attribute_item" {
            let text: String = lowering.text(child).split_whitespace().collect();
            only_tests |= text.contains("cfg(test)")
                || text == "#[test]"
                || text.ends_with("::test]")
                || text.contains("::test(");
            continue;
        }
        if !std::mem::take(&mut only_tests) {
            lowered.push(lowering.one(child));
        }
    }
    lowered
}

pub(super) fn lower(lowering: &mut Lowering<'_>, node: Node<'_>) -> Expression {
    let kind = match node.kind() {
        "match_pattern" | "type_arguments" | "use_declaration" | "inner_attribute_item" => Kind::Group(Vec::new()),
        "string_literal" | "raw_string_literal" => lowering.literal(node, ""),
        "boolean_literal" => Kind::Bool(lowering.text(node) == "true"),
        "integer_literal" | "float_literal" => Kind::Number(lowering.text(node)),
        "identifier" | "self" | "scoped_identifier" | "field_expression" => member(lowering, node),
        "reference_expression" => match node.child_by_field_name("value") {
            Some(value) => return lowering.one(value),
            None => Kind::Group(Vec::new()),
        },
        "parenthesized_expression" | "try_expression" | "await_expression" | "type_cast_expression" => {
            match named(node).first() {
                Some(inner) => return lowering.one(*inner),
                None => Kind::Group(Vec::new()),
            }
        }
        "array_expression" | "tuple_expression" => Kind::List(lowering.all(node)),
        "struct_expression" => {
            let fields = node.child_by_field_name("body").map(named).unwrap_or_default();
            Kind::Object(fields.into_iter().map(|field| entry(lowering, field)).collect())
        }
        "call_expression" => call(lowering, node),
        "macro_invocation" => macro_call(lowering, node),
        "token_tree" => tokens(lowering, node),
        "let_declaration" => assignment(lowering, node, "pattern", "value"),
        "const_item" | "static_item" => assignment(lowering, node, "name", "value"),
        "assignment_expression" | "compound_assignment_expr" => assignment(lowering, node, "left", "right"),
        "binary_expression" => binary(lowering, node),
        "unary_expression" => match lowering.all(node).pop() {
            Some(Expression { kind: Kind::Bool(flag), .. }) => Kind::Bool(!flag),
            other => Kind::Group(other.into_iter().collect()),
        },
        "function_item" => {
            Kind::Function(lowering.field_text(node, "name"), lets_pass(lowering, node), lowering.all(node))
        }
        _ => Kind::Group(lowering.all(node)),
    };
    Expression { kind, place: place(node) }
}

/// A path or a field as a dotted name.
fn dotted(lowering: &Lowering<'_>, node: Node<'_>) -> Option<String> {
    match node.kind() {
        "identifier" | "self" | "scoped_identifier" | "crate" => {
            Some(lowering.text(node).replace("::", ".").split_whitespace().collect())
        }
        "field_expression" => {
            let value = dotted(lowering, node.child_by_field_name("value")?)?;
            Some(format!("{value}.{}", lowering.field_text(node, "field")))
        }
        "generic_function" => dotted(lowering, node.child_by_field_name("function")?),
        _ => None,
    }
}

fn member(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    match dotted(lowering, node) {
        Some(name) => Kind::Name(name),
        None => Kind::Group(lowering.field(node, "value").into_iter().collect()),
    }
}

fn entry(lowering: &mut Lowering<'_>, node: Node<'_>) -> Entry {
    let nothing = || group(node, Vec::new());
    match node.kind() {
        "field_initializer" => Entry {
            key: Some(lowering.field_text(node, "field")),
            value: lowering.field(node, "value").unwrap_or_else(nothing),
        },
        "shorthand_field_initializer" => Entry {
            key: Some(lowering.text(node)),
            value: named(node).first().map_or_else(nothing, |name| lowering.one(*name)),
        },
        _ => Entry { key: None, value: lowering.one(node) },
    }
}

fn call(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let Some(callee) = node.child_by_field_name("function") else { return Kind::Group(lowering.all(node)) };
    let arguments = node.child_by_field_name("arguments").map(|list| lowering.all(list)).unwrap_or_default();
    let (name, receiver) = if let Some(name) = dotted(lowering, callee) {
        (name, None)
    } else {
        let field = match callee.kind() {
            "generic_function" => callee.child_by_field_name("function").unwrap_or(callee),
            _ => callee,
        };
        let name = lowering.field_text(field, "field");
        (name, Some(lowering.field(field, "value").unwrap_or_else(|| lowering.one(field))))
    };
    // A literal that is made a string is that literal.
    let kept = match (name.as_str(), &receiver, arguments.as_slice()) {
        ("to_string" | "to_owned" | "into" | "as_str", Some(Expression { kind: Kind::Text(pieces), .. }), [])
        | ("String.from" | "str.from" | "Some" | "Cow.from", None, [Expression { kind: Kind::Text(pieces), .. }]) => {
            Some(pieces)
        }
        _ => None,
    };
    if let Some(pieces) = kept {
        return Kind::Text(pieces.clone());
    }
    let arguments = arguments.into_iter().map(|value| Argument { name: None, value }).collect();
    Kind::Call(Box::new(Call { name, receiver, arguments }))
}

fn macro_call(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let name = lowering.field_text(node, "macro").replace("::", ".");
    let held = named(node).into_iter().find(|child| child.kind() == "token_tree").map(|tree| tokens(lowering, tree));
    if matches!(name.rsplit('.').next(), Some("format" | "concat" | "format_args")) {
        if let Some(Kind::List(parts)) = held {
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
fn tokens(lowering: &mut Lowering<'_>, tree: Node<'_>) -> Kind {
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
            Entry { key, value: together(lowering, &part[2..]) }
        });
        return Kind::Object(entries.collect());
    }
    Kind::List(parts.iter().map(|part| together(lowering, part)).collect())
}

/// Several tokens that stand together; a lone `&` before one changes nothing.
fn together(lowering: &mut Lowering<'_>, tokens: &[Node<'_>]) -> Expression {
    let tokens = match tokens {
        [first, rest @ ..] if first.kind() == "&" && !rest.is_empty() => rest,
        tokens => tokens,
    };
    match tokens {
        [only] => lowering.one(*only),
        [first, ..] => {
            let held = tokens.iter().filter(|token| token.is_named()).map(|token| lowering.one(*token)).collect();
            group(*first, held)
        }
        [] => Expression { kind: Kind::Group(Vec::new()), place: super::Place { line: 1, column: 1 } },
    }
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

fn assignment(lowering: &mut Lowering<'_>, node: Node<'_>, target: &str, value: &str) -> Kind {
    let name = node.child_by_field_name(target).and_then(|target| match target.kind() {
        "mut_pattern" => named(target).last().map(|inner| lowering.text(*inner)),
        _ => dotted(lowering, target),
    });
    match (name, lowering.field(node, value)) {
        (Some(name), Some(value)) => Kind::Assign(name, Box::new(value)),
        (_, value) => Kind::Group(value.into_iter().collect()),
    }
}

fn binary(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    match lowering.field_text(node, "operator").as_str() {
        "+" => lowering.sum(node),
        "&&" | "||" => Kind::Choice(lowering.all(node), Vec::new()),
        operator if compares(operator) => Kind::Compare(lowering.all(node)),
        _ => Kind::Group(lowering.all(node)),
    }
}

/// Whether a function answers that all is well whatever it is given, as the verifier of certificates of rustls would.
fn lets_pass(lowering: &Lowering<'_>, node: Node<'_>) -> bool {
    let Some(body) = node.child_by_field_name("body") else { return false };
    match named(body).as_slice() {
        [only] => {
            let text: String = lowering.text(*only).split_whitespace().collect();
            text.trim_end_matches(';').trim_start_matches("return").starts_with("Ok(")
                && text.contains("ServerCertVerified::assertion()")
        }
        _ => false,
    }
}
