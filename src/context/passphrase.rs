//! Where the passphrase of the encrypted credential store comes from: the environment, else a person.

use secrecy::SecretString;

use crate::adapters::credential_store::PassphraseSource;
use crate::error::{Error, Result};
use crate::ui::Prompter;

/// `PROVENIQ_STORE_PASSPHRASE`, or the prompter where a person can be asked.
#[derive(Debug)]
pub(super) struct StorePassphrase {
    pub(super) variable: Option<SecretString>,
    pub(super) prompter: Option<Prompter>,
}

impl PassphraseSource for StorePassphrase {
    fn passphrase(&self, new: bool) -> Result<SecretString> {
        if let Some(passphrase) = &self.variable {
            return Ok(passphrase.clone());
        }
        let Some(prompter) = &self.prompter else {
            return Err(Error::auth("the credential store needs its passphrase, and there is no terminal to ask on")
                .hint("set PROVENIQ_STORE_PASSPHRASE")
                .hint("or take another store with --store or PROVENIQ_CREDENTIAL_STORE"));
        };
        let asked = if new {
            prompter.new_secret("Passphrase for a new credential store", "Again")?
        } else {
            prompter.secret("Passphrase of the credential store")?
        };
        Ok(asked.into())
    }
}
