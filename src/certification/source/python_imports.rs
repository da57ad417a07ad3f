//! Imports of Python: what names they bring, and which modules they take in.

use tree_sitter::Node;

use super::expression::{Expression, Kind};
use super::import::Import;
use super::lower::{Lowering, named, place};

/// Lowers an import: each name that stands for a module, or for something in one, gets that as its value.
pub(super) fn lower(lowering: &mut Lowering<'_>, node: Node<'_>) -> Kind {
    let from = node.child_by_field_name("module_name");
    let module = from.map(|module| compact(lowering, module));
    let mut names = Vec::new();
    let mut lowered = Vec::new();
    for child in named(node).into_iter().filter(|child| Some(*child) != from) {
        lowering.leave_out(child);
        let (name, alias) = match child.kind() {
            "aliased_import" => {
                let [name, alias] = ["name", "alias"].map(|field| child.child_by_field_name(field));
                (name, alias.map(|alias| lowering.text(alias)))
            }
            "dotted_name" => (Some(child), None),
            _ => continue,
        };
        let Some(name) = name.map(|name| compact(lowering, name)) else { continue };
        let whole =
            module.as_ref().map_or_else(|| name.clone(), |module| format!("{}.{name}", module.trim_matches('.')));
        let value = Expression { kind: Kind::Name(whole.clone()), place: place(child) };
        let kind = match alias.or_else(|| module.is_some().then(|| name.clone())) {
            Some(alias) if alias != whole => Kind::Assign(alias, Box::new(value)),
            _ => value.kind,
        };
        lowered.push(Expression { kind, place: place(child) });
        match &module {
            Some(_) => names.push(name),
            None => lowering.imports.push(Import::of(name)),
        }
    }
    if let (Some(module), Some(from)) = (module, from) {
        lowering.leave_out(from);
        lowering.imports.push(Import { module, names });
    }
    Kind::Group(lowered)
}

fn compact(lowering: &Lowering<'_>, node: Node<'_>) -> String {
    lowering.text(node).split_whitespace().collect()
}
