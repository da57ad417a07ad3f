//! Functions and classes of a file: where a name means the same.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::expression::Place;

/// A function or a class.
#[derive(Debug)]
pub(in crate::certification) struct Scope {
    pub(super) start: Place,
    pub(super) end: Place,
    pub(super) kind: ScopeKind,
    /// Its name; empty where it has none.
    pub(in crate::certification) name: String,
    /// Of a class: what it derives from.
    pub(in crate::certification) bases: Vec<String>,
    /// The scope around it.
    parent: Option<usize>,
}

/// What has a scope of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Function,
    Class,
}

/// The functions and classes of a file, and which names are theirs.
#[derive(Debug, Default)]
pub(in crate::certification) struct Scopes {
    /// Sorted by where they begin.
    scopes: Vec<Scope>,
    /// Where a name is declared; nothing where every assignment declares, as in Python.
    declared: Option<BTreeSet<Place>>,
    /// Names that a function takes from around it.
    shared: BTreeSet<String>,
}

impl Scope {
    pub(super) fn new(kind: ScopeKind, (start, end): (Place, Place), name: String, bases: Vec<String>) -> Self {
        Scope { start, end, kind, name, bases, parent: None }
    }
}

impl Scopes {
    pub(super) fn of(mut scopes: Vec<Scope>, declared: Option<BTreeSet<Place>>, shared: BTreeSet<String>) -> Self {
        scopes.sort_by_key(|scope| (scope.start, Reverse(scope.end)));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..scopes.len() {
            while open.last().is_some_and(|around| scopes[*around].end <= scopes[at].start) {
                open.pop();
            }
            scopes[at].parent = open.last().copied();
            open.push(at);
        }
        Scopes { scopes, declared, shared }
    }

    /// The scopes around a place, innermost first.
    fn around(&self, place: Place) -> impl Iterator<Item = usize> {
        let last = self.scopes.partition_point(|scope| scope.start <= place).checked_sub(1);
        let chain = std::iter::successors(last, |at| self.scopes[*at].parent);
        chain.filter(move |at| place < self.scopes[*at].end)
    }

    /// The functions around a place, innermost first, and `None` for the file.
    pub(super) fn functions(&self, place: Place) -> impl Iterator<Item = Option<usize>> {
        self.around(place).filter(|at| self.scopes[*at].kind == ScopeKind::Function).map(Some).chain([None])
    }

    /// The innermost class around a place.
    pub(super) fn class_index(&self, place: Place) -> Option<usize> {
        self.around(place).find(|at| self.scopes[*at].kind == ScopeKind::Class)
    }

    /// The innermost class around a place.
    pub(in crate::certification) fn class_at(&self, place: Place) -> Option<&Scope> {
        self.class_index(place).map(|at| &self.scopes[at])
    }

    /// The classes of the file.
    pub(in crate::certification) fn classes(&self) -> impl Iterator<Item = &Scope> {
        self.scopes.iter().filter(|scope| scope.kind == ScopeKind::Class)
    }

    /// Functions that have a name.
    pub(super) fn named_functions(&self) -> impl Iterator<Item = (&str, usize)> {
        let all = self.scopes.iter().enumerate();
        all.filter(|(_, scope)| scope.kind == ScopeKind::Function && !scope.name.is_empty())
            .map(|(at, scope)| (scope.name.as_str(), at))
    }

    /// Whether what is assigned at a place is declared there.
    pub(super) fn declares(&self, place: Place) -> bool {
        self.declared.as_ref().is_none_or(|declared| declared.contains(&place))
    }

    /// Whether a function takes a name from around it, so that the whole file shares it.
    pub(super) fn is_shared(&self, name: &str) -> bool {
        self.shared.contains(name)
    }
}
