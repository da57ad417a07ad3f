//! The JSON form: the document that `certify --json` prints.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::reported::Reported;
use crate::certification::engine::Certification;

/// Name and version of the document.
pub const JSON_SCHEMA_NAME: &str = "proveniq.certify/1";

/// The document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Json<'a> {
    schema: &'static str,
    name: &'a str,
    version: &'a str,
    #[serde(flatten)]
    certification: &'a Certification,
}

impl<'a> Json<'a> {
    /// Makes the document.
    pub fn of(reported: &Reported<'a>) -> Self {
        let Reported { name, version, certification, .. } = *reported;
        Json { schema: JSON_SCHEMA_NAME, name, version, certification }
    }

    /// Writes it.
    pub fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

/// The JSON Schema of the document.
pub fn json_schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Json<'static>>();
    schema.insert("title".into(), JSON_SCHEMA_NAME.into());
    // A schema is plain data and always serialises.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
