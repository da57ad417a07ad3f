//! The operating system's keyring. Every call is given up after 2 seconds: a keyring that waits for a person who is not
//! there would hang for ever.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring::v1::{Entry, Error as KeyringError};
use secrecy::{ExposeSecret as _, SecretString};

use super::CredentialStore;
use crate::error::{Error, Result};

const SERVICE: &str = "proveniq";
const LIMIT: Duration = Duration::from_secs(2);

/// The keyring of the user's session.
#[derive(Debug)]
pub(super) struct KeyringStore;

impl CredentialStore for KeyringStore {
    fn check(&self) -> Result<()> {
        self.get("probe").map(drop)
    }

    fn put(&self, account: &str, secret: &SecretString) -> Result<()> {
        let secret = secret.clone();
        within_limit(account, move |entry| entry.set_password(secret.expose_secret()))
    }

    fn get(&self, account: &str) -> Result<Option<SecretString>> {
        within_limit(account, |entry| match entry.get_password() {
            Err(KeyringError::NoEntry) => Ok(None),
            found => found.map(|text| Some(text.into())),
        })
    }

    fn delete(&self, account: &str) -> Result<()> {
        within_limit(account, |entry| match entry.delete_credential() {
            Err(KeyringError::NoEntry) => Ok(()),
            deleted => deleted,
        })
    }
}

/// Runs a call on a thread of its own. One that hangs is left behind; it ends with the process.
fn within_limit<T: Send + 'static>(
    account: &str,
    call: impl FnOnce(&Entry) -> Result<T, KeyringError> + Send + 'static,
) -> Result<T> {
    let account = account.to_owned();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let outcome =
            Entry::new(SERVICE, &account).and_then(|entry| call(&entry)).map_err(|cause| match Entry::store_status() {
                // Without a store every call fails alike; only the attempt to open one says why.
                Err(why) => Error::auth("there is no keyring that can be used").because(why),
                Ok(()) => Error::auth("the keyring cannot be used").because(cause),
            });
        // The receiver is gone when the call took too long.
        let _ = sender.send(outcome);
    });
    let hint = "store keys in a file that is encrypted with a passphrase (--store age), or in one that only you can read \
                (--store file), or pass one in PROVENIQ_API_KEY";
    match receiver.recv_timeout(LIMIT) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.hint(hint)),
        Err(_) => Err(Error::auth(format!("the keyring did not answer within {} s", LIMIT.as_secs()))
            .hint("it may wait to be unlocked")
            .hint(hint)),
    }
}
