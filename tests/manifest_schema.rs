//! The JSON Schema of proveniq.toml: it knows what the parser knows.

use std::collections::BTreeSet;

use jsonschema::Validator;
use proveniq::manifest;
use serde_json::Value;

use crate::manifest::{FULL, PLAIN, and, with};

fn schema() -> Value {
    serde_json::from_str(&manifest::json_schema()).expect("JSON")
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("schema")
}

fn as_json(manifest: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(manifest).expect("TOML")).expect("JSON")
}

/// Paths of all properties below a schema, such as `support.sla.uptime_percent`; `[]` marks an item of a list.
fn properties(root: &Value, schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = root.pointer(name.trim_start_matches('#')).expect("definition");
        properties(root, definition, path, found);
    }
    for choice in ["anyOf", "oneOf"].iter().flat_map(|kind| schema[kind].as_array().into_iter().flatten()) {
        properties(root, choice, path, found);
    }
    if schema["items"].is_object() {
        properties(root, &schema["items"], &format!("{path}[]"), found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        found.insert(path.clone());
        properties(root, property, &path, found);
    }
}

/// A manifest that holds nothing but the property, with a value that no property takes.
fn only(path: &str) -> String {
    let (tables, key) = path.rsplit_once('.').map_or((None, path), |(tables, key)| (Some(tables), key));
    let header = match tables {
        None => String::new(),
        Some(tables) => match tables.strip_suffix("[]") {
            Some(list) => format!("[[{list}]]\n"),
            None => format!("[{tables}]\n"),
        },
    };
    format!("{header}{key} = 1979-05-27T07:32:00Z\n")
}

#[test]
fn every_property_of_the_schema_is_known_to_the_parser() {
    let schema = schema();
    let mut paths = BTreeSet::new();
    properties(&schema, &schema, "", &mut paths);
    assert!(paths.contains("support.sla.first_response_hours.normal") && paths.contains("upstream[].env"), "{paths:?}");
    for path in paths {
        let found = manifest::parse("proveniq.toml", &only(&path)).expect_err("a time is no value for it");
        let unknown = found.iter().find(|problem| problem.message.starts_with("unknown key"));
        assert!(unknown.is_none(), "{path}: {unknown:?}");
    }
}

#[test]
fn every_property_of_the_schema_is_in_the_full_manifest() {
    let schema = schema();
    let mut paths = BTreeSet::new();
    properties(&schema, &schema, "", &mut paths);
    let full = as_json(FULL);
    for path in paths {
        let pointer = format!("/{}", path.replace("[]", "/0").replace('.', "/"));
        assert!(full.pointer(&pointer).is_some(), "{path}");
    }
}

#[test]
fn the_schema_takes_what_the_parser_takes() {
    let validator = validator();
    for manifest in [FULL, PLAIN] {
        let errors: Vec<_> = validator.iter_errors(&as_json(manifest)).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
}

#[test]
fn the_schema_refuses_what_editors_should_mark() {
    let validator = validator();
    let wrong = [
        with("\"acme/plain\"", "\"Acme\""),
        with("\"claims-management\"", "\"claims\""),
        with("title = \"Plain\"\n", ""),
        with("ready = ", "redy = "),
        with("[\"ledger.event.created\", \"ledger.proof.requested\"]", "[]"),
        with("\"/webhooks/proveniq\"", "\"webhooks\""),
        and("[pricing]\nmodel = \"cheap\"\n"),
    ];
    for manifest in wrong {
        assert!(!validator.is_valid(&as_json(&manifest)), "{manifest}");
        assert!(manifest::parse("proveniq.toml", &manifest).is_err(), "{manifest}");
    }
}
