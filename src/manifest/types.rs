//! The manifest's types, in the shape of the file. The JSON Schema for editors is generated from them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use semver::Version;
use serde::{Deserialize, Serialize};

use super::{Category, IntegrationName, IntegrationType, PricingModel};

/// The manifest of an integration: proveniq.toml.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// What the integration is.
    pub integration: Integration,
    /// How users get help.
    #[serde(default)]
    pub support: Support,
    /// What it costs.
    #[serde(default)]
    pub pricing: Pricing,
    /// Where it takes events; type `webhook` must have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<Webhook>,
    /// What it asks of the ledger.
    #[serde(default)]
    pub oauth: Oauth,
    /// Its user interface; type `sdk-plugin` must have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plugin: Option<Plugin>,
    /// What a carrier configures: a JSON Schema of type object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<serde_json::Value>,
    /// How it is built and started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// External systems that it calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub upstream: Vec<Upstream>,
    /// What its package holds.
    #[serde(default)]
    pub package: PackageRules,
    /// Marketplace that this project belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketplace: Option<Marketplace>,
}

/// What the integration is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// publisher/name.
    pub name: IntegrationName,
    /// Title shown in the marketplace, 1 to 80 characters.
    #[schemars(length(min = 1, max = 80))]
    pub title: String,
    /// Semantic version; a published version is never reused.
    #[schemars(with = "String")]
    pub version: Version,
    /// How it attaches to the marketplace.
    #[serde(rename = "type")]
    pub kind: IntegrationType,
    /// What it is for.
    pub category: Category,
    /// One sentence shown in search results, 1 to 200 characters.
    #[schemars(length(min = 1, max = 200))]
    pub summary: String,
    /// Licence as an SPDX expression.
    #[schemars(length(min = 1, max = 100))]
    pub license: String,
    /// https address of the sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
}

/// How users get help.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Address that is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// https address of a support page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Service levels; tier premier must have them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sla: Option<Sla>,
}

/// Service levels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sla {
    /// Share of time in which it works, in percent.
    #[schemars(range(min = 0, max = 100))]
    pub uptime_percent: f64,
    /// Time to a first response by severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_hours: Option<ResponseHours>,
}

/// Hours to a first response by severity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseHours {
    /// The integration does not work.
    pub critical: f64,
    /// A main part does not work.
    pub high: f64,
    /// Anything else.
    pub normal: f64,
}

/// What the integration costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pricing {
    /// How it is paid for.
    pub model: PricingModel,
}

impl Default for Pricing {
    fn default() -> Self {
        Pricing { model: PricingModel::Free }
    }
}

/// Where the integration takes events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Path of the endpoint, beginning with '/'.
    #[schemars(extend("pattern" = "^/"))]
    pub path: String,
    /// Event types it subscribes to, at least one.
    #[schemars(length(min = 1))]
    pub events: Vec<String>,
    /// Deliveries a second that it claims to bear, 10 at least.
    #[serde(default = "default_rate")]
    #[schemars(range(min = 10, max = 100_000))]
    pub rate_per_second: u32,
}

pub(super) fn default_rate() -> u32 {
    10
}

/// What the integration asks of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Oauth {
    /// Scopes such as ledger:events:read.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Where authorization comes back to.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where the integration begins its authorization flow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_path: Option<String>,
}

/// The user interface of an sdk-plugin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plugin {
    /// Page that is embedded, relative to the project.
    pub entry: String,
}

/// A command line: words as a shell splits them, or a list of words. No shell runs it.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the two forms for the JSON Schema; parsing yields the words")]
enum CommandLine {
    Text(String),
    Words(Vec<String>),
}

/// How the integration is built and started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Builds it; runs before it is started.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<CommandLine>")]
    pub build: Option<Vec<String>>,
    /// Starts it; it listens on the port in the variable PORT.
    #[schemars(with = "CommandLine")]
    pub command: Vec<String>,
    /// Path that answers 2xx when it is ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready: Option<String>,
}

/// An external system that the integration calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// Short name.
    pub name: String,
    /// Environment variable that holds its address.
    pub env: String,
    /// OpenAPI document (JSON) in the project that says what its stub answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub openapi: Option<String>,
}

/// What the package holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageRules {
    /// Patterns in gitignore syntax; empty means all files that git does not ignore.
    #[serde(default)]
    pub include: Vec<String>,
    /// Patterns in gitignore syntax to leave out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Why a large, binary or executable file belongs, by path pattern.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
}

/// The marketplace that a project belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Marketplace {
    /// Its address; flags and environment override it.
    pub url: String,
}
