//! Names of a file that mean one value: what is followed within a file, and nothing beyond.

use std::collections::{BTreeMap, BTreeSet};

use super::expression::{Expression, Kind, Piece};

/// Steps from name to name that are followed.
const STEPS: usize = 8;

/// The names that are given exactly one value.
#[derive(Debug, Default)]
pub(in crate::certification) struct Constants<'e> {
    values: BTreeMap<&'e str, Option<&'e Expression>>,
    /// Fields by their own name, whatever they are fields of; looked up where an object speaks of itself.
    fields: BTreeMap<&'e str, Option<&'e Expression>>,
    /// Keys that are put into a named object later: `params.set("key", value)`, `params["key"] = value`.
    put: BTreeMap<&'e str, BTreeSet<String>>,
}

impl<'e> Constants<'e> {
    /// Collects the names of a file.
    pub(in crate::certification) fn of(expressions: &'e [Expression]) -> Self {
        let mut constants = Constants::default();
        let mut stack: Vec<&Expression> = expressions.iter().collect();
        while let Some(expression) = stack.pop() {
            match &expression.kind {
                Kind::Assign(target, value) => constants.assign(target, value),
                Kind::Call(call) if matches!(call.method(), "set" | "append" | "add" | "insert" | "append_pair") => {
                    let key = call.positional().next().and_then(Expression::literal);
                    let object = call.name.rsplit_once('.').map(|(object, _)| object);
                    if let (Some(key), Some(object)) = (key, object) {
                        constants.put.entry(object).or_default().insert(key);
                    }
                }
                _ => {}
            }
            stack.extend(expression.children());
        }
        constants
    }

    fn assign(&mut self, target: &'e str, value: &'e Expression) {
        self.values.entry(target).and_modify(|known| *known = None).or_insert(Some(value));
        if let Some((object, key)) = target.rsplit_once('.') {
            self.fields.entry(key).and_modify(|known| *known = None).or_insert(Some(value));
            self.put.entry(object).or_default().insert(key.to_owned());
        }
    }

    /// Keys that are put into a named object later.
    pub(in crate::certification) fn put_into(&self, name: &str) -> impl Iterator<Item = &str> {
        self.put.get(name).into_iter().flatten().map(String::as_str)
    }

    /// What an expression can be, as far as this file tells: names are followed, and of a choice every option counts.
    pub(in crate::certification) fn resolve<'a>(&self, expression: &'a Expression) -> Vec<&'a Expression>
    where
        'e: 'a,
    {
        let mut found = Vec::new();
        let mut stack = vec![(expression, STEPS)];
        while let Some((expression, steps)) = stack.pop() {
            let followed = expression.name().filter(|_| steps > 0).and_then(|name| self.value(name));
            match (&expression.kind, followed) {
                (_, Some(value)) => stack.push((value, steps - 1)),
                (Kind::Choice(options, _), None) => stack.extend(options.iter().map(|option| (option, steps))),
                (_, None) => found.push(expression),
            }
        }
        found
    }

    /// The texts that an expression can be.
    pub(in crate::certification) fn texts(&self, expression: &Expression) -> Vec<String> {
        self.resolve(expression).into_iter().filter_map(|value| self.text_of(value)).collect()
    }

    /// The text of a template whose holes are constants.
    fn text_of(&self, expression: &Expression) -> Option<String> {
        let Kind::Text(pieces) = &expression.kind else { return None };
        let parts = pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => Some(text.clone()),
            Piece::Hole(hole) => self.resolve(hole).first().and_then(|value| value.literal()),
        });
        Some(parts.collect::<Option<Vec<_>>>()?.concat())
    }

    /// The one value of a name.
    pub(in crate::certification) fn named(&self, name: &str) -> Option<&'e Expression> {
        self.value(name)
    }

    fn value(&self, name: &str) -> Option<&'e Expression> {
        let plain = name.strip_suffix(".value").unwrap_or(name);
        let own = ["this.", "self.", "cls.", "Self."].iter().find_map(|prefix| plain.strip_prefix(prefix));
        let known = |name: &str| self.values.get(name).copied().flatten();
        let field = |name: &str| self.fields.get(name).copied().flatten();
        known(plain).or_else(|| own.and_then(|own| known(own).or_else(|| field(own)))).or_else(|| {
            // A constant in an object that is one: GRANTS.password.
            let (object, key) = plain.rsplit_once('.')?;
            let Kind::Object(entries) = &known(object)?.kind else { return None };
            entries.iter().find(|entry| entry.key.as_deref() == Some(key)).map(|entry| &entry.value)
        })
    }
}
