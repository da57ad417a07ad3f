//! Where the secret of a provider is: in a variable or in a file that nobody else can read, never in the configuration.

use std::path::Path;

use secrecy::SecretString;

use super::Environment;
use crate::adapters::files;
use crate::error::{Error, Result};
use crate::toml_reader::Table;

/// Longest secret file, in bytes.
const LONGEST: u64 = 4096;

/// Where a secret is.
pub(super) enum SecretPlace {
    /// In a variable.
    Variable(String),
    /// In a file, relative to the configuration.
    File(String),
}

impl SecretPlace {
    /// Takes the one place that a table names.
    pub(super) fn read(table: &Table<'_>) -> Option<Self> {
        let text = |text: &str| if text.is_empty() { Err("is empty".to_owned()) } else { Ok(text.to_owned()) };
        if table.has("client_secret") {
            // Known, so that it is told once; what it holds is never repeated.
            table.optional("client_secret", |_| Ok(()));
            let hint = "move it to a variable or to a file that only you can read, and give out another secret";
            table.report(Some("client_secret"), "a secret does not belong into this file", Some(hint.into()));
            return None;
        }
        match (table.optional("client_secret_env", text), table.optional("client_secret_file", text)) {
            (Some(variable), None) => Some(SecretPlace::Variable(variable)),
            (None, Some(file)) => Some(SecretPlace::File(file)),
            _ => {
                table.report(None, "name either client_secret_env or client_secret_file", None);
                None
            }
        }
    }

    /// Fetches the secret.
    pub(super) fn fetch(&self, folder: &Path, environment: &Environment) -> Result<SecretString> {
        match self {
            SecretPlace::Variable(name) => environment.secret(name).ok_or_else(|| {
                Error::usage(format!("the environment variable {name} is not set"))
                    .hint(format!("set {name} to the client secret that the provider gave you"))
            }),
            SecretPlace::File(name) => {
                let path = folder.join(name);
                let file = path.display();
                if files::others_may_read(&path)? {
                    return Err(Error::usage(format!("others may read the secret in {file}"))
                        .hint(format!("close it: chmod 600 {file}")));
                }
                let text = files::read_text(&path, LONGEST)?.unwrap_or_default();
                let secret = text.trim();
                if secret.is_empty() {
                    return Err(Error::usage(format!("there is no secret in {file}"))
                        .hint("write the client secret that the provider gave you into it"));
                }
                Ok(secret.to_owned().into())
            }
        }
    }
}
