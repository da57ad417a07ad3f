//! proveniq.toml: text to [`Manifest`]. Parses with places, validates the whole, then builds the types, so that every
//! problem is reported in one pass. Reads no files.

mod lookalike;
mod name;
mod parse;
mod schema;
mod settings;
mod types;
mod vocabulary;

pub use lookalike::looks_like;
pub use name::IntegrationName;
pub use parse::{parse, validate_email, validate_summary, validate_title};
pub use schema::json_schema;
pub use settings::check_settings;
pub use types::{
    Integration, Manifest, Marketplace, Oauth, PackageRules, Plugin, Pricing, ResponseHours, Run, Sla, Support,
    Upstream, Webhook,
};
pub(crate) use vocabulary::vocabulary;
pub use vocabulary::{Category, IntegrationType, PricingModel};

/// Name of the manifest's file, at the root of a project and of a package.
pub const FILE_NAME: &str = "proveniq.toml";
