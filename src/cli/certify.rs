//! `certify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use url::Url;

/// Arguments of `certify`.
#[derive(Debug, Args)]
pub struct CertifyArgs {
    /// Tier to check for
    #[arg(long, value_enum, default_value = "listed")]
    pub tier: TierArg,
    /// Only the checks that need no running integration; the others are then not run
    #[arg(long = "static")]
    pub only_static: bool,
    /// Write a report, repeatable: human, json, sarif, junit or github, to FILE or alone to stdout
    #[arg(long = "report", value_name = "FORM[=FILE]", help_heading = "What to report")]
    pub reports: Vec<String>,
    /// Say what a check proves, what it looks at and how to mend it; without an ID, list all
    #[arg(long, value_name = "ID", num_args = 0..=1, help_heading = "What to report")]
    pub explain: Option<Option<String>>,
    /// Search all that git's history holds of the project for secrets too
    #[arg(long, help_heading = "What counts")]
    pub history: bool,
    /// Take the SARIF report of another scanner in, repeatable: its errors fail, its warnings warn
    #[arg(long = "import-sarif", value_name = "FILE", help_heading = "What counts")]
    pub imports: Vec<PathBuf>,
    /// Leave out findings that FILE holds, so that what is new stands out; no tier is reached with them
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub baseline: Option<PathBuf>,
    /// Record what is found in FILE, as a baseline
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub write_baseline: Option<PathBuf>,
    /// Run the integration for this check alone; may be given several times. Others that need it are then not run
    #[arg(long, value_name = "ID", conflicts_with = "only_static")]
    pub check: Vec<String>,
    /// Seed of what is sent to the integration, to repeat a run; a fresh one by default
    #[arg(long)]
    pub seed: Option<u64>,
    /// Rules to check by [default: the newest of this program]
    #[arg(long, value_name = "VERSION")]
    pub rule_set: Option<String>,
    /// Write what was found of the package as a signed attestation
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub attest: Option<PathBuf>,
    /// Start what the package holds as it is, without building first
    #[arg(long)]
    pub no_build: bool,
    /// What lies outside of the project.
    #[command(flatten)]
    pub outside: OutsideArgs,
}

/// What verdicts go by that lies outside of the project.
#[derive(Debug, Args)]
pub struct OutsideArgs {
    /// Folder or zip of OSV advisories to look dependencies up in [default: what `advisories update` fetched]
    #[arg(long, value_name = "PATH")]
    pub osv_db: Option<PathBuf>,
    /// Address at which the integration is deployed, to look at its TLS, repeatable
    #[arg(long = "endpoint", value_name = "URL", value_parser = endpoint)]
    pub endpoints: Vec<Url>,
}

fn endpoint(text: &str) -> Result<Url, &'static str> {
    let is_endpoint = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    Url::parse(text).ok().filter(is_endpoint).ok_or("name an address such as https://acme.test/")
}

/// Certification tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TierArg {
    /// Basic functionality, no review
    Listed,
    /// Code review and security scan
    Verified,
    /// Full audit and SLA commitment
    Premier,
}
