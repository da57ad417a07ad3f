//! Rust.

use tree_sitter::Node;

use super::expression::{Argument, Call, Entry, Expression, Kind};
use super::import::Import;
use super::lower::{Lowering, compares, group, named, place};
use super::rust_macros::{macro_call, tokens};

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
        if std::mem::take(&mut only_tests) {
            lowering.leave_out(child);
        } else {
            lowered.push(lowering.one(child));
        }
    }
    lowered
}

/// Whether a node says nothing at run time.
pub(super) fn is_type(node: Node<'_>) -> bool {
    matches!(node.kind(), "attribute_item" | "inner_attribute_item" | "type_arguments" | "use_declaration")
}

pub(super) fn lower(lowering: &mut Lowering<'_>, node: Node<'_>) -> Expression {
    let kind = match node.kind() {
        "match_pattern" => Kind::Group(lowering.field(node, "condition").into_iter().collect()),
        "type_arguments" | "use_declaration" | "inner_attribute_item" => Kind::Group(Vec::new()),
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
        "mod_item" if node.child_by_field_name("body").is_none() => {
            let import =
                Import::of(path_attribute(lowering, node).unwrap_or_else(|| lowering.field_text(node, "name")));
            lowering.imports.push(import);
            Kind::Group(Vec::new())
        }
        "parameter" => match node.child_by_field_name("pattern").filter(|pattern| pattern.kind() == "identifier") {
            Some(pattern) => return lowering.unknown(pattern),
            None => Kind::Group(lowering.all(node)),
        },
        "closure_expression" => {
            lowering.function(node);
            Kind::Group(lowering.all(node))
        }
        "closure_parameters" => {
            let parameters = named(node).into_iter().map(|parameter| match parameter.kind() {
                "identifier" => lowering.unknown(parameter),
                _ => lowering.one(parameter),
            });
            Kind::Group(parameters.collect())
        }
        "function_item" => {
            lowering.function(node);
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
        "field_initializer" => {
            let value = lowering.field(node, "value").unwrap_or_else(nothing);
            Entry::of(lowering.field_text(node, "field"), value)
        }
        "shorthand_field_initializer" => {
            let value = named(node).first().map_or_else(nothing, |name| lowering.one(*name));
            Entry::of(lowering.text(node), value)
        }
        _ => Entry::spread(lowering.one(node)),
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

/// `#[path = "..."]` before a module.
fn path_attribute(lowering: &Lowering<'_>, node: Node<'_>) -> Option<String> {
    let before = node.prev_named_sibling().filter(|before| before.kind() == "attribute_item")?;
    let text = lowering.text(before);
    let (_, quoted) = text.split_once("path").filter(|(attribute, _)| attribute.trim() == "#[")?;
    quoted.split('"').nth(1).map(str::to_owned)
}

fn assignment(lowering: &mut Lowering<'_>, node: Node<'_>, target: &str, value: &str) -> Kind {
    if !matches!(node.kind(), "assignment_expression" | "compound_assignment_expr") {
        lowering.declare(node);
    }
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
