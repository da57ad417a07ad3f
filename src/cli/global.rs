//! Options that every command takes.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

/// Options of every command, as typed.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct GlobalArgs {
    /// How to print the outcome
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub format: Option<FormatArg>,
    /// Print the outcome as one JSON document: short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: ColorArg,
    /// Print outcomes and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Tell more on the way
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Answer yes to every confirmation, and ask nothing else
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]
    #[arg(long, global = true, value_name = "URL")]
    pub marketplace: Option<String>,
    /// Work in this folder
    #[arg(short = 'C', global = true, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// Print help
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    pub help: Option<bool>,
}

/// How to print.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArg {
    /// Text for people
    Human,
    /// One JSON document
    Json,
}

/// When to use colour.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// On a terminal that takes it
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where a key is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StoreArg {
    /// The operating system's keyring
    Keyring,
    /// A file that only you can read (0600), not encrypted
    File,
    /// A file that age encrypts with a passphrase [env: PROVENIQ_STORE_PASSPHRASE]
    Age,
}
