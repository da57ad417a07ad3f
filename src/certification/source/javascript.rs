//! JavaScript and TypeScript, with JSX.

use tree_sitter::Node;

use super::expression::{Argument, Call, Entry, Expression, Kind, Piece};
use super::import::Import;
use super::lower::{Lowering, compares, every, glued, group, named, place, put, unescaped};

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
            Kind::Name(unescaped(&lowering.text(node)))
        }
        "member_expression" | "subscript_expression" => member(lowering, node),
        "array" => Kind::List(lowering.all(node)),
        "object" => Kind::Object(named(node).into_iter().map(|child| entry(lowering, child)).collect()),
        "call_expression" => call(lowering, node, "function"),
        "new_expression" => call(lowering, node, "constructor"),
        "assignment_expression" | "augmented_assignment_expression" => assignment(lowering, node, "left", "right"),
        "variable_declarator" | "public_field_definition" => {
            lowering.declare(node);
            assignment(lowering, node, "name", "value")
        }
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
        "import_statement" | "export_statement" | "import_require_clause" => {
            imports(lowering, node);
            Kind::Group(lowering.all(node))
        }
        "assignment_pattern" | "object_assignment_pattern" => {
            lowering.declare(node);
            assignment(lowering, node, "left", "right")
        }
        "required_parameter" | "optional_parameter" => parameter(lowering, node),
        "formal_parameters" => {
            let parameters = named(node).into_iter().map(|parameter| match parameter.kind() {
                "identifier" => lowering.unknown(parameter),
                _ => lowering.one(parameter),
            });
            Kind::Group(parameters.collect())
        }
        "shorthand_property_identifier_pattern" => return lowering.unknown(node),
        "generator_function" | "generator_function_declaration" => {
            lowering.function(node);
            Kind::Group(lowering.all(node))
        }
        "arrow_function" | "function_expression" | "function_declaration" | "method_definition" => {
            lowering.function(node);
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
        "identifier"
        | "this"
        | "property_identifier"
        | "private_property_identifier"
        | "super"
        | "import"
        | "shorthand_property_identifier_pattern" => Some(unescaped(&lowering.text(node))),
        "member_expression" => {
            let object = dotted(lowering, node.child_by_field_name("object")?)?;
            Some(format!("{object}.{}", unescaped(&lowering.field_text(node, "property"))))
        }
        "subscript_expression" => {
            let object = dotted(lowering, node.child_by_field_name("object")?)?;
            let index = folded(lowering, node.child_by_field_name("index")?)?;
            Some(format!("{object}.{index}"))
        }
        "non_null_expression" | "parenthesized_expression" | "as_expression" => dotted(lowering, *named(node).first()?),
        _ => None,
    }
}

/// A literal text, also one that is put together from such.
fn folded(lowering: &Lowering<'_>, node: Node<'_>) -> Option<String> {
    match node.kind() {
        "string" | "template_string" => lowering.plain_literal(node),
        "parenthesized_expression" => folded(lowering, *named(node).first()?),
        "binary_expression" if lowering.field_text(node, "operator") == "+" => {
            let [left, right] = ["left", "right"].map(|side| node.child_by_field_name(side));
            Some(folded(lowering, left?)? + &folded(lowering, right?)?)
        }
        _ => None,
    }
}

/// A parameter of TypeScript.
fn parameter(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let pattern = node.child_by_field_name("pattern").filter(|pattern| pattern.kind() == "identifier");
    match (pattern, node.child_by_field_name("value")) {
        (Some(pattern), None) => Kind::Group(vec![lowering.unknown(pattern)]),
        (Some(_), Some(_)) => {
            lowering.declare(node);
            assignment(lowering, node, "pattern", "value")
        }
        _ => Kind::Group(lowering.all(node)),
    }
}

/// Notes the module that is taken in; types alone take in none.
fn imports(lowering: &mut Lowering<'_>, node: Node<'_>) {
    let of_types = every(node).get(1).is_some_and(|word| word.kind() == "type");
    if let Some(source) = node.child_by_field_name("source").filter(|_| !of_types) {
        lowering.imports.extend(lowering.plain_literal(source).map(Import::of));
    }
}

