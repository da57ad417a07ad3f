//! What the languages' lowerings share.

use std::collections::BTreeSet;
use std::ops::Range;

use tree_sitter::Node;

use super::expression::{Argument, Call, Expression, Kind, Piece, Place};
use super::import::Import;
use super::language::Language;
use super::scope::{Scope, ScopeKind, Scopes};
use super::{javascript, python, rust};

/// Deepest nesting that is followed.
const DEEPEST: usize = 200;
/// How often all bytes of a source may be parsed again, as what macros hold within macros.
const REPARSED: usize = 8;
/// Longest part of one line that is no program and is taken for a slip: about a line's width, in bytes.
const LONGEST_SLIP: usize = 120;

/// Statements by which a finding is told from others.
const STATEMENTS: &[&str] = &[
    "expression_statement",
    "lexical_declaration",
    "variable_declaration",
    "public_field_definition",
    "field_definition",
    "return_statement",
    "throw_statement",
    "export_statement",
    "let_declaration",
    "const_item",
    "static_item",
];

/// Where a statement stands.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) start: Place,
    pub(super) end: Place,
    pub(super) bytes: Range<usize>,
}

/// A lowering under way.
pub(super) struct Lowering<'s> {
    source: &'s [u8],
    language: Language,
    depth: usize,
    /// For each node that is being lowered, what of it was lowered or left out on purpose.
    seen: Vec<Vec<Range<usize>>>,
    /// Statements that hold no others, or functions alone.
    pub(super) statements: Vec<Statement>,
    /// What the form of a node has no place for, and does something all the same.
    pub(super) aside: Vec<Expression>,
    /// What is taken from other files.
    pub(super) imports: Vec<Import>,
    scopes: Vec<Scope>,
    /// Where names are declared.
    declared: BTreeSet<Place>,
    /// Names that functions take from around them.
    pub(super) shared: BTreeSet<String>,
    /// Bytes of macros that may still be parsed.
    pub(super) reparsed: usize,
    /// Line of the first part that was nested too deeply.
    pub(super) too_deep: Option<usize>,
}

impl<'s> Lowering<'s> {
    pub(super) fn new(language: Language, source: &'s [u8]) -> Self {
        let reparsed = REPARSED * source.len();
        Lowering {
            source,
            language,
            depth: 0,
            seen: Vec::new(),
            statements: Vec::new(),
            aside: Vec::new(),
            imports: Vec::new(),
            scopes: Vec::new(),
            declared: BTreeSet::new(),
            shared: BTreeSet::new(),
            reparsed,
            too_deep: None,
        }
    }

