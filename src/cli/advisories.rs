//! `advisories`.

use clap::{Args, Subcommand, ValueEnum};

/// Commands about advisories on dependencies.
#[derive(Debug, Subcommand)]
pub enum AdvisoriesCommand {
    /// Fetch the advisories that `certify` looks dependencies up in
    Update(UpdateArgs),
}

/// Arguments of `advisories update`.
#[derive(Debug, Args)]
pub struct UpdateArgs {
    /// Where the archives are; {ecosystem} stands for npm, PyPI and crates.io [default: the public OSV archives]
    #[arg(long, value_name = "URL")]
    pub from: Option<String>,
    /// Only this one, repeatable
    #[arg(long = "ecosystem", value_enum)]
    pub ecosystems: Vec<EcosystemArg>,
}

/// Registries of packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EcosystemArg {
    /// JavaScript and TypeScript
    Npm,
    /// Python
    Pypi,
    /// Rust
    Cargo,
}
