//! What is known of sign-ins, without their secrets: logins.json in the configuration folder.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{self, Access, Lock};
use crate::credential::StoreKind;
use crate::error::{Error, Explain, Result};
use crate::package::hex;
use sha2::{Digest as _, Sha256};

/// A stored sign-in. It is bound to a profile and a marketplace's origin; there is one of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredLogin {
    /// Profile that it belongs to.
    pub profile: String,
    /// Origin of the marketplace.
    pub origin: String,
    /// Identifier of the account.
    pub account: String,
    /// What the person is called.
    pub name: String,
    /// Where the secret is.
    pub store: StoreKind,
}

impl StoredLogin {
    /// Account under which the store keeps the secret. No key is called so: their names follow a slash.
    pub fn store_account(&self) -> String {
        format!("{}@{} login", self.profile, self.origin)
    }
}

/// The index file.
#[derive(Debug, Clone)]
pub struct LoginIndex {
    folder: PathBuf,
}

impl LoginIndex {
    /// Uses logins.json in `folder`.
    pub fn new(folder: &Path) -> Self {
        LoginIndex { folder: folder.to_owned() }
    }

    /// The sign-in of a profile at an origin.
    pub fn find(&self, profile: &str, origin: &str) -> Result<Option<StoredLogin>> {
        Ok(self.load()?.into_iter().find(|login| login.profile == profile && login.origin == origin))
    }

    /// The origin at which a profile is signed in, where there is one alone.
    pub fn only_origin(&self, profile: &str) -> Result<Option<String>> {
        let mut logins = self.load()?.into_iter().filter(|login| login.profile == profile);
        let first = logins.next();
        Ok(first.filter(|_| logins.next().is_none()).map(|login| login.origin))
    }

    /// Adds a sign-in, in place of the one that was there.
    pub fn add(&self, login: StoredLogin) -> Result<()> {
        self.change(|logins| {
            logins.retain(|known| known.profile != login.profile || known.origin != login.origin);
            logins.push(login);
        })
    }

    /// Forgets a sign-in.
    pub fn remove(&self, login: &StoredLogin) -> Result<()> {
        self.change(|logins| logins.retain(|known| known != login))
    }

    /// Forgets all sign-ins at an origin and returns them.
    pub fn remove_origin(&self, origin: &str) -> Result<Vec<StoredLogin>> {
        let of_origin: Vec<_> = self.load()?.into_iter().filter(|login| login.origin == origin).collect();
        of_origin.iter().try_for_each(|login| self.remove(login))?;
        Ok(of_origin)
    }

    /// Waits until no other process renews this sign-in.
    pub fn lock(&self, login: &StoredLogin) -> Result<Lock> {
        let name = hex(&Sha256::digest(login.store_account()));
        Lock::take(&self.folder.join(format!("login-{}.lock", &name[..16])))
    }

    fn path(&self) -> PathBuf {
        self.folder.join("logins.json")
    }

    fn change(&self, change: impl FnOnce(&mut Vec<StoredLogin>)) -> Result<()> {
        let _lock = Lock::take(&self.folder.join("logins.lock"))?;
        let mut logins = self.load()?;
        change(&mut logins);
        let text = serde_json::to_string_pretty(&logins).or_bug(|| "cannot serialise the index of sign-ins".into())?;
        files::write_atomically(&self.path(), text.as_bytes(), Access::Private)
    }

    fn load(&self) -> Result<Vec<StoredLogin>> {
        let Some(text) = files::read_text(&self.path(), 1 << 20)? else { return Ok(Vec::new()) };
        serde_json::from_str(&text).map_err(|cause| {
            Error::usage(format!("{} is damaged", self.path().display()))
                .because(cause)
                .hint("move it away; the secrets themselves are not in it")
        })
    }
}
