//! The variables that proveniq looks at, read once.

use std::collections::BTreeMap;
use std::env::VarError;
use std::ffi::OsString;
use std::path::PathBuf;

use secrecy::SecretString;

use crate::error::{Error, Explain, Result};

/// Variables that hold text which decides what is used.
const TEXTS: [&str; 6] = [
    "PROVENIQ_API_KEY",
    "PROVENIQ_MARKETPLACE_URL",
    "PROVENIQ_PROFILE",
    "PROVENIQ_WEBHOOK_SECRET",
    "PROVENIQ_CREDENTIAL_STORE",
    "PROVENIQ_STORE_PASSPHRASE",
];

/// Values of the variables that proveniq looks at. Empty values count as absent.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a variable of its own")]
pub struct Environment {
    /// `PROVENIQ_API_KEY`.
    pub api_key: Option<SecretString>,
    /// `PROVENIQ_MARKETPLACE_URL`.
    pub marketplace_url: Option<String>,
    /// `PROVENIQ_PROFILE`.
    pub profile: Option<String>,
    /// `PROVENIQ_WEBHOOK_SECRET`.
    pub webhook_secret: Option<SecretString>,
    /// `PROVENIQ_CONFIG_DIR`.
    pub config_dir: Option<PathBuf>,
    /// `PROVENIQ_STATE_DIR`.
    pub state_dir: Option<PathBuf>,
    /// `PROVENIQ_CREDENTIAL_STORE`.
    pub credential_store: Option<String>,
    /// `PROVENIQ_STORE_PASSPHRASE`.
    pub store_passphrase: Option<SecretString>,
    /// `PROVENIQ_NO_INPUT`, set and not `0` or `false`.
    pub no_input: bool,
    /// `NO_COLOR`, set.
    pub no_color: bool,
    /// `CLICOLOR_FORCE`, set and not `0`.
    pub force_color: bool,
    /// `TERM=dumb`.
    pub dumb_terminal: bool,
    /// `VISUAL`, else `EDITOR`.
    pub editor: Option<String>,
    /// Whether a browser can be shown here: a display, and nobody who works from another machine.
    display: bool,
    /// `PATH`, for finding programs.
    pub path: Option<OsString>,
    /// Variables whose values are not UTF-8. None of them may count as absent: another key or marketplace would be used.
    unreadable: Vec<&'static str>,
    home: Option<PathBuf>,
    xdg_config: Option<PathBuf>,
    xdg_state: Option<PathBuf>,
}

impl Environment {
    /// Reads the process environment.
    pub fn from_process() -> Self {
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let path = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let switched_on = |name: &str| text(name).is_some_and(|value| value != "0" && value != "false");
        Environment {
            api_key: text("PROVENIQ_API_KEY").map(SecretString::from),
            marketplace_url: text("PROVENIQ_MARKETPLACE_URL"),
            profile: text("PROVENIQ_PROFILE"),
            webhook_secret: text("PROVENIQ_WEBHOOK_SECRET").map(SecretString::from),
            config_dir: path("PROVENIQ_CONFIG_DIR"),
            state_dir: path("PROVENIQ_STATE_DIR"),
            credential_store: text("PROVENIQ_CREDENTIAL_STORE"),
            store_passphrase: text("PROVENIQ_STORE_PASSPHRASE").map(SecretString::from),
            no_input: switched_on("PROVENIQ_NO_INPUT"),
            no_color: text("NO_COLOR").is_some(),
            force_color: switched_on("CLICOLOR_FORCE"),
            dumb_terminal: text("TERM").is_some_and(|term| term == "dumb"),
            editor: text("VISUAL").or_else(|| text("EDITOR")),
            display: display(&text),
            path: std::env::var_os("PATH"),
            unreadable: TEXTS
                .into_iter()
                .filter(|name| std::env::var(name).is_err_and(|why| why != VarError::NotPresent))
                .collect(),
            home: std::env::home_dir().filter(|home| !home.as_os_str().is_empty()),
            xdg_config: path("XDG_CONFIG_HOME"),
            xdg_state: path("XDG_STATE_HOME"),
        }
    }

    /// Refuses variables whose values are not UTF-8.
    pub(super) fn refuse_unreadable(&self) -> Result<()> {
        match self.unreadable.first() {
            None => Ok(()),
            Some(name) => Err(Error::usage(format!("the environment variable {name} is not UTF-8"))
                .hint("set it to text, or unset it")),
        }
    }

    /// Reads a variable that the user named on the command line.
    pub fn named_secret(&self, name: &str) -> Result<SecretString> {
        match std::env::var(name) {
            Ok(value) if !value.is_empty() => Ok(value.into()),
            _ => Err(Error::usage(format!("the environment variable {name} is not set"))
                .hint(format!("set {name} to the endpoint's signing secret"))),
        }
    }

    /// Reads a variable that a configuration names; `None` where it is not set.
    #[cfg(feature = "server")]
    #[expect(clippy::unused_self, reason = "reads as a question to the environment")]
    pub(super) fn secret(&self, name: &str) -> Option<SecretString> {
        std::env::var(name).ok().filter(|value| !value.is_empty()).map(SecretString::from)
    }

    /// Whether a variable is set to anything.
    pub fn has(&self, name: &str) -> bool {
        std::env::var_os(name).is_some_and(|value| !value.is_empty())
    }

    /// All variables, for a template of another process's environment.
    pub fn inherited() -> BTreeMap<OsString, OsString> {
        std::env::vars_os().collect()
    }

    /// Folder of configuration: `PROVENIQ_CONFIG_DIR`, else `$XDG_CONFIG_HOME/proveniq`, else `~/.config/proveniq`.
    pub(super) fn config_home(&self) -> Option<PathBuf> {
        let under_home = || self.home.as_ref().map(|home| home.join(".config"));
        self.config_dir.clone().or_else(|| Some(self.xdg_config.clone().or_else(under_home)?.join("proveniq")))
    }

    /// Folder of state: `PROVENIQ_STATE_DIR`, else `$XDG_STATE_HOME/proveniq`, else `~/.local/state/proveniq`.
    pub(super) fn state_home(&self) -> Option<PathBuf> {
        let under_home = || self.home.as_ref().map(|home| home.join(".local/state"));
        self.state_dir.clone().or_else(|| Some(self.xdg_state.clone().or_else(under_home)?.join("proveniq")))
    }

    /// Path of the running program. On Linux the link stays right when the file is replaced while it runs.
    pub(super) fn program() -> Result<PathBuf> {
        let link = PathBuf::from("/proc/self/exe");
        if link.exists() {
            return Ok(link);
        }
        std::env::current_exe().or_usage(|| "cannot find the path of this program".into())
    }

    /// Whether a browser can be shown here.
    pub fn has_display(&self) -> bool {
        self.display
    }

    /// Finds a program on `PATH`.
    pub fn find_program(&self, name: &str) -> Option<PathBuf> {
        let path = self.path.as_ref()?;
        std::env::split_paths(path).map(|dir| dir.join(name)).find(|candidate| candidate.is_file())
    }
}

/// `BROWSER` names one for sure. Over SSH a browser would open where nobody looks; elsewhere than on macOS and Windows a
/// display has a variable.
fn display(text: &impl Fn(&str) -> Option<String>) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| text(name).is_some());
    if any(&["BROWSER"]) {
        return true;
    }
    let local = !any(&["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]);
    local && (cfg!(any(target_os = "macos", windows)) || any(&["DISPLAY", "WAYLAND_DISPLAY"]))
}