    /// What is lowered.
    pub(super) fn source(&self) -> &'s [u8] {
        self.source
    }

    /// The functions and classes that were lowered.
    pub(super) fn take_scopes(&mut self) -> Scopes {
        let declared = (self.language != Language::Python).then(|| std::mem::take(&mut self.declared));
        Scopes::of(std::mem::take(&mut self.scopes), declared, std::mem::take(&mut self.shared))
    }

    /// Notes that what is assigned where a node stands is declared there.
    pub(super) fn declare(&mut self, node: Node<'_>) {
        self.declared.insert(place(node));
    }

    /// A name that gets a value which the file does not tell, such as a parameter.
    pub(super) fn unknown(&mut self, node: Node<'_>) -> Expression {
        self.leave_out(node);
        self.declare(node);
        let nothing = group(node, Vec::new());
        Expression { kind: Kind::Assign(self.text(node), Box::new(nothing)), place: place(node) }
    }

    /// Notes a function.
    pub(super) fn function(&mut self, node: Node<'_>) {
        let name = self.field_text(node, "name");
        self.scopes.push(Scope::new(ScopeKind::Function, extent(node), name, Vec::new()));
    }

    /// Notes a class and what it derives from.
    pub(super) fn class(&mut self, node: Node<'_>, bases: Vec<String>) {
        let name = self.field_text(node, "name");
        self.scopes.push(Scope::new(ScopeKind::Class, extent(node), name, bases));
    }

    /// Lowers what a node holds.
    pub(super) fn all(&mut self, node: Node<'_>) -> Vec<Expression> {
        if self.language == Language::Rust {
            return rust::items(self, node);
        }
        named(node).into_iter().map(|child| self.one(child)).collect()
    }

    /// Lowers a node.
    pub(super) fn one(&mut self, node: Node<'_>) -> Expression {
        self.leave_out(node);
        if STATEMENTS.contains(&node.kind()) {
            let (start, end) = extent(node);
            self.statements.push(Statement { start, end, bytes: node.byte_range() });
        }
        if self.depth >= DEEPEST {
            self.too_deep.get_or_insert(place(node).line);
            return group(node, Vec::new());
        }
        self.depth += 1;
        self.seen.push(Vec::new());
        let expression = match self.language {
            Language::JavaScript | Language::TypeScript | Language::Tsx => javascript::lower(self, node),
            Language::Python => python::lower(self, node),
            Language::Rust => rust::lower(self, node),
        };
        self.rest(node);
        self.depth -= 1;
        expression
    }

    /// Notes that a node is lowered, or is not to be.
    pub(super) fn leave_out(&mut self, node: Node<'_>) {
        if let Some(seen) = self.seen.last_mut() {
            seen.push(node.byte_range());
        }
    }

    /// Lowers what of a node has no place in its form, such as a decorator of a field: no part of a program is lost.
    fn rest(&mut self, node: Node<'_>) {
        let mut seen = self.seen.pop().unwrap_or_default();
        seen.sort_by_key(|range| (range.start, range.end));
        let mut stack = if self.says_nothing(node) { Vec::new() } else { named(node) };
        while let Some(node) = stack.pop() {
            let range = node.byte_range();
            let first = seen.partition_point(|seen| seen.start < range.start);
            let within = seen[first..].iter().take_while(|seen| seen.start < range.end);
            if node.named_child_count() == 0 || self.says_nothing(node) || within.clone().any(|seen| *seen == range) {
                continue;
            }
            if within.count() > 0 {
                stack.extend(named(node));
                continue;
            }
            let lowered = self.one(node);
            self.keep([&lowered]);
        }
    }

    /// Keeps what may have no place in a text that it is put into.
    pub(super) fn keep<'e>(&mut self, parts: impl IntoIterator<Item = &'e Expression>) {
        self.aside.extend(parts.into_iter().filter(|part| does_something(part)).cloned());
    }

    /// Whether a node is a type or an attribute, which say nothing at run time.
    fn says_nothing(&self, node: Node<'_>) -> bool {
        match self.language {
            Language::JavaScript | Language::TypeScript | Language::Tsx => javascript::is_type(node),
            Language::Python => python::is_type(node),
            Language::Rust => rust::is_type(node),
        }
    }

    /// Lowers a field where it is there.
    pub(super) fn field(&mut self, node: Node<'_>, name: &str) -> Option<Expression> {
        node.child_by_field_name(name).map(|child| self.one(child))
    }

    /// The text of a node.
    pub(super) fn text(&self, node: Node<'_>) -> String {
        String::from_utf8_lossy(self.source.get(node.byte_range()).unwrap_or_default()).into_owned()
    }

    /// The text of a field, empty where it is not there.
    pub(super) fn field_text(&self, node: Node<'_>, name: &str) -> String {
        node.child_by_field_name(name).map(|child| self.text(child)).unwrap_or_default()
    }

    /// A text literal: its fragments, its escapes read, and in its holes what `hole` names.
    pub(super) fn literal(&mut self, node: Node<'_>, hole: &str) -> Kind {
        let mut pieces = Vec::new();
        let mut raw = node.kind().starts_with("raw");
        for child in every(node) {
            match child.kind() {
                "string_fragment" | "escape_sequence" => pieces.push(Piece::Literal(unescaped(&self.text(child)))),
                "string_content" => {
                    let text = self.text(child);
                    pieces.push(Piece::Literal(if raw { text } else { unescaped(&text) }));
                }
                "string_start" => raw |= self.text(child).to_lowercase().contains('r'),
                kind if kind == hole => pieces.extend(named(child).first().map(|inner| Piece::Hole(self.one(*inner)))),
                _ => {}
            }
        }
        Kind::Text(pieces)
    }

    /// The text of a literal in which nothing is put.
    pub(super) fn plain_literal(&self, node: Node<'_>) -> Option<String> {
        let mut text = String::new();
        for child in every(node) {
            match child.kind() {
                "string_fragment" | "escape_sequence" | "string_content" => text += &unescaped(&self.text(child)),
                "interpolation" | "template_substitution" => return None,
                _ => {}
            }
        }
        Some(text)
    }

    /// `a + b + c` as one text where a part of it is text. Walks down the left side without recursion, since generated code
    /// has long ones.
    pub(super) fn sum(&mut self, node: Node<'_>) -> Kind {
        let mut operands = Vec::new();
        let mut rest = node;
        while rest.kind() == node.kind() && self.field_text(rest, "operator") == "+" {
            operands.extend(rest.child_by_field_name("right"));
            match rest.child_by_field_name("left") {
                Some(left) => rest = left,
                None => break,
            }
        }
        operands.push(rest);
        let lowered: Vec<_> = operands.into_iter().rev().map(|operand| self.one(operand)).collect();
        if !lowered.iter().any(|part| matches!(part.kind, Kind::Text(_))) {
            return Kind::Group(lowered);
        }
        let pieces = lowered.into_iter().flat_map(|part| match part.kind {
            Kind::Text(pieces) => pieces,
            kind => vec![Piece::Hole(Expression { kind, place: part.place })],
        });
        Kind::Text(pieces.collect())
    }
}

