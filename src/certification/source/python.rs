//! Python.

use tree_sitter::Node;

use super::expression::{Argument, Call, Entry, Expression, Kind, Piece};
use super::lower::{Lowering, glued, group, named, place, put};
use super::python_imports;

/// Whether a node says nothing at run time.
pub(super) fn is_type(node: Node<'_>) -> bool {
    matches!(node.kind(), "type" | "case_pattern")
}

pub(super) fn lower(lowering: &mut Lowering<'_>, node: Node<'_>) -> Expression {
    let kind = match node.kind() {
        "type" | "case_pattern" => Kind::Group(Vec::new()),
        "string" => lowering.literal(node, "interpolation"),
        "concatenated_string" => Kind::Text(joined(lowering.all(node))),
        "true" => Kind::Bool(true),
        "false" => Kind::Bool(false),
        "integer" | "float" => Kind::Number(lowering.text(node)),
        "none" | "identifier" => Kind::Name(lowering.text(node)),
        "attribute" | "subscript" => member(lowering, node),
        "list" | "tuple" | "set" => Kind::List(lowering.all(node)),
        "dictionary" => Kind::Object(named(node).into_iter().map(|child| entry(lowering, child)).collect()),
        "call" => call(lowering, node),
        "assignment" | "augmented_assignment" => assignment(lowering, node, "left", "right"),
        "named_expression" | "default_parameter" | "typed_default_parameter" => {
            assignment(lowering, node, "name", "value")
        }
        "as_pattern" => named_as(lowering, node),
        "class_definition" => class(lowering, node),
        "function_definition" | "lambda" => {
            lowering.function(node);
            Kind::Group(lowering.all(node))
        }
        "parameters" | "lambda_parameters" => parameters(lowering, node),
        "import_statement" | "import_from_statement" | "future_import_statement" => {
            python_imports::lower(lowering, node)
        }
        "global_statement" | "nonlocal_statement" => {
            let names: Vec<_> = named(node).into_iter().map(|name| lowering.text(name)).collect();
            lowering.shared.extend(names);
            Kind::Group(Vec::new())
        }
        "binary_operator" => binary(lowering, node),
        "comparison_operator" => Kind::Compare(lowering.all(node)),
        "boolean_operator" => Kind::Choice(lowering.all(node), Vec::new()),
        "not_operator" => match lowering.field(node, "argument") {
            Some(Expression { kind: Kind::Bool(flag), .. }) => Kind::Bool(!flag),
            Some(Expression { kind: Kind::Number(number), .. }) => Kind::Bool(number == "0"),
            other => Kind::Group(other.into_iter().collect()),
        },
        "conditional_expression" => {
            let mut parts = lowering.all(node);
            let condition = if parts.len() == 3 { vec![parts.remove(1)] } else { Vec::new() };
            Kind::Choice(parts, condition)
        }
        "parenthesized_expression" | "await" => match named(node).first() {
            Some(inner) => return lowering.one(*inner),
            None => Kind::Group(Vec::new()),
        },
        // A docstring, or a text that stands for a comment.
        "expression_statement" if is_text(node) => Kind::Group(Vec::new()),
        _ => Kind::Group(lowering.all(node)),
    };
    Expression { kind, place: place(node) }
}

fn is_text(node: Node<'_>) -> bool {
    named(node).first().is_some_and(|only| matches!(only.kind(), "string" | "concatenated_string"))
}

fn joined(parts: Vec<Expression>) -> Vec<Piece> {
    let pieces = parts.into_iter().flat_map(|part| match part.kind {
        Kind::Text(pieces) => pieces,
        kind => vec![Piece::Hole(Expression { kind, place: part.place })],
    });
    pieces.collect()
}

fn dotted(lowering: &Lowering<'_>, node: Node<'_>) -> Option<String> {
    match node.kind() {
        "identifier" => Some(lowering.text(node)),
        "attribute" => {
            let object = dotted(lowering, node.child_by_field_name("object")?)?;
            Some(format!("{object}.{}", lowering.field_text(node, "attribute")))
        }
        "subscript" => {
            let object = dotted(lowering, node.child_by_field_name("value")?)?;
            let index = node.child_by_field_name("subscript")?;
            Some(format!("{object}.{}", folded(lowering, index)?))
        }
        _ => None,
    }
}

