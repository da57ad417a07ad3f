//! What the names of a file mean: every value that one is given where it can be seen, and nothing beyond the file.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::expression::{Call, Entry, Expression, Kind, Piece, Place, last_part};
use super::scope::Scopes;

/// Expressions that are looked at to find out what one means.
const STEPS: usize = 200;
/// Values of a name that are kept.
const VALUES: usize = 64;
/// How a method calls what it belongs to.
const OWN: [&str; 4] = ["this.", "self.", "cls.", "Self."];

/// Where a name is known: a function or a class, or `None` for the file.
type Owner = Option<usize>;
type Values<'e> = Vec<&'e Expression>;

/// The names of a file and their values.
#[derive(Debug)]
pub(in crate::certification) struct Constants<'e> {
    scopes: &'e Scopes,
    values: BTreeMap<&'e str, BTreeMap<Owner, Values<'e>>>,
    /// Fields of objects that speak of themselves, by class.
    fields: BTreeMap<&'e str, BTreeMap<Owner, Values<'e>>>,
    /// What is put into a named object later: `params.set("key", value)`, `params["key"] = value`.
    put: BTreeMap<(&'e str, Owner), BTreeMap<String, Values<'e>>>,
    /// Entries of objects that may stand under a key.
    known: RefCell<BTreeMap<(*const Expression, String), Vec<usize>>>,
}

/// What a walk through the file finds.
#[derive(Default)]
struct Found<'e> {
    assigned: Vec<(&'e str, &'e Expression, Place)>,
    put: Vec<(&'e str, String, &'e Expression, Place)>,
    called: Vec<&'e Call>,
}

impl<'e> Constants<'e> {
    /// Collects the names of a file.
    pub(in crate::certification) fn of(expressions: &'e [Expression], scopes: &'e Scopes) -> Self {
        let mut constants = Constants {
            scopes,
            values: BTreeMap::new(),
            fields: BTreeMap::new(),
            put: BTreeMap::new(),
            known: RefCell::default(),
        };
        let found = Found::of(expressions);
        let (declared, later): (Vec<_>, Vec<_>) =
            found.assigned.into_iter().partition(|(target, _, place)| target.contains('.') || scopes.declares(*place));
        for (target, value, place) in declared {
            constants.declare(target, value, place);
        }
        for (target, value, place) in later {
            let owner = constants.owner(target, place).unwrap_or_default();
            keep(constants.values.entry(target).or_default().entry(owner).or_default(), value);
        }
        constants.take_arguments(&found.called);
        for (object, key, value, place) in found.put {
            let owner = constants.owner(object, place).unwrap_or_default();
            keep(constants.put.entry((object, owner)).or_default().entry(key).or_default(), value);
        }
        constants
    }

    fn declare(&mut self, target: &'e str, value: &'e Expression, place: Place) {
        let class = self.scopes.class_index(place);
        let owner = match target.rsplit_once('.') {
            None if self.scopes.is_shared(target) => None,
            None => self.scopes.functions(place).next().flatten(),
            Some((object, field)) => {
                let own = OWN.iter().any(|prefix| prefix.trim_end_matches('.') == object);
                if own || self.scopes.class_at(place).is_some_and(|class| class.name == object) {
                    keep(self.fields.entry(field).or_default().entry(class).or_default(), value);
                }
                if own { class } else { None }
            }
        };
        keep(self.values.entry(target).or_default().entry(owner).or_default(), value);
    }