/// `object[key] = value` under a key that is computed puts the value there, as a call of `set` does.
pub(super) fn put(
    lowering: &mut Lowering<'_>,
    (target, object, index): (Node<'_>, &str, &str),
    value: &Expression,
) -> Option<Kind> {
    let object = lowering.field(target, object)?;
    let key = lowering.field(target, index)?;
    let name = object.name().map_or_else(|| "set".to_owned(), |name| format!("{name}.set"));
    let receiver = if object.name().is_some() { None } else { Some(object) };
    let arguments = [key, value.clone()].map(|value| Argument { name: None, value });
    Some(Kind::Call(Box::new(Call { name, receiver, arguments: arguments.into() })))
}

/// Texts that are joined by another.
pub(super) fn glued(glue: &[Piece], parts: &[Expression]) -> Vec<Piece> {
    let mut out = Vec::new();
    for part in parts {
        if !out.is_empty() {
            out.extend(glue.iter().cloned());
        }
        match &part.kind {
            Kind::Text(pieces) => out.extend(pieces.iter().cloned()),
            _ => out.push(Piece::Hole(part.clone())),
        }
    }
    out
}

/// Whether there is a call, an object or an assignment in it.
fn does_something(expression: &Expression) -> bool {
    let mut stack = vec![expression];
    while let Some(expression) = stack.pop() {
        if matches!(expression.kind, Kind::Call(_) | Kind::Object(_) | Kind::Assign(..)) {
            return true;
        }
        stack.extend(expression.children());
    }
    false
}

/// Named children; comments are not among them.
pub(super) fn named(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| !child.kind().contains("comment")).collect()
}

/// Every child.
pub(super) fn every(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect()
}

/// Where a node begins. Columns count bytes, as the scanner's do.
pub(super) fn place(node: Node<'_>) -> Place {
    let start = node.start_position();
    Place { line: start.row + 1, column: start.column + 1 }
}

/// Where a node begins and ends.
fn extent(node: Node<'_>) -> (Place, Place) {
    let end = node.end_position();
    (place(node), Place { line: end.row + 1, column: end.column + 1 })
}

pub(super) fn group(node: Node<'_>, held: Vec<Expression>) -> Expression {
    Expression { kind: Kind::Group(held), place: place(node) }
}

/// Line of the first syntax error, found without recursion.
pub(super) fn first_error(root: Node<'_>) -> Option<usize> {
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        if node.is_error() || node.is_missing() {
            return Some(place(node).line);
        }
        if node.has_error() {
            stack.extend(every(node).into_iter().rev());
        }
    }
    None
}

/// Line of the first part that is no program and has several lines or a very long one, so that what stands in it was not
/// understood.
pub(super) fn lost(root: Node<'_>) -> Option<usize> {
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        let several_lines = node.start_position().row != node.end_position().row;
        if node.is_error() && (several_lines || node.byte_range().len() > LONGEST_SLIP) {
            return Some(place(node).line);
        }
        if node.has_error() {
            stack.extend(every(node).into_iter().rev());
        }
    }
    None
}

/// Whether a comparison operator.
pub(super) fn compares(operator: &str) -> bool {
    matches!(operator, "==" | "===" | "!=" | "!==" | "<" | ">" | "<=" | ">=" | "in" | "instanceof")
}

/// Reads the escapes that could hide a word: hexadecimal and octal ones, and what stands for itself.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let mut after = rest[at + 1..].chars();
        let Some(escape) = after.next() else { break };
        rest = after.as_str();
        let digits = match escape {
            'x' => rest.get(..2),
            'u' if rest.starts_with('{') => rest.find('}').and_then(|end| rest.get(1..end)),
            'u' => rest.get(..4),
            'U' => rest.get(..8),
            '0'..='7' => {
                let (character, length) = octal(escape, rest);
                plain.push(character);
                rest = &rest[length..];
                continue;
            }
            _ => None,
        };
        match (escape, digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32)) {
            ('x' | 'u' | 'U', Some(character)) => {
                plain.push(character);
                let braces = if rest.starts_with('{') { 2 } else { 0 };
                rest = &rest[digits.map_or(0, str::len) + braces..];
            }
            ('n', _) => plain.push('\n'),
            ('t', _) => plain.push('\t'),
            ('r', _) => plain.push('\r'),
            ('\n', _) => {}
            (other, _) => plain.push(other),
        }
    }
    plain.push_str(rest);
    plain
}

/// The character of an octal escape of up to three digits, and how many follow the first.
fn octal(first: char, rest: &str) -> (char, usize) {
    let longest = if first <= '3' { 2 } else { 1 };
    let length = rest.bytes().take(longest).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let digits = format!("{first}{}", &rest[..length]);
    (u8::from_str_radix(&digits, 8).map_or(char::REPLACEMENT_CHARACTER, char::from), length)
}
