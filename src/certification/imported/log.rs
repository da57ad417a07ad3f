//! The part of a SARIF 2.1.0 log that is taken in. What is not needed is skipped, so that it takes no memory.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, SeqAccess, Visitor};

/// A list of at most `MOST` items; the item after that is an error.
#[derive(Debug)]
pub(super) struct Bounded<T, const MOST: usize>(pub(super) Vec<T>);

impl<T, const MOST: usize> Default for Bounded<T, MOST> {
    fn default() -> Self {
        Bounded(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Bounded<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Items<T, MOST> {
            type Value = Bounded<T, MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a list of at most {MOST} items")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    if list.len() == MOST {
                        return Err(A::Error::custom(format_args!("more than {MOST} items are not taken in")));
                    }
                    list.push(item);
                }
                Ok(Bounded(list))
            }
        }
        deserializer.deserialize_seq(Items(PhantomData))
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Log {
    pub(super) version: String,
    pub(super) runs: Bounded<Run, 1_000>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run {
    pub(super) tool: Tool,
    /// Absent where the scanner did not get to look.
    pub(super) results: Option<Bounded<Found, 100_000>>,
    #[serde(default)]
    pub(super) artifacts: Bounded<Artifact, 100_000>,
    #[serde(default)]
    pub(super) original_uri_base_ids: HashMap<String, ArtifactLocation>,
    #[serde(default)]
    pub(super) invocations: Bounded<Invocation, 1_000>,
    /// Parts of the run that lie in other files.
    pub(super) external_property_file_references: Option<External>,
}

/// What of a run may be in other files and tells what was found, or how bad it is (SARIF 2.1.0 section 3.14.2).
#[derive(Debug, Deserialize)]
pub(super) struct External {
    #[serde(default)]
    pub(super) results: Bounded<IgnoredAny, 100_000>,
    #[serde(default)]
    pub(super) invocations: Bounded<IgnoredAny, 100_000>,
    pub(super) driver: Option<IgnoredAny>,
    #[serde(default)]
    pub(super) extensions: Bounded<IgnoredAny, 100_000>,
}

impl External {
    /// Whether what lies there bears on the findings.
    pub(super) fn tells(&self) -> bool {
        let lists = [&self.results, &self.invocations, &self.extensions];
        self.driver.is_some() || lists.iter().any(|list| !list.0.is_empty())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Tool {
    pub(super) driver: Component,
    #[serde(default)]
    pub(super) extensions: Bounded<Component, 1_000>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Component {
    pub(super) name: String,
    #[serde(default)]
    pub(super) rules: Bounded<Rule, 100_000>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) default_configuration: Option<Configuration>,
    #[serde(default)]
    pub(super) message_strings: HashMap<String, Message>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Configuration {
    pub(super) level: Option<Level>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Level {
    None,
    Note,
    Warning,
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Kind {
    NotApplicable,
    Pass,
    Fail,
    Review,
    Open,
    Informational,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found {
    pub(super) rule_id: Option<String>,
    pub(super) rule_index: Option<i64>,
    pub(super) rule: Option<RuleReference>,
    pub(super) level: Option<Level>,
    pub(super) kind: Option<Kind>,
    pub(super) message: Message,
    #[serde(default)]
    pub(super) locations: Bounded<Location, 10_000>,
    #[serde(default)]
    pub(super) suppressions: Bounded<Suppression, 1_000>,
    #[serde(default)]
    pub(super) partial_fingerprints: HashMap<String, String>,
    pub(super) baseline_state: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleReference {
    pub(super) id: Option<String>,
    pub(super) index: Option<i64>,
    pub(super) tool_component: Option<ComponentReference>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ComponentReference {
    pub(super) index: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Message {
    pub(super) text: Option<String>,
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) arguments: Bounded<String, 1_000>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Suppression {
    pub(super) status: Option<String>,
    pub(super) justification: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    pub(super) physical_location: Option<PhysicalLocation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: Option<ArtifactLocation>,
    pub(super) region: Option<Region>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: Option<usize>,
    pub(super) start_column: Option<usize>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Artifact {
    pub(super) location: Option<ArtifactLocation>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactLocation {
    pub(super) uri: Option<String>,
    pub(super) uri_base_id: Option<String>,
    pub(super) index: Option<i64>,
}
