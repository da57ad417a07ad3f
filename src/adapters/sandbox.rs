//! The sandbox's folder as other processes see it: a lock, a discovery file and a bootstrap token.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{self, Access, Lock};
use crate::credential::ApiKey;
use crate::error::{Error, Explain, Result};

/// Port that a sandbox takes the first time, where it is free.
pub const DEFAULT_PORT: u16 = 7464;

/// What a running sandbox tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Address of the marketplace.
    pub url: String,
    /// Process that serves it.
    pub pid: u32,
    /// Random text made at each start; the marketplace repeats it.
    pub nonce: String,
}

/// The sandbox's folder.
#[derive(Debug, Clone)]
pub struct SandboxFolder {
    root: PathBuf,
}

impl SandboxFolder {
    /// Uses the folder `root`, which need not exist.
    pub fn new(root: PathBuf) -> Self {
        SandboxFolder { root }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Folder of database and blobs.
    pub fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// Log of a detached sandbox.
    pub fn log(&self) -> PathBuf {
        self.root.join("sandbox.log")
    }

    /// Takes the lock that a running sandbox holds; `None` where one runs.
    pub fn try_lock(&self) -> Result<Option<Lock>> {
        Lock::try_take(&self.root.join("lock"))
    }

    /// The discovery of the running sandbox. A file that a killed one left behind does not count: nobody holds its lock.
    pub fn running(&self) -> Result<Option<Discovery>> {
        if Lock::is_held(&self.root.join("lock"))? { self.discovery() } else { Ok(None) }
    }

    /// The discovery file as it is.
    pub fn discovery(&self) -> Result<Option<Discovery>> {
        let text = files::read_text(&self.root.join("discovery.json"), 1 << 16)?;
        // A damaged file says as little as none.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Announces a running sandbox.
    pub fn announce(&self, discovery: &Discovery) -> Result<()> {
        let port = url::Url::parse(&discovery.url).ok().and_then(|url| url.port());
        if let Some(port) = port {
            files::write_atomically(&self.root.join("port"), port.to_string().as_bytes(), Access::Private)?;
        }
        let text = serde_json::to_string_pretty(discovery).or_bug(|| "cannot serialise the discovery".into())?;
        files::write_atomically(&self.root.join("discovery.json"), text.as_bytes(), Access::Private)
    }

    /// The port that was used last, so that stored keys stay bound to the same origin.
    pub fn last_port(&self) -> Result<Option<u16>> {
        Ok(files::read_text(&self.root.join("port"), 64)?.and_then(|text| text.trim().parse().ok()))
    }

    /// Forgets what a sandbox that was killed announced; the lock must be held.
    pub fn retract(&self, _lock: &Lock) -> Result<()> {
        remove(&self.root.join("discovery.json"))
    }

    /// The bootstrap token of the sandbox's built-in identity.
    pub fn token(&self) -> Result<Option<ApiKey>> {
        let text = files::read_text(&self.root.join("token"), 1024)?;
        text.map(|text| ApiKey::parse(text.trim())).transpose().map_err(|why| {
            Error::auth(format!("the sandbox's token is damaged: {why}"))
                .hint("restart it with `proveniq sandbox start`")
        })
    }

    /// Stores the bootstrap token for other processes of this user.
    pub fn store_token(&self, token: &ApiKey) -> Result<()> {
        files::write_atomically(&self.root.join("token"), token.expose().as_bytes(), Access::Private)
    }

    /// Deletes all data; the lock must be held.
    pub fn wipe(&self, _lock: &Lock) -> Result<()> {
        ["data", "token", "sandbox.log", "discovery.json"].iter().try_for_each(|entry| remove(&self.root.join(entry)))
    }
}

/// Removes a file or a folder; one that is not there is no error.
fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::usage(format!("cannot delete {}", path.display())).because(cause))
        }
        _ => Ok(()),
    }
}
