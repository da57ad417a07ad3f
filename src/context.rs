//! Flags, environment, configuration and manifest, resolved once. The only code that reads the environment: nothing
//! behind it sees a flag or a variable.

mod config;
mod dirs;
mod environment;
#[cfg(feature = "server")]
mod hosting;
#[cfg(feature = "server")]
mod hosting_secret;
mod passphrase;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use secrecy::SecretString;

use crate::adapters::advisories::AdvisorySource;
use crate::adapters::clock::{Clock, SystemClock};
use crate::adapters::credential_store::Store;
use crate::adapters::input;
use crate::adapters::project::Project;
use crate::cli::{ColorArg, FormatArg, GlobalArgs, StoreArg};
use crate::credential::StoreKind;
use crate::error::{Error, Explain, Result};
use crate::interrupt::Interrupt;
use crate::ui::{Format, Output, Prompter, Verbosity};

pub use config::Config;
pub use dirs::Dirs;
pub use environment::Environment;

use passphrase::StorePassphrase;

/// Longest secret that is read from standard input, in bytes.
const LONGEST_SECRET: usize = 1024;

/// Profile used where none is named.
pub const DEFAULT_PROFILE: &str = "default";

/// Everything a command may ask about its surroundings.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where words go.
    pub output: Output,
    /// Folder that relative paths mean.
    pub cwd: PathBuf,
    /// Folders for configuration and state.
    pub dirs: Dirs,
    /// Variables, read once.
    pub environment: Environment,
    /// The one clock.
    pub clock: Arc<dyn Clock>,
    /// Path of this program, to start helpers with.
    pub program: PathBuf,
    /// Whether this program was asked to end.
    pub interrupt: Interrupt,
    flags: Flags,
    /// The encrypted store, once it was opened: its passphrase is asked for once.
    encrypted: Arc<OnceLock<Store>>,
}

#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct Flags {
    no_input: bool,
    yes: bool,
    stdin: bool,
    stdin_terminal: bool,
    profile: Option<String>,
    marketplace: Option<String>,
}

/// Who named the marketplace that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarketplaceSource {
    /// `--marketplace`.
    Flag,
    /// `PROVENIQ_MARKETPLACE_URL`.
    Environment,
    /// `[marketplace] url` of proveniq.toml.
    Project,
    /// config.toml.
    Config,
    /// The sandbox that runs on this machine.
    Sandbox,
}

impl fmt::Display for MarketplaceSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MarketplaceSource::Flag => "--marketplace",
            MarketplaceSource::Environment => "PROVENIQ_MARKETPLACE_URL",
            MarketplaceSource::Project => "proveniq.toml",
            MarketplaceSource::Config => "config.toml",
            MarketplaceSource::Sandbox => "the running sandbox",
        })
    }
}

impl Context {
    /// Resolves what was typed, the environment and the terminal.
    pub fn resolve(global: GlobalArgs, environment: Environment, terminals: Terminals) -> Result<Self> {
        environment.refuse_unreadable()?;
        let output = output(&global, &environment, terminals);
        let start = std::env::current_dir().or_usage(|| "the current folder cannot be read".into())?;
        let cwd = match &global.directory {
            None => start,
            Some(dir) => folder_at(&start.join(dir))
                .or_usage(|| format!("cannot work in {}", dir.display()))
                .map_err(|error| error.hint("name an existing folder with -C"))?,
        };
        Ok(Context {
            output,
            cwd,
            dirs: Dirs::from_environment(&environment)?,
            program: Environment::program()?,
            clock: Arc::new(SystemClock),
            interrupt: Interrupt::default(),
            flags: Flags {
                no_input: global.no_input || environment.no_input,
                yes: global.yes,
                stdin: terminals.stdin,
                stdin_terminal: terminals.stdin && terminals.stderr,
                profile: global.profile,
                marketplace: global.marketplace,
            },
            environment,
            encrypted: Arc::default(),
        })
    }

    /// Reads the configuration of `serve`.
    #[cfg(feature = "server")]
    pub fn hosting(&self, file: &Path) -> Result<crate::adapters::embedded::Hosting> {
        hosting::load(&self.cwd.join(file), &self.environment)
    }

    /// The same surroundings with words of another volume, for a command that shows its own.
    #[must_use]
    pub fn with_verbosity(&self, verbosity: Verbosity) -> Self {
        let mut context = self.clone();
        context.output.verbosity = verbosity;
        context
    }

    /// The same surroundings, working in `cwd` against the marketplace at `url`.
    #[must_use]
    pub fn working_in(&self, cwd: &Path, url: &str) -> Self {
        let mut context = self.clone();
        cwd.clone_into(&mut context.cwd);
        context.flags.marketplace = Some(url.to_owned());
        context
    }

    /// Returns the prompter, where a person can be asked.
    pub fn prompter(&self) -> Option<Prompter> {
        let may_ask = self.flags.stdin_terminal && !self.flags.no_input && self.output.format == Format::Human;
        may_ask.then(|| Prompter::new(self.output.stderr_color, self.interrupt.clone()))
    }

    /// Whether a person looks at standard output and types at standard input: a view may take the whole terminal.
    pub fn has_whole_terminal(&self) -> bool {
        let smart = !self.environment.dumb_terminal;
        self.flags.stdin && self.output.stdout_terminal && smart && self.output.format == Format::Human
    }

    /// A secret that a person types, or that comes from standard input: 1,024 bytes at most.
    pub fn typed_secret(&self, question: &str) -> Result<SecretString> {
        if let Some(prompter) = self.prompter() {
            return Ok(prompter.secret(question)?.into());
        }
        let bytes = input::read(&self.cwd, "-", LONGEST_SECRET)?;
        Ok(String::from_utf8(bytes).map_err(|_| Error::usage("standard input is not UTF-8"))?.into())
    }

