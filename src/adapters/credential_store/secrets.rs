//! The secrets of a file, and the file's rules: no larger than it can be, and closed to others.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Largest file of secrets, in bytes.
pub(super) const LARGEST: u64 = 1 << 20;

/// Secrets by account.
#[derive(Debug, Clone, Default)]
pub(super) struct Secrets(BTreeMap<String, SecretString>);

impl Secrets {
    /// Parses a JSON object of texts. Why it fails is not told: a parser's message could repeat a part of it.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok().map(Secrets)
    }

    /// The JSON object, in memory that is wiped.
    pub(super) fn to_json(&self) -> Zeroizing<Vec<u8>> {
        let shown: BTreeMap<_, _> = self.0.iter().map(|(account, secret)| (account, secret.expose_secret())).collect();
        // Room for all of it, so that no copy is left behind where it grows.
        let length = shown.iter().map(|(account, secret)| 2 * (account.len() + secret.len()) + 16).sum::<usize>() + 16;
        let mut text = Zeroizing::new(Vec::with_capacity(length));
        // Texts always serialise, and memory always takes them.
        let _ = serde_json::to_writer_pretty(&mut *text, &shown);
        text
    }

    pub(super) fn get(&self, account: &str) -> Option<SecretString> {
        self.0.get(account).cloned()
    }

    pub(super) fn put(&mut self, account: &str, secret: SecretString) {
        self.0.insert(account.to_owned(), secret);
    }

    /// Removes a secret; tells whether it was there.
    pub(super) fn remove(&mut self, account: &str) -> bool {
        self.0.remove(account).is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// That a file is not what this program wrote.
pub(super) fn damaged(path: &Path) -> Error {
    Error::auth(format!("{} is damaged", path.display()))
        .hint("move it away and create keys anew with `proveniq keys create`")
}

/// Refuses a file that others can read; an absent one is fine.
#[cfg(unix)]
pub(super) fn refuse_if_others_can_read(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map_or(0o600, |metadata| metadata.permissions().mode() & 0o777);
    let others = mode & 0o077;
    if others == 0 {
        return Ok(());
    }
    Err(Error::auth(format!("{} can be read by others (mode {mode:o})", path.display()))
        .hint(format!("run `chmod 600 {}`, and revoke its keys if others use this machine", path.display())))
}

#[cfg(not(unix))]
pub(super) fn refuse_if_others_can_read(_: &Path) -> Result<()> {
    Ok(())
}
