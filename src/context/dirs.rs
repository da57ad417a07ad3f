//! Folders for configuration and state.

use std::path::PathBuf;

use super::Environment;
use crate::error::{Error, Result};

/// Where configuration and state live.
#[derive(Debug, Clone)]
pub struct Dirs {
    /// config.toml, the index of keys, and the key file where that store is chosen.
    pub config: PathBuf,
    /// The sandbox and receipts.
    pub state: PathBuf,
    /// Files that live as long as a command.
    pub temporary: PathBuf,
}

impl Dirs {
    pub(super) fn from_environment(environment: &Environment) -> Result<Self> {
        let missing = |variable: &str| {
            Error::usage("there is no home folder for configuration and state").hint(format!("set HOME or {variable}"))
        };
        Ok(Dirs {
            config: environment.config_home().ok_or_else(|| missing("PROVENIQ_CONFIG_DIR"))?,
            state: environment.state_home().ok_or_else(|| missing("PROVENIQ_STATE_DIR"))?,
            temporary: std::env::temp_dir(),
        })
    }

    /// Folder of the local sandbox.
    pub fn sandbox(&self) -> PathBuf {
        self.state.join("sandbox")
    }

    /// Folder of what was begun and not finished.
    pub fn journals(&self) -> PathBuf {
        self.state.join("journals")
    }

    /// Folder of the advisories that were fetched.
    pub fn advisories(&self) -> PathBuf {
        self.state.join("advisories")
    }

    /// Folder of publish receipts.
    pub fn receipts(&self) -> PathBuf {
        self.state.join("receipts")
    }
}
