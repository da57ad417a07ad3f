//! JavaScript and TypeScript, with JSX.

use tree_sitter::Node;

use super::expression::{Argument, Call, Entry, Expression, Kind};
use super::lower::{Lowering, compares, group, named, place};

/// Types, which say nothing at run time.
const TYPES: &[&str] = &[
    "type_annotation",
    "type_arguments",
    "type_parameters",
    "interface_declaration",
    "type_alias_declaration",
    "ambient_declaration",
    "abstract_method_signature",
    "function_signature",
    "method_signature",
    "jsx_text",
    "regex",
];

/// Whether a node is one of them.
pub(super) fn is_type(node: Node<'_>) -> bool {
    TYPES.contains(&node.kind())
}

pub(super) fn lower(lowering: &mut Lowering<'_>, node: Node<'_>) -> Expression {
    let kind = match node.kind() {
        kind if TYPES.contains(&kind) => Kind::Group(Vec::new()),
        "string" | "template_string" => lowering.literal(node, "template_substitution"),
        "true" => Kind::Bool(true),
        "false" => Kind::Bool(false),
        "number" => Kind::Number(lowering.text(node)),
        "identifier" | "this" | "undefined" | "null" | "shorthand_property_identifier" => {
            Kind::Name(lowering.text(node))
        }
        "member_expression" | "subscript_expression" => member(lowering, node),
        "array" => Kind::List(lowering.all(node)),
        "object" => Kind::Object(named(node).into_iter().map(|child| entry(lowering, child)).collect()),
        "call_expression" => call(lowering, node, "function"),
        "new_expression" => call(lowering, node, "constructor"),
        "assignment_expression" | "augmented_assignment_expression" => assignment(lowering, node, "left", "right"),
        "variable_declarator" | "public_field_definition" => assignment(lowering, node, "name", "value"),
        "field_definition" => assignment(lowering, node, "property", "value"),
        "enum_declaration" => enumeration(lowering, node),
        "class_declaration" | "class" => class(lowering, node),
        "binary_expression" => binary(lowering, node),
        "unary_expression" => unary(lowering, node),
        "ternary_expression" => Kind::Choice(
            ["consequence", "alternative"].into_iter().filter_map(|part| lowering.field(node, part)).collect(),
            lowering.field(node, "condition").into_iter().collect(),
        ),
        "parenthesized_expression"
        | "as_expression"
        | "satisfies_expression"
        | "non_null_expression"
        | "await_expression" => match named(node).first() {
            Some(inner) => return lowering.one(*inner),
            None => Kind::Group(Vec::new()),
        },
        "switch_case" => {
            let value = lowering.field(node, "value").map(|value| group_of(node, Kind::Compare(vec![value])));
            let body = named(node).into_iter().skip(1).map(|child| lowering.one(child)).collect::<Vec<_>>();
            Kind::Group(value.into_iter().chain(body).collect())
        }
        "arrow_function" | "function_expression" | "function_declaration" | "method_definition" => {
            Kind::Function(lowering.field_text(node, "name"), lets_pass(lowering, node), lowering.all(node))
        }
        // A directive such as 'use strict'.
        "expression_statement" if named(node).first().is_some_and(|only| only.kind() == "string") => {
            Kind::Group(Vec::new())
        }
        "jsx_attribute" => attribute(lowering, node),
        _ => Kind::Group(lowering.all(node)),
    };
    group_of(node, kind)
}

fn group_of(node: Node<'_>, kind: Kind) -> Expression {
    Expression { kind, place: place(node) }
}

/// The dotted name of an expression, where it has one.
fn dotted(lowering: &Lowering<'_>, node: Node<'_>) -> Option<String> {
    match node.kind() {
        "identifier" | "this" | "property_identifier" | "private_property_identifier" | "super" | "import" => {
            Some(lowering.text(node))
        }
        "member_expression" => {
            let object = dotted(lowering, node.child_by_field_name("object")?)?;
            Some(format!("{object}.{}", lowering.field_text(node, "property")))
        }
        "subscript_expression" => {
            let object = dotted(lowering, node.child_by_field_name("object")?)?;
            let index = node.child_by_field_name("index").filter(|index| index.kind() == "string")?;
            Some(format!("{object}.{}", lowering.text(index).trim_matches(['"', '\''])))
        }
        "non_null_expression" | "parenthesized_expression" | "as_expression" => dotted(lowering, *named(node).first()?),
        _ => None,
    }
}

fn member(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    if let Some(name) = dotted(lowering, node) {
        return Kind::Name(name);
    }
    Kind::Group(["object", "index"].into_iter().filter_map(|part| lowering.field(node, part)).collect())
}

fn entry(lowering: &mut Lowering<'_>, node: Node<'_>) -> Entry {
    match node.kind() {
        "pair" => Entry {
            key: node.child_by_field_name("key").and_then(|key| key_of(lowering, key)),
            value: lowering.field(node, "value").unwrap_or_else(|| group(node, Vec::new())),
        },
        "shorthand_property_identifier" => Entry { key: Some(lowering.text(node)), value: lowering.one(node) },
        "method_definition" => Entry { key: Some(lowering.field_text(node, "name")), value: lowering.one(node) },
        "spread_element" => {
            let inner = named(node).first().map(|inner| lowering.one(*inner));
            Entry { key: None, value: inner.unwrap_or_else(|| group(node, Vec::new())) }
        }
        _ => Entry { key: None, value: lowering.one(node) },
    }
}