/// A literal text, also one that is put together from such.
fn folded(lowering: &Lowering<'_>, node: Node<'_>) -> Option<String> {
    match node.kind() {
        "string" => lowering.plain_literal(node),
        "concatenated_string" => named(node).into_iter().map(|part| folded(lowering, part)).collect(),
        "parenthesized_expression" => folded(lowering, *named(node).first()?),
        "binary_operator" if lowering.field_text(node, "operator") == "+" => {
            let [left, right] = ["left", "right"].map(|side| node.child_by_field_name(side));
            Some(folded(lowering, left?)? + &folded(lowering, right?)?)
        }
        _ => None,
    }
}

/// Parameters: what they are by default, or nothing that is known.
fn parameters(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let lowered = named(node).into_iter().map(|parameter| match parameter.kind() {
        "identifier" => lowering.unknown(parameter),
        "typed_parameter" => {
            lowering.leave_out(parameter);
            let name = named(parameter).into_iter().find(|name| name.kind() == "identifier");
            name.map_or_else(|| group(parameter, Vec::new()), |name| lowering.unknown(name))
        }
        _ => lowering.one(parameter),
    });
    Kind::Group(lowered.collect())
}

fn member(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    if let Some(name) = dotted(lowering, node) {
        return Kind::Name(name);
    }
    let parts = ["object", "value", "subscript"].into_iter().filter_map(|part| lowering.field(node, part));
    Kind::Group(parts.collect())
}

fn entry(lowering: &mut Lowering<'_>, node: Node<'_>) -> Entry {
    let nothing = || group(node, Vec::new());
    if node.kind() == "pair" {
        let (key, value) = (lowering.field(node, "key"), lowering.field(node, "value").unwrap_or_else(nothing));
        return key.map_or_else(|| Entry::spread(value.clone()), |key| Entry::computed(key, value.clone()));
    }
    let spread = named(node).first().map(|inner| lowering.one(*inner));
    Entry::spread(spread.unwrap_or_else(nothing))
}

fn call(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let Some(callee) = node.child_by_field_name("function") else { return Kind::Group(lowering.all(node)) };
    let arguments = node.child_by_field_name("arguments").map(|list| arguments(lowering, list)).unwrap_or_default();
    let (name, receiver) = if let Some(name) = dotted(lowering, callee) {
        (name, None)
    } else {
        let object = callee.child_by_field_name("object").unwrap_or(callee);
        (lowering.field_text(callee, "attribute"), Some(lowering.one(object)))
    };
    match receiver {
        Some(Expression { kind: Kind::Text(pieces), .. }) if name == "format" => {
            lowering.keep(arguments.iter().map(|argument| &argument.value));
            Kind::Text(filled(&pieces, arguments))
        }
        Some(Expression { kind: Kind::Text(glue), .. })
            if name == "join"
                && let [Argument { value: Expression { kind: Kind::List(parts), .. }, .. }] = arguments.as_slice() =>
        {
            Kind::Text(glued(&glue, parts))
        }
        receiver => Kind::Call(Box::new(Call { name, receiver, arguments })),
    }
}

fn arguments(lowering: &mut Lowering<'_>, list: Node<'_>) -> Vec<Argument> {
    let argument = |child: Node<'_>| match child.kind() {
        "keyword_argument" => {
            Some(Argument { name: Some(lowering.field_text(child, "name")), value: lowering.field(child, "value")? })
        }
        "dictionary_splat" => {
            Some(Argument { name: Some("**".to_owned()), value: lowering.one(*named(child).first()?) })
        }
        _ => Some(Argument { name: None, value: lowering.one(child) }),
    };
    named(list).into_iter().filter_map(argument).collect()
}

/// `"...{}...{name}".format(a, name=b)`: each place in braces is a hole, filled in order or by keyword.
fn filled(pieces: &[Piece], arguments: Vec<Argument>) -> Vec<Piece> {
    let (named, positional): (Vec<_>, Vec<_>) = arguments.into_iter().partition(|argument| argument.name.is_some());
    let mut positional = positional.into_iter();
    let mut out = Vec::new();
    for piece in pieces {
        let Piece::Literal(text) = piece else {
            out.push(piece.clone());
            continue;
        };
        let mut parts = text.split('{');
        out.extend(parts.next().map(|first| Piece::Literal(first.to_owned())));
        for part in parts {
            let (field, rest) = part.split_once('}').unwrap_or(("", part));
            let keyword = named.iter().find(|argument| argument.name.as_deref() == Some(field));
            let value = keyword.map(|argument| argument.value.clone());
            let value = value.or_else(|| positional.next().map(|argument| argument.value));
            out.extend(value.map(Piece::Hole));
            out.push(Piece::Literal(rest.to_owned()));
        }
    }
    out
}

