//! `publisher/name`, the identity of an integration.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of an integration: publisher and name, each 1 to 64 of `[a-z0-9-]`, beginning and ending with a letter or
/// digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?/[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"))]
pub struct IntegrationName {
    publisher: String,
    name: String,
}

impl IntegrationName {
    /// Parses `publisher/name`; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (publisher, name) =
            text.split_once('/').ok_or_else(|| format!("{text:?} is not of the form publisher/name"))?;
        for (part, what) in [(publisher, "publisher"), (name, "name")] {
            let plain = part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if part.is_empty() || part.len() > 64 || !plain || part.starts_with('-') || part.ends_with('-') {
                return Err(format!(
                    "{text:?} has a {what} that is not 1 to 64 of a-z, 0-9 and '-', with no '-' at its ends"
                ));
            }
        }
        Ok(IntegrationName { publisher: publisher.to_owned(), name: name.to_owned() })
    }

    /// The publisher's part.
    pub fn publisher(&self) -> &str {
        &self.publisher
    }

    /// The part behind the slash.
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(feature = "server")]
impl utoipa::PartialSchema for IntegrationName {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let pattern = "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?/[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$";
        let text = utoipa::openapi::schema::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
        text.description(Some("publisher/name")).pattern(Some(pattern)).into()
    }
}

#[cfg(feature = "server")]
impl utoipa::ToSchema for IntegrationName {}

impl fmt::Display for IntegrationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.publisher, self.name)
    }
}

impl TryFrom<String> for IntegrationName {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<IntegrationName> for String {
    fn from(name: IntegrationName) -> Self {
        name.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        assert_eq!(IntegrationName::parse("acme/claim-sync").map(|n| n.to_string()), Ok("acme/claim-sync".into()));
        for bad in [
            "acme",
            "Acme/x",
            "acme/",
            "/x",
            "a/b/c",
            "acme/x_y",
            "acme/-x",
            "acme/..",
            &format!("a/{}", "x".repeat(65)),
        ] {
            assert!(IntegrationName::parse(bad).is_err(), "{bad}");
        }
    }
}