fn member(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    if let Some(name) = dotted(lowering, node) {
        return Kind::Name(name);
    }
    Kind::Group(["object", "index"].into_iter().filter_map(|part| lowering.field(node, part)).collect())
}

fn entry(lowering: &mut Lowering<'_>, node: Node<'_>) -> Entry {
    let nothing = || group(node, Vec::new());
    match node.kind() {
        "pair" => {
            let key = node.child_by_field_name("key").map(|key| key_of(lowering, key));
            let value = lowering.field(node, "value").unwrap_or_else(nothing);
            key.map_or_else(|| Entry::spread(value.clone()), |key| Entry::computed(key, value.clone()))
        }
        "shorthand_property_identifier" => Entry::of(unescaped(&lowering.text(node)), lowering.one(node)),
        "method_definition" => match node.child_by_field_name("name").map(|key| key_of(lowering, key)) {
            Some(key) => Entry::computed(key, lowering.one(node)),
            None => Entry::spread(lowering.one(node)),
        },
        "spread_element" => {
            let inner = named(node).first().map(|inner| lowering.one(*inner));
            Entry::spread(inner.unwrap_or_else(nothing))
        }
        _ => Entry::spread(lowering.one(node)),
    }
}

/// A key as a text, or as what it is computed from.
fn key_of(lowering: &mut Lowering<'_>, key: Node<'_>) -> Expression {
    lowering.leave_out(key);
    match (key.kind(), named(key).first()) {
        ("computed_property_name", Some(inner)) => lowering.one(*inner),
        ("string", _) => group_of(key, lowering.literal(key, "")),
        _ => group_of(key, Kind::Text(vec![Piece::Literal(unescaped(&lowering.text(key)))])),
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
    let arguments: Vec<_> = arguments.collect();
    if matches!(name.as_str(), "require" | "import")
        && let Some(module) = arguments.first().and_then(|argument| argument.value.literal())
    {
        lowering.imports.push(Import::of(module));
    }
    match put_together(&name, receiver.as_ref(), &arguments) {
        Some(pieces) => Kind::Text(pieces),
        None => Kind::Call(Box::new(Call { name, receiver, arguments })),
    }
}

/// `"a".concat(b)` and `[a, b].join("&")` as the text that they give.
fn put_together(name: &str, receiver: Option<&Expression>, arguments: &[Argument]) -> Option<Vec<Piece>> {
    let given: Vec<_> = arguments.iter().map(|argument| argument.value.clone()).collect();
    let is_text = |part: &Expression| matches!(part.kind, Kind::Text(_));
    match (name.rsplit_once('.'), receiver, given.as_slice()) {
        (None, Some(start), _) if name == "concat" && is_text(start) => {
            Some(glued(&[], &[vec![start.clone()], given].concat()))
        }
        (Some((start, "concat")), None, [first, ..]) if given.iter().any(is_text) => {
            let start = Expression { kind: Kind::Name(start.to_owned()), place: first.place };
            Some(glued(&[], &[vec![start], given].concat()))
        }
        (None, Some(Expression { kind: Kind::List(parts), .. }), [Expression { kind: Kind::Text(glue), .. }])
            if name == "join" =>
        {
            Some(glued(glue, parts))
        }
        _ => None,
    }
}

fn assignment(lowering: &mut Lowering<'_>, node: Node<'_>, target: &str, value: &str) -> Kind {
    let name = node.child_by_field_name(target).and_then(|target| dotted(lowering, target));
    let value = lowering.field(node, value);
    let subscript = node.child_by_field_name(target).filter(|target| target.kind() == "subscript_expression");
    if let (None, Some(target), Some(value)) = (&name, subscript, &value)
        && let Some(put) = put(lowering, (target, "object", "index"), value)
    {
        return put;
    }
    match (name, value) {
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
    let bases = named(node).into_iter().filter(|child| child.kind() == "class_heritage");
    let bases = bases.map(|base| lowering.text(base)).collect();
    lowering.class(node, bases);
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
    let key = lowering.text(*name);
    Kind::Object(value.into_iter().map(|value| Entry::of(key.clone(), value)).collect())
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