    /// What a function of the file is given by keyword is what its parameter may be.
    fn take_arguments(&mut self, calls: &[&'e Call]) {
        let functions: BTreeMap<&str, usize> = self.scopes.named_functions().collect();
        for call in calls {
            let Some(function) = functions.get(call.method()) else { continue };
            for argument in &call.arguments {
                let parameter = argument.name.as_deref().and_then(|name| self.values.get_mut(name));
                if let Some(values) = parameter.and_then(|owners| owners.get_mut(&Some(*function))) {
                    keep(values, &argument.value);
                }
            }
        }
    }

    /// Keys that are put into a named object later.
    pub(in crate::certification) fn put_into(&self, name: &str, place: Place) -> Vec<String> {
        let owner = self.owner(name, place).unwrap_or_default();
        self.put.get(&(name, owner)).into_iter().flat_map(BTreeMap::keys).cloned().collect()
    }

    /// What stands under a key of an object, also of one that is put together or changed later.
    pub(in crate::certification) fn under<'a>(&self, object: &'a Expression, key: &str) -> Vec<&'a Expression>
    where
        'e: 'a,
    {
        let mut found = Vec::new();
        let mut stack = vec![object];
        let mut seen = BTreeSet::new();
        while let Some(object) = stack.pop() {
            if seen.len() >= STEPS || !seen.insert(std::ptr::from_ref(object)) {
                continue;
            }
            if let Some(name) = object.name() {
                let owner = self.owner(name, object.place).unwrap_or_default();
                found.extend(self.put.get(&(name, owner)).and_then(|keys| keys.get(key)).into_iter().flatten());
            }
            for value in self.resolve(object) {
                match &value.kind {
                    Kind::Object(entries) => {
                        for at in self.entries_under(value, entries, key) {
                            let entry = &entries[at];
                            match &entry.computed {
                                Some(computed) if !self.texts(computed).iter().any(|text| text == key) => {}
                                None if entry.key.is_none() => stack.push(&entry.value),
                                _ => found.push(&entry.value),
                            }
                        }
                    }
                    Kind::Call(call) if is_copy(call) => {
                        let keyword = call.arguments.iter().filter(|argument| argument.name.as_deref() == Some(key));
                        found.extend(keyword.map(|argument| &argument.value));
                        let inner = call
                            .arguments
                            .iter()
                            .filter(|argument| argument.name.as_deref().is_none_or(|name| name == "**"));
                        stack.extend(inner.map(|argument| &argument.value).chain(&call.receiver));
                    }
                    Kind::Group(parts) => stack.extend(parts),
                    _ => {}
                }
            }
        }
        found
    }

    /// Which entries of an object may stand under a key. Looked for once, since a large object may be asked for often.
    fn entries_under(&self, object: &Expression, entries: &[Entry], key: &str) -> Vec<usize> {
        let mut known = self.known.borrow_mut();
        let places = known.entry((std::ptr::from_ref(object), key.to_owned())).or_insert_with(|| {
            let may = |entry: &Entry| entry.key.as_deref().is_none_or(|known| known == key);
            entries.iter().enumerate().filter(|(_, entry)| may(entry)).map(|(at, _)| at).take(STEPS).collect()
        });
        places.clone()
    }

