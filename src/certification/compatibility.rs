//! What a new version takes away from those who use the one before.

use std::collections::BTreeSet;

use semver::Version;
use serde_json::{Map, Value};

use crate::manifest::Manifest;

/// Deepest settings that are compared.
const DEEPEST: usize = 16;

/// The published version that a new one is compared with.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its manifest.
    pub manifest: Manifest,
}

/// Chooses the version that a new one follows: the latest release below it.
pub fn predecessor<'v>(version: &Version, published: impl Iterator<Item = &'v str>) -> Option<Version> {
    let parsed = published.filter_map(|text| Version::parse(text).ok());
    parsed.filter(|known| known.pre.is_empty() && known < version).max()
}

/// Whether a version may take something away: a new major one, or before 1.0.0 a new minor one.
pub(super) fn may_break(old: &Version, new: &Version) -> bool {
    new.major > old.major || new.major == 0 && new.minor > old.minor
}

/// What the new manifest takes away, sorted.
pub(super) fn breaks(old: &Manifest, new: &Manifest) -> Vec<String> {
    let mut found = Vec::new();
    if old.integration.kind != new.integration.kind {
        found.push(format!("the type was {} and is {}", old.integration.kind, new.integration.kind));
    }
    let events = |manifest: &Manifest| manifest.webhook.iter().flat_map(|webhook| webhook.events.clone()).collect();
    let scopes = |manifest: &Manifest| manifest.oauth.scopes.iter().cloned().collect();
    found.extend(gone(&events(old), &events(new)).map(|event| format!("the event {event} is gone")));
    found.extend(gone(&scopes(old), &scopes(new)).map(|scope| format!("the scope {scope} is gone")));
    let nothing = Value::Object(Map::new());
    let (before, after) = (old.settings.as_ref(), new.settings.as_ref());
    match (before, after) {
        (Some(_), None) => found.push("the settings are gone".to_owned()),
        (before, Some(after)) => narrowed(before.unwrap_or(&nothing), after, "", 0, &mut found),
        (None, None) => {}
    }
    found
}

fn gone<'t>(old: &'t BTreeSet<String>, new: &BTreeSet<String>) -> impl Iterator<Item = &'t String> {
    old.iter().filter(|name| !new.contains(*name))
}

/// What a schema no longer takes that it took before. Goes by the keywords that forms are made of.
fn narrowed(old: &Value, new: &Value, place: &str, depth: usize, found: &mut Vec<String>) {
    let shown = if place.is_empty() { "the settings" } else { place };
    if depth > DEEPEST {
        found.push(format!("{shown} are nested too deeply to be compared"));
        return;
    }
    required(old, new, place, found);
    for (key, before) in members(old, "properties") {
        let place = format!("{place}/{key}");
        match new.get("properties").and_then(|properties| properties.get(key)) {
            Some(after) => narrowed(before, after, &place, depth + 1, found),
            None => found.push(format!("the setting {place} is gone")),
        }
    }
    if let (Some(before), Some(after)) = (old.get("items"), new.get("items")) {
        narrowed(before, after, &format!("{place}/*"), depth + 1, found);
    }
    let (before, after) = (types(old), types(new));
    if !after.is_empty()
        && !before.iter().all(|kind| after.contains(kind) || kind == "integer" && after.contains("number"))
    {
        found.push(format!("{shown} takes {} where it took {}", joined(&after), joined(&before)));
    }
    if let Some(values) = new.get("enum").and_then(Value::as_array) {
        match old.get("enum").and_then(Value::as_array) {
            Some(before) => {
                let lost = before.iter().filter(|value| !values.contains(value));
                found.extend(lost.map(|value| format!("{shown} no longer takes {value}")));
            }
            None if !place.is_empty() && depth > 0 && old.get("type").is_some() => {
                found.push(format!("{shown} takes certain values only, and took any before"));
            }
            None => {}
        }
    }
    bounds(old, new, shown, found);
}

/// Settings that must be there, and need not before.
fn required(old: &Value, new: &Value, place: &str, found: &mut Vec<String>) {
    let names = |schema: &Value| -> BTreeSet<String> {
        let listed = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        listed.filter_map(|name| Some(name.as_str()?.to_owned())).collect()
    };
    let (before, after) = (names(old), names(new));
    let has_default = |name: &str| {
        let property = new.get("properties").and_then(|properties| properties.get(name));
        property.is_some_and(|property| property.get("default").is_some())
    };
    let more = after.difference(&before).filter(|name| !has_default(name));
    found.extend(more.map(|name| format!("{place}/{name} must be set, and need not before")));
    let closed = |schema: &Value| schema.get("additionalProperties") == Some(&Value::Bool(false));
    if closed(new) && !closed(old) && old.get("properties").is_some() {
        let shown = if place.is_empty() { "the settings" } else { place };
        found.push(format!("{shown} take no others any more"));
    }
}

