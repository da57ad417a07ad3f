//! `init` and `template`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder to make [default: the name without its publisher]
    pub path: Option<PathBuf>,
    /// Template to start from: see `proveniq template list`
    #[arg(long, value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// Name as publisher/name
    #[arg(long, value_name = "PUBLISHER/NAME")]
    pub name: Option<String>,
    /// Marketplace category
    #[arg(long, value_enum)]
    pub category: Option<CategoryArg>,
    /// Title shown in the marketplace [default: made from the name]
    #[arg(long)]
    pub title: Option<String>,
    /// One sentence shown in search results [default: made from title and category]
    #[arg(long)]
    pub summary: Option<String>,
    /// Address at which users get support [default: git's user.email]
    #[arg(long, value_name = "EMAIL")]
    pub support_email: Option<String>,
    /// Do not make a git repository
    #[arg(long)]
    pub no_git: bool,
}

/// Marketplace categories.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[expect(missing_docs, reason = "the names are the marketplace's fixed vocabulary")]
pub enum CategoryArg {
    PolicyAdmin,
    ClaimsManagement,
    DocumentManagement,
    AnalyticsBi,
    Communication,
    Compliance,
}

/// Commands about templates.
#[derive(Debug, Subcommand)]
pub enum TemplateCommand {
    /// List the templates
    List,
    /// Show a template and the files that it writes
    Show {
        /// Name of the template
        name: String,
    },
}