fn assignment(lowering: &mut Lowering<'_>, node: Node<'_>, target: &str, value: &str) -> Kind {
    let left = node.child_by_field_name(target);
    if let (Some(left), Some(right)) = (left, node.child_by_field_name(value))
        && left.kind() == "pattern_list"
        && right.kind() == "expression_list"
    {
        let pairs = named(left).into_iter().zip(named(right)).map(|(left, right)| {
            let (name, value) = (dotted(lowering, left), lowering.one(right));
            let kind = name
                .map_or_else(|| Kind::Group(vec![value.clone()]), |name| Kind::Assign(name, Box::new(value.clone())));
            Expression { kind, place: place(left) }
        });
        let pairs = pairs.collect();
        for more in named(right).into_iter().skip(named(left).len()) {
            let more = lowering.one(more);
            lowering.keep([&more]);
        }
        return Kind::Group(pairs);
    }
    let value = lowering.field(node, value);
    // What stands under a key of a dictionary is no attribute of it.
    if let (Some(left), Some(value)) = (left.filter(|left| left.kind() == "subscript"), &value)
        && let Some(put) = put(lowering, (left, "value", "subscript"), value)
    {
        return put;
    }
    let name = left.and_then(|target| dotted(lowering, target));
    match (name, value) {
        (Some(name), Some(value)) => Kind::Assign(name, Box::new(value)),
        (_, value) => Kind::Group(value.into_iter().collect()),
    }
}

/// `with value as name`.
fn named_as(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let parts = named(node);
    let target = node.child_by_field_name("alias").and_then(|alias| named(alias).first().copied());
    match (target.and_then(|target| dotted(lowering, target)), parts.first()) {
        (Some(name), Some(value)) => Kind::Assign(name, Box::new(lowering.one(*value))),
        _ => Kind::Group(lowering.all(node)),
    }
}

/// A class: its constants are known by its name too.
fn class(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let name = lowering.field_text(node, "name");
    let bases = node.child_by_field_name("superclasses").map(named).unwrap_or_default();
    let bases = bases.into_iter().filter_map(|base| dotted(lowering, base)).collect();
    lowering.class(node, bases);
    let body = node.child_by_field_name("body").map(|body| lowering.all(body)).unwrap_or_default();
    let body = body.into_iter().map(|statement| match statement.kind {
        Kind::Group(parts) => {
            let parts = parts.into_iter().map(|part| match part.kind {
                Kind::Assign(target, value) if !target.contains('.') => {
                    Expression { kind: Kind::Assign(format!("{name}.{target}"), value), place: part.place }
                }
                kind => Expression { kind, place: part.place },
            });
            Expression { kind: Kind::Group(parts.collect()), place: statement.place }
        }
        kind => Expression { kind, place: statement.place },
    });
    Kind::Group(body.collect())
}

fn binary(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    match lowering.field_text(node, "operator").as_str() {
        "+" => lowering.sum(node),
        "%" => {
            let mut parts = lowering.all(node);
            let right = parts.pop();
            match (parts.pop().map(|left| left.kind), right) {
                (Some(Kind::Text(pieces)), Some(right)) => {
                    lowering.keep(pieces.iter().filter_map(Piece::hole).chain([&right]));
                    Kind::Text(percent(&pieces, right))
                }
                (Some(left), right) => {
                    let left = Expression { kind: left, place: place(node) };
                    Kind::Group([left].into_iter().chain(right).collect())
                }
                (None, _) => Kind::Group(Vec::new()),
            }
        }
        _ => Kind::Group(lowering.all(node)),
    }
}

/// `"...%s" % value`: each `%s` is a hole.
fn percent(pieces: &[Piece], right: Expression) -> Vec<Piece> {
    let values = match right.kind {
        Kind::List(values) => values,
        kind => vec![Expression { kind, place: right.place }],
    };
    let mut values = values.into_iter();
    let mut out = Vec::new();
    for piece in pieces {
        let Piece::Literal(text) = piece else { continue };
        let mut parts = text.split("%s");
        out.extend(parts.next().map(|first| Piece::Literal(first.to_owned())));
        for part in parts {
            out.extend(values.next().map(Piece::Hole));
            out.push(Piece::Literal(part.to_owned()));
        }
    }
    out
}