    /// What an expression can be, as far as this file tells: names are followed to each of their values, and of a choice
    /// every option counts.
    pub(in crate::certification) fn resolve<'a>(&self, expression: &'a Expression) -> Vec<&'a Expression>
    where
        'e: 'a,
    {
        let mut found = Vec::new();
        let mut stack = vec![expression];
        let mut seen = BTreeSet::new();
        while let Some(expression) = stack.pop() {
            if seen.len() >= STEPS || !seen.insert(std::ptr::from_ref(expression)) {
                continue;
            }
            match &expression.kind {
                Kind::Name(name) => match self.meanings(name, expression.place) {
                    values if values.is_empty() => found.push(expression),
                    values => stack.extend(values.into_iter().rev()),
                },
                Kind::Choice(options, _) => stack.extend(options.iter().rev()),
                Kind::Assign(_, value) => stack.push(value),
                _ => found.push(expression),
            }
        }
        if found.is_empty() {
            found.push(expression);
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

    /// The function or class whose name it is, or the file (`Some(None)`); nothing where it is not known.
    fn owner(&self, name: &str, place: Place) -> Option<Owner> {
        let owners = self.values.get(name)?;
        let class = OWN.iter().any(|prefix| name.starts_with(prefix)).then(|| self.scopes.class_index(place));
        class.into_iter().chain(self.scopes.functions(place)).find(|owner| owners.contains_key(owner))
    }

    /// The values that a name has at a place.
    pub(in crate::certification) fn meanings(&self, name: &str, place: Place) -> Values<'e> {
        let plain = name.strip_suffix(".value").unwrap_or(name);
        let own = OWN.iter().find_map(|prefix| plain.strip_prefix(prefix));
        let visible = |name: &str| {
            let owner = self.owner(name, place)?;
            self.values.get(name)?.get(&owner).cloned()
        };
        let field = |name: &str| {
            let fields = self.fields.get(name)?;
            let class = fields.get(&self.scopes.class_index(place)).cloned();
            Some(class.unwrap_or_else(|| fields.values().flatten().take(VALUES).copied().collect()))
        };
        let anywhere = |name: &str| {
            let owners = self.values.get(name)?;
            Some(owners.values().flatten().take(VALUES).copied().collect())
        };
        let within = || {
            // What was put into an object, or a constant in one: GRANTS.password.
            let (object, key) = plain.rsplit_once('.')?;
            let owner = self.owner(object, place).unwrap_or_default();
            if let Some(put) = self.put.get(&(object, owner)).and_then(|keys| keys.get(key)) {
                return Some(put.clone());
            }
            let objects = visible(object)?.into_iter().filter_map(|object| match &object.kind {
                Kind::Object(entries) => Some(entries),
                _ => None,
            });
            let entries = objects.filter_map(|entries| entries.iter().find(|entry| entry.key.as_deref() == Some(key)));
            Some(entries.map(|entry| &entry.value).collect::<Values<'e>>()).filter(|values| !values.is_empty())
        };
        let mut values = visible(plain).unwrap_or_default();
        if let Some(fields) = own.and_then(field) {
            for value in fields {
                keep(&mut values, value);
            }
        }
        if values.is_empty() {
            let other = own.and_then(visible).or_else(within).or_else(|| anywhere(plain));
            values = other.unwrap_or_default();
        }
        values
    }
}

impl<'e> Found<'e> {
    fn of(expressions: &'e [Expression]) -> Self {
        let mut found = Found::default();
        let mut stack: Vec<&Expression> = expressions.iter().rev().collect();
        while let Some(expression) = stack.pop() {
            match &expression.kind {
                Kind::Assign(target, value) => {
                    found.assigned.push((target, value, expression.place));
                    if let Some((object, key)) = target.rsplit_once('.') {
                        found.put.push((object, key.to_owned(), value, expression.place));
                    }
                }
                Kind::Call(call) => found.call(call, expression.place),
                _ => {}
            }
            stack.extend(expression.children().into_iter().rev());
        }
        found
    }

    fn call(&mut self, call: &'e Call, place: Place) {
        if call.arguments.iter().any(|argument| argument.name.is_some()) {
            self.called.push(call);
        }
        let positional: Vec<_> = call.positional().collect();
        let object = call.name.rsplit_once('.').map(|(object, _)| object);
        let (Some(object), method) = (object, call.method()) else { return };
        if matches!(method, "set" | "append" | "add" | "insert" | "append_pair" | "setdefault") {
            if let Some((key, value)) = positional.first().and_then(|key| Some((key.literal()?, positional.last()?))) {
                self.put.push((object, key, value, place));
            }
        } else if method == "update" {
            let keywords = call.arguments.iter().filter_map(|argument| Some((argument.name.clone()?, &argument.value)));
            let objects = positional.iter().filter_map(|object| match &object.kind {
                Kind::Object(entries) => Some(entries),
                _ => None,
            });
            let entries = objects.flatten().filter_map(|entry| Some((entry.key.clone()?, &entry.value)));
            for (key, value) in keywords.chain(entries) {
                self.put.push((object, key, value, place));
            }
        }
    }
}

/// Keeps a value, each literal once, and not more than some.
fn keep<'e>(values: &mut Values<'e>, value: &'e Expression) {
    let same = |known: &&&'e Expression| match (&known.kind, &value.kind) {
        (Kind::Bool(one), Kind::Bool(other)) => one == other,
        (Kind::Number(one), Kind::Number(other)) => one == other,
        _ => std::ptr::eq(**known, value),
    };
    // That one of very many is false is not lost among the others.
    let more = values.len() < VALUES || matches!(value.kind, Kind::Bool(_)) && values.len() < VALUES + 2;
    if more && !values.iter().any(|known| same(&known)) {
        values.push(value);
    }
}

/// What gives an object with the entries of those that it is given.
fn is_copy(call: &Call) -> bool {
    matches!(last_part(&call.name), "dict" | "assign" | "copy" | "deepcopy" | "freeze" | "ChainMap" | "structuredClone")
}