/// Bounds that became narrower.
fn bounds(old: &Value, new: &Value, shown: &str, found: &mut Vec<String>) {
    let number = |schema: &Value, key: &str| schema.get(key).and_then(Value::as_f64);
    for key in ["minimum", "exclusiveMinimum", "minLength", "minItems"] {
        if let Some(after) = number(new, key)
            && number(old, key).is_none_or(|before| after > before)
            && old.get("type").is_some()
        {
            found.push(format!("{shown} has a higher {key}: {after}"));
        }
    }
    for key in ["maximum", "exclusiveMaximum", "maxLength", "maxItems"] {
        if let Some(after) = number(new, key)
            && number(old, key).is_none_or(|before| after < before)
            && old.get("type").is_some()
        {
            found.push(format!("{shown} has a lower {key}: {after}"));
        }
    }
    for key in ["pattern", "format", "const"] {
        if new.get(key).is_some() && new.get(key) != old.get(key) && old.get("type").is_some() {
            found.push(format!("{shown} has another {key}"));
        }
    }
}

fn members<'v>(schema: &'v Value, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    schema.get(key).and_then(Value::as_object).into_iter().flatten()
}

fn types(schema: &Value) -> BTreeSet<String> {
    match schema.get("type") {
        Some(Value::String(kind)) => [kind.clone()].into(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(|kind| Some(kind.as_str()?.to_owned())).collect(),
        _ => BTreeSet::new(),
    }
}

fn joined(kinds: &BTreeSet<String>) -> String {
    if kinds.is_empty() { "anything".to_owned() } else { kinds.iter().cloned().collect::<Vec<_>>().join(" or ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(old: &Value, new: &Value) -> Vec<String> {
        let mut found = Vec::new();
        narrowed(old, new, "", 0, &mut found);
        found
    }

    fn object(properties: &Value) -> Value {
        json!({"type": "object", "properties": properties})
    }

    #[test]
    fn what_is_taken_away_is_told_and_what_is_added_is_not() {
        let old = object(
            &json!({"a": {"type": "integer", "maximum": 10}, "b": {"enum": ["x", "y"]}, "c": {"type": "string"}}),
        );
        let same = [
            object(
                &json!({"a": {"type": "number"}, "b": {"enum": ["x", "y", "z"]}, "c": {"type": ["string", "null"]}, "d": {}}),
            ),
            json!({"type": "object", "required": ["d"], "properties": {
                "a": {"type": "integer", "maximum": 11}, "b": {}, "c": {}, "d": {"type": "string", "default": "x"}}}),
        ];
        for new in same {
            assert_eq!(found(&old, &new), [""; 0], "{new}");
        }
        for (key, schema, words) in [
            ("a", json!({"type": "integer", "maximum": 9}), "lower maximum"),
            ("a", json!({"type": "string"}), "takes string where it took integer"),
            ("b", json!({"enum": ["x"]}), "no longer takes \"y\""),
            ("c", json!({"type": "string", "pattern": "^a"}), "another pattern"),
            ("c", json!({"type": "string", "minLength": 3}), "higher minLength"),
            ("c", json!({"type": "string", "enum": ["x"]}), "certain values only"),
        ] {
            let mut new = old.clone();
            new["properties"][key] = schema;
            let found = found(&old, &new);
            assert!(found.len() == 1 && found[0].contains(words), "{found:?}");
        }
        let mut deep = json!({"type": "string"});
        (0..40).for_each(|_| deep = object(&json!({ "x": deep.clone() })));
        assert!(found(&deep, &deep).iter().any(|text| text.contains("too deeply")));
    }

    #[test]
    fn versions_follow_one_another() {
        let version = |text: &str| Version::parse(text).expect("version");
        let published = ["1.0.0", "1.2.0", "2.0.0", "1.3.0-rc.1", "nonsense"];
        let before = |text: &str| predecessor(&version(text), published.into_iter()).map(|version| version.to_string());
        assert_eq!(before("1.2.1").as_deref(), Some("1.2.0"));
        assert_eq!(before("2.0.0").as_deref(), Some("1.2.0"));
        assert_eq!(before("3.0.0").as_deref(), Some("2.0.0"));
        assert_eq!(before("1.0.0"), None);
        for (old, new, may) in [
            ("1.0.0", "1.1.0", false),
            ("1.0.0", "2.0.0", true),
            ("0.1.0", "0.2.0", true),
            ("0.1.0", "0.1.1", false),
            ("0.9.0", "1.0.0", true),
        ] {
            assert_eq!(may_break(&version(old), &version(new)), may, "{old} {new}");
        }
    }
}
