//! The form to which every language is lowered.

/// Where something stands, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::certification) struct Place {
    pub(in crate::certification) line: usize,
    pub(in crate::certification) column: usize,
}

/// An expression, or a part of the program that holds some.
#[derive(Debug, Clone)]
pub(in crate::certification) struct Expression {
    pub(in crate::certification) kind: Kind,
    pub(in crate::certification) place: Place,
}

/// What an expression is.
#[derive(Debug, Clone)]
pub(in crate::certification) enum Kind {
    /// Text: a literal, a template, or a concatenation of them.
    Text(Vec<Piece>),
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A name with '.' between its parts, whatever the language writes there.
    Name(String),
    /// An array, list or tuple.
    List(Vec<Expression>),
    /// An object, a dictionary or a struct.
    Object(Vec<Entry>),
    /// A call of a function, a constructor or a macro.
    Call(Box<Call>),
    /// A value that gets a name.
    Assign(String, Box<Expression>),
    /// One of several values: a conditional, `||`. What decides comes last, in a list of its own.
    Choice(Vec<Expression>, Vec<Expression>),
    /// What is only compared with something.
    Compare(Vec<Expression>),
    /// A function; the flag says that it does nothing but let everything pass.
    Function(String, bool, Vec<Expression>),
    /// Anything else that holds expressions.
    Group(Vec<Expression>),
}

/// A part of a text.
#[derive(Debug, Clone)]
pub(in crate::certification) enum Piece {
    /// What stands there.
    Literal(String),
    /// What is put in.
    Hole(Expression),
}

/// `key: value`.
#[derive(Debug, Clone)]
pub(in crate::certification) struct Entry {
    /// `None` where another object is spread in, or the key is computed.
    pub(in crate::certification) key: Option<String>,
    /// What the key is computed from, where it is.
    pub(in crate::certification) computed: Option<Expression>,
    pub(in crate::certification) value: Expression,
}

/// A call.
#[derive(Debug, Clone)]
pub(in crate::certification) struct Call {
    /// Name with '.' between its parts; where it is called on another expression, the method alone.
    pub(in crate::certification) name: String,
    /// What it is called on, where that is more than a name.
    pub(in crate::certification) receiver: Option<Expression>,
    pub(in crate::certification) arguments: Vec<Argument>,
}

/// An argument.
#[derive(Debug, Clone)]
pub(in crate::certification) struct Argument {
    /// Keyword; "**" where a dictionary is spread in.
    pub(in crate::certification) name: Option<String>,
    pub(in crate::certification) value: Expression,
}

impl Entry {
    /// An entry whose key is known.
    pub(super) fn of(key: impl Into<String>, value: Expression) -> Self {
        Entry { key: Some(key.into()), computed: None, value }
    }

    /// What has no key of its own: an object that is spread in.
    pub(super) fn spread(value: Expression) -> Self {
        Entry { key: None, computed: None, value }
    }

    /// An entry whose key is an expression.
    pub(super) fn computed(key: Expression, value: Expression) -> Self {
        match key.literal() {
            Some(literal) => Entry::of(literal, value),
            None => Entry { key: None, computed: Some(key), value },
        }
    }
}

impl Expression {
    /// The text where nothing is put in.
    pub(in crate::certification) fn literal(&self) -> Option<String> {
        let Kind::Text(pieces) = &self.kind else { return None };
        let parts = pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => Some(text.as_str()),
            Piece::Hole(_) => None,
        });
        Some(parts.collect::<Option<Vec<_>>>()?.concat())
    }

    /// The name, where it is one.
    pub(in crate::certification) fn name(&self) -> Option<&str> {
        if let Kind::Name(name) = &self.kind { Some(name) } else { None }
    }

    /// What it holds, in order.
    pub(in crate::certification) fn children(&self) -> Vec<&Expression> {
        match &self.kind {
            Kind::Text(pieces) => pieces.iter().filter_map(Piece::hole).collect(),
            Kind::Bool(_) | Kind::Number(_) | Kind::Name(_) => Vec::new(),
            Kind::List(items) | Kind::Compare(items) | Kind::Function(_, _, items) | Kind::Group(items) => {
                items.iter().collect()
            }
            Kind::Object(entries) => {
                entries.iter().flat_map(|entry| entry.computed.iter().chain([&entry.value])).collect()
            }
            Kind::Call(call) => {
                call.receiver.iter().chain(call.arguments.iter().map(|argument| &argument.value)).collect()
            }
            Kind::Assign(_, value) => vec![value],
            Kind::Choice(options, aside) => options.iter().chain(aside).collect(),
        }
    }
}

impl Piece {
    /// What is put in.
    pub(in crate::certification) fn hole(&self) -> Option<&Expression> {
        if let Piece::Hole(hole) = self { Some(hole) } else { None }
    }
}

impl Call {
    /// The last part of the name: the method, or the function without its module.
    pub(in crate::certification) fn method(&self) -> &str {
        last_part(&self.name)
    }

    /// The arguments without keywords.
    pub(in crate::certification) fn positional(&self) -> impl Iterator<Item = &Expression> {
        self.arguments.iter().filter(|argument| argument.name.is_none()).map(|argument| &argument.value)
    }
}

/// The last part of a dotted name.
pub(in crate::certification) fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
