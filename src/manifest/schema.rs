//! The JSON Schema of proveniq.toml, for editors.

use super::Manifest;

/// Returns the schema, generated from [`Manifest`], as pretty JSON with a final newline.
pub fn json_schema() -> String {
    let mut schema = schemars::schema_for!(Manifest);
    schema.insert("$id".into(), "urn:proveniq:manifest:1".into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