    /// Whether every confirmation was given beforehand.
    pub fn says_yes(&self) -> bool {
        self.flags.yes
    }

    /// Asks for consent; `--yes` gives it. Without a terminal the error names the flag.
    pub fn confirm(&self, question: &str) -> Result<()> {
        if self.flags.yes {
            return Ok(());
        }
        let Some(prompter) = self.prompter() else {
            return Err(Error::usage(format!("{question} needs a confirmation")).hint("add --yes to confirm"));
        };
        if prompter.confirm(question)? { Ok(()) } else { Err(Error::interrupted().hint("nothing was changed")) }
    }

    /// Reads config.toml; an absent file is an empty one.
    pub fn config(&self) -> Result<Config> {
        Config::load(&self.dirs.config.join("config.toml"))
    }

    /// Where advisories on dependencies come from: a database that was named, else what was fetched.
    pub fn advisories(&self, named: Option<&Path>) -> AdvisorySource {
        match named {
            Some(path) => AdvisorySource::Database(self.cwd.join(path)),
            None => AdvisorySource::Cache(self.dirs.advisories()),
        }
    }

    /// The profile in use: flag, environment, configuration, default.
    pub fn profile(&self) -> Result<String> {
        let named = self.flags.profile.clone().or_else(|| self.environment.profile.clone());
        let profile = match named {
            Some(profile) => profile,
            None => self.config()?.profile.unwrap_or_else(|| DEFAULT_PROFILE.to_owned()),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if profile.is_empty() || profile.len() > 64 || !profile.chars().all(plain) {
            return Err(Error::usage(format!("{profile:?} is not a profile name"))
                .hint("use 1 to 64 letters, digits, '-', '_' or '.'"));
        }
        Ok(profile)
    }

    /// Loads the project of the working folder or the nearest folder above it.
    pub fn project(&self) -> Result<Project> {
        Project::find(&self.cwd)
    }

    /// The marketplace named for this very command: by flag, else by the environment.
    pub fn marketplace_of_command(&self) -> Option<&str> {
        self.flags.marketplace.as_deref().or(self.environment.marketplace_url.as_deref())
    }

    /// The marketplace named by flag, environment, project or configuration; `None` means the running sandbox.
    pub fn named_marketplace(&self) -> Result<Option<(String, MarketplaceSource)>> {
        if let Some(url) = &self.flags.marketplace {
            return Ok(Some((url.clone(), MarketplaceSource::Flag)));
        }
        if let Some(url) = &self.environment.marketplace_url {
            return Ok(Some((url.clone(), MarketplaceSource::Environment)));
        }
        if let Some(marketplace) = Project::find_optional(&self.cwd)?.and_then(|project| project.manifest.marketplace) {
            return Ok(Some((marketplace.url, MarketplaceSource::Project)));
        }
        Ok(self.config()?.marketplace(&self.profile()?).map(|url| (url, MarketplaceSource::Config)))
    }

    /// The credential store to write to: flag, environment, configuration, keyring.
    pub fn store_kind(&self, flag: Option<StoreArg>) -> Result<StoreKind> {
        let typed = flag.map(|store| match store {
            StoreArg::Keyring => StoreKind::Keyring,
            StoreArg::File => StoreKind::File,
            StoreArg::Age => StoreKind::Age,
        });
        let environment = || {
            self.environment
                .credential_store
                .as_deref()
                .map(|name| {
                    StoreKind::parse(name).map_err(|why| Error::usage(format!("PROVENIQ_CREDENTIAL_STORE: {why}")))
                })
                .transpose()
        };
        Ok(match typed {
            Some(kind) => kind,
            None => environment()?.or(self.config()?.credential_store).unwrap_or(StoreKind::Keyring),
        })
    }
}

impl Context {
    /// Opens a credential store. An encrypted one is opened once, and stays unlocked as long as this program runs.
    pub fn credential_store(&self, kind: StoreKind) -> Store {
        let open = || {
            let variable = self.environment.store_passphrase.clone();
            Store::open(kind, &self.dirs.config, StorePassphrase { variable, prompter: self.prompter() })
        };
        match kind {
            StoreKind::Age => self.encrypted.get_or_init(open).clone(),
            StoreKind::Keyring | StoreKind::File => open(),
        }
    }
}

fn folder_at(path: &Path) -> std::io::Result<PathBuf> {
    let path = std::fs::canonicalize(path)?;
    if path.is_dir() { Ok(path) } else { Err(std::io::ErrorKind::NotADirectory.into()) }
}

/// Which standard streams are terminals.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminals {
    /// Standard input.
    pub stdin: bool,
    /// Standard output.
    pub stdout: bool,
    /// Standard error.
    pub stderr: bool,
}

/// Resolves how words are printed; needed before anything can fail.
pub fn output(global: &GlobalArgs, environment: &Environment, terminals: Terminals) -> Output {
    let json = global.json || matches!(global.format, Some(FormatArg::Json));
    let color = |terminal: bool| match global.color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto if environment.no_color => false,
        ColorArg::Auto if environment.force_color => true,
        ColorArg::Auto => terminal && !environment.dumb_terminal,
    };
    Output {
        format: if json { Format::Json } else { Format::Human },
        verbosity: match (global.quiet, global.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        },
        stdout_terminal: terminals.stdout,
        stdout_color: color(terminals.stdout),
        stderr_color: color(terminals.stderr),
        stderr_terminal: terminals.stderr && !environment.dumb_terminal,
    }
}