fn key_of(lowering: &Lowering<'_>, key: Node<'_>) -> Option<String> {
    let text = lowering.text(key);
    match key.kind() {
        "computed_property_name" => {
            let inner = *named(key).first()?;
            (inner.kind() == "string").then(|| lowering.text(inner).trim_matches(['"', '\'']).to_owned())
        }
        _ => Some(text.trim_matches(['"', '\'']).to_owned()),
    }
}

fn call(lowering: &mut Lowering<'_>, node: Node<'_>, callee: &str) -> Kind {
    let Some(callee) = node.child_by_field_name(callee) else { return Kind::Group(lowering.all(node)) };
    let (name, receiver) = match dotted(lowering, callee) {
        Some(name) => (name, None),
        None => (lowering.field_text(callee, "property"), Some(callee)),
    };
    let receiver = receiver.map(|callee| {
        let object = callee.child_by_field_name("object").unwrap_or(callee);
        lowering.one(object)
    });
    let arguments = node.child_by_field_name("arguments").map(|list| match list.kind() {
        "template_string" => vec![list],
        _ => named(list),
    });
    let arguments =
        arguments.into_iter().flatten().map(|argument| Argument { name: None, value: lowering.one(argument) });
    let call = Call { name, receiver, arguments: arguments.collect() };
    Kind::Call(Box::new(call))
}

fn assignment(lowering: &mut Lowering<'_>, node: Node<'_>, target: &str, value: &str) -> Kind {
    let name = node.child_by_field_name(target).and_then(|target| dotted(lowering, target));
    match (name, lowering.field(node, value)) {
        (Some(name), Some(value)) => Kind::Assign(name, Box::new(value)),
        (None, Some(value)) => Kind::Group(lowering.field(node, target).into_iter().chain([value]).collect()),
        (_, None) => Kind::Group(Vec::new()),
    }
}

fn enumeration(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let name = lowering.field_text(node, "name");
    let members = node.child_by_field_name("body").map(named).unwrap_or_default().into_iter().filter_map(|member| {
        let value = lowering.field(member, "value")?;
        let target = format!("{name}.{}", lowering.field_text(member, "name"));
        Some(group_of(member, Kind::Assign(target, Box::new(value))))
    });
    Kind::Group(members.collect())
}

/// A class: its fields are known by its name too.
fn class(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let name = lowering.field_text(node, "name");
    let heritage = named(node).into_iter().filter(|child| child.kind() != "class_body");
    let mut lowered: Vec<_> = heritage.map(|child| lowering.one(child)).collect();
    for member in node.child_by_field_name("body").map(named).unwrap_or_default() {
        let member = lowering.one(member);
        lowered.push(match member.kind {
            Kind::Assign(target, value) if !target.contains('.') => {
                Expression { kind: Kind::Assign(format!("{name}.{target}"), value), place: member.place }
            }
            kind => Expression { kind, place: member.place },
        });
    }
    Kind::Group(lowered)
}

fn binary(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let operator = lowering.field_text(node, "operator");
    match operator.as_str() {
        "+" => lowering.sum(node),
        "||" | "&&" | "??" => Kind::Choice(lowering.all(node), Vec::new()),
        operator if compares(operator) => Kind::Compare(lowering.all(node)),
        _ => Kind::Group(lowering.all(node)),
    }
}

fn unary(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let operator = lowering.field_text(node, "operator");
    let Some(argument) = lowering.field(node, "argument") else { return Kind::Group(Vec::new()) };
    match (operator.as_str(), &argument.kind) {
        ("!", Kind::Bool(flag)) => Kind::Bool(!flag),
        ("!", Kind::Number(number)) => Kind::Bool(number == "0"),
        ("void", Kind::Number(_)) => Kind::Name("undefined".to_owned()),
        _ => Kind::Group(vec![argument]),
    }
}

fn attribute(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let children = named(node);
    let (Some(name), Some(value)) = (children.first(), children.get(1)) else { return Kind::Group(Vec::new()) };
    let value = match value.kind() {
        "jsx_expression" => named(*value).first().map(|inner| lowering.one(*inner)),
        _ => Some(lowering.one(*value)),
    };
    let key = Some(lowering.text(*name));
    Kind::Object(value.into_iter().map(|value| Entry { key: key.clone(), value }).collect())
}

/// Whether a function gives nothing whatever it is given: `() => undefined`, `() => {}`, `() => { return true }`.
fn lets_pass(lowering: &Lowering<'_>, node: Node<'_>) -> bool {
    let Some(body) = node.child_by_field_name("body") else { return false };
    let nothing = |node: Node<'_>| {
        let text = lowering.text(node);
        matches!(
            text.trim_end_matches(';').trim(),
            "undefined"
                | "null"
                | "true"
                | "void 0"
                | "return"
                | "return undefined"
                | "return null"
                | "return true"
                | "return void 0"
        )
    };
    match body.kind() {
        "statement_block" => match named(body).as_slice() {
            [] => true,
            [only] => nothing(*only),
            _ => false,
        },
        _ => nothing(body),
    }
}
