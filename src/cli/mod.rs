//! What can be typed: clap structs and help text, no logic. `context` turns what was typed into what is meant.

mod advisories;
mod certify;
#[cfg(feature = "server")]
mod dev;
mod global;
mod identity;
mod init;
mod keys;
mod lifecycle;
mod listen;
mod load;
mod marketplace;
mod publish;
mod retry_schedule;
mod scan;
#[cfg(feature = "server")]
mod serve;
mod verify;
mod webhook;

use clap::{Parser, Subcommand};

pub use advisories::{AdvisoriesCommand, EcosystemArg, UpdateArgs};
pub use certify::{CertifyArgs, TierArg};
#[cfg(feature = "server")]
pub use dev::DevArgs;
pub use global::{ColorArg, FormatArg, GlobalArgs, StoreArg};
pub use identity::{LoginArgs, LogoutArgs};
pub use init::{CategoryArg, InitArgs, TemplateCommand};
pub use keys::{KeysCommand, RotateArgs};
pub use lifecycle::{DeprecateArgs, ReviewCommand, StatusArgs, UnyankArgs, WaitArgs, YankArgs};
pub use listen::{ExplainArgs, ListenArgs, ListenCommand, ReceiveArgs, ReplayArgs};
pub use load::LoadArgs;
#[cfg(feature = "server")]
pub use marketplace::{DemoArgs, EmitArgs, SandboxCommand};
pub use marketplace::{InfoArgs, InstallArgs, LogsArgs, SearchArgs, UninstallArgs};
pub use publish::{PackArgs, PublishArgs};
pub use retry_schedule::RetryScheduleArgs;
pub use scan::ScanArgs;
#[cfg(feature = "server")]
pub use serve::ServeArgs;
pub use verify::VerifyArgs;
pub use webhook::{SchemeArg, SuiteArg, TestWebhookArgs};

const AFTER_HELP: &str = "\
Exit codes:
  0 done             1 the answer is no    2 bad usage or input   3 not allowed
  4 unreachable      5 conflict            6 inconclusive
  70 a bug in proveniq                     130 interrupted

Begin with:  proveniq demo";

/// From an empty folder to a certified, published marketplace integration.
#[derive(Debug, Parser)]
#[command(name = "proveniq", version, after_help = AFTER_HELP, arg_required_else_help = true, max_term_width = 100)]
// One compact help: the long form would spell out every value of every global option.
#[command(disable_help_flag = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order in which an integration meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the whole loop against an embedded marketplace, in one go
    #[cfg(feature = "server")]
    Demo(DemoArgs),
    /// Scaffold an integration from a template
    Init(InitArgs),
    /// Look at the templates
    #[command(subcommand, arg_required_else_help = true)]
    Template(TemplateCommand),
    /// Sign in as a person
    Login(LoginArgs),
    /// Revoke your sign-in and forget it here
    Logout(LogoutArgs),
    /// Tell who you are at the marketplace, and what you may do
    Whoami,
    /// Create, list, rotate and revoke API keys
    #[command(subcommand, arg_required_else_help = true)]
    Keys(KeysCommand),
    /// Run the marketplace on this machine
    #[cfg(feature = "server")]
    #[command(subcommand, arg_required_else_help = true)]
    Sandbox(SandboxCommand),
    /// Run marketplace and integration, deliver live events to it, start it anew on each change
    #[cfg(feature = "server")]
    Dev(DevArgs),
    /// Send signed and forged events to an integration and judge its answers
    TestWebhook(TestWebhookArgs),
    /// Receive deliveries on this machine, pass them on, keep them, send them again, explain them
    Listen(ListenArgs),
    /// Check an integration against the rules of a tier
    Certify(CertifyArgs),
    /// Search files, what is staged, or git's history for secrets
    Scan(ScanArgs),
    /// Fetch advisories on dependencies, for certify
    #[command(subcommand, arg_required_else_help = true)]
    Advisories(AdvisoriesCommand),
    /// Build the package that publish would send
    Pack(PackArgs),
    /// Certify, pack and send a version to the marketplace
    Publish(PublishArgs),
    /// Tell where a published version stands, or wait until it is decided on
    Status(StatusArgs),
    /// Take a version back: who has it keeps it, and nobody installs it anew
    Yank(YankArgs),
    /// Give a version again that was taken back
    Unyank(UnyankArgs),
    /// Say of a version that it should be left for another
    Deprecate(DeprecateArgs),
    /// Decide on versions that claim more than listed, as a reviewer of the marketplace
    #[command(subcommand, arg_required_else_help = true)]
    Review(ReviewCommand),
    /// Verify what is said of a package: who signed it, what it rests on
    Verify(VerifyArgs),
    /// Search the marketplace
    Search(SearchArgs),
    /// Show an integration of the marketplace
    Info(InfoArgs),
    /// Install an integration, after showing what it asks for
    Install(InstallArgs),
    /// End an installation and all access that came with it
    Uninstall(UninstallArgs),
    /// Verify and show the marketplace's logs
    Logs(LogsArgs),
    /// Run the marketplace for many users, who sign in with GitHub or Google
    #[cfg(feature = "server")]
    Serve(ServeArgs),
    /// Tell what is installed, which marketplace and credential store are in use, and what is wrong
    Doctor,
    /// Print the completion script of a shell
    Completions {
        /// Shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command
    Man {
        /// Write a page for each command into this folder
        #[arg(long, value_name = "DIR")]
        out: Option<std::path::PathBuf>,
    },
    /// Print the marketplace's OpenAPI document
    #[cfg(feature = "server")]
    Openapi,
    /// Run a command and end it, and all that it started, when standard input closes
    #[command(hide = true)]
    Supervise {
        /// Bytes of standard input that the command is to read
        #[arg(long, default_value_t = 0)]
        input: usize,
        /// Program and arguments
        #[arg(last = true, required = true)]
        command: Vec<std::ffi::OsString>,
    },
}
