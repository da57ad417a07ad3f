//! What every request handler shares.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::oauth::{Lifetimes, SignIn};
use super::storage::{Storage, StorageError};
use super::throttle::Throttle;
use super::{LeakReporter, own_key};
use crate::advisory::Shelf;
use crate::credential::{ApiKey, ScopeSet, SigningKey};
use crate::package::{Limits, hex};

/// How a marketplace is run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of database and blobs; made where it is missing.
    pub data: PathBuf,
    /// Whether it is a sandbox: keys are test keys, and a publisher belongs to whoever uses it first.
    pub sandbox: bool,
    /// Bounds on packages.
    pub limits: Limits,
    /// Address under which it is reached, without a final slash: the issuer of its tokens (RFC 8414 section 2).
    pub url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How people sign in.
    pub sign_in: SignIn,
    /// How long what the authorization server gives out lives.
    pub lifetimes: Lifetimes,
    /// Who may report leaked keys.
    pub leak_reporters: Vec<LeakReporter>,
    /// Accounts that review versions; in a sandbox everybody does who has the scope.
    pub reviewers: Vec<String>,
    /// Where dependencies of packages are looked up.
    pub advisories: Option<Arc<dyn Shelf>>,
}

/// Why a marketplace cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct OpenError(#[from] StorageError);

/// A marketplace, ready to serve. Clones share everything.
#[derive(Debug, Clone)]
pub struct Marketplace(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) storage: Storage,
    pub(super) settings: Settings,
    pub(super) instance: String,
    /// What versions are countersigned with.
    pub(super) key: SigningKey,
    /// Refusals of an address that are noted one by one.
    pub(super) refusals: Throttle,
    /// Wrong codes that an address may type.
    pub(super) guesses: Throttle,
    /// Refusals of an address for asking too often, which are noted once in a while.
    pub(super) slowed_down: Throttle,
    /// Sign-ins and device authorizations that an address may begin.
    pub(super) beginnings: Throttle,
    /// Requests of a credential to the ledger.
    pub(super) ledger_requests: Throttle,
    /// Counts changes that a stream may want to look at.
    pub(super) changes: watch::Sender<u64>,
    /// Whether this marketplace is about to end: streams end then, since they would never end by themselves.
    pub(super) stopping: watch::Sender<bool>,
}

impl Inner {
    /// Wakes up whoever waits for a change; called after a commit.
    pub(super) fn announce_change(&self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }
}

impl Marketplace {
    /// Opens the data folder, brings the database up to date and clears uploads that nobody finished.
    pub async fn open(settings: Settings) -> Result<Self, OpenError> {
        let storage = Storage::open(&settings.data).await?;
        let key = own_key::open(&settings.data)?;
        storage.forget_old_uploads(jiff::Timestamp::now()).await?;
        storage.forget_what_has_expired(jiff::Timestamp::now()).await?;
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|cause| StorageError::Io(std::io::Error::other(cause.to_string())))?;
        let (changes, stopping) = (watch::Sender::new(0), watch::Sender::new(false));
        storage.register_own_client(jiff::Timestamp::now()).await?;
        let inner = Inner {
            storage,
            settings,
            instance: hex(&random),
            key,
            refusals: Throttle::new(100, Duration::from_millis(100)),
            guesses: Throttle::new(10, Duration::from_secs(30)),
            slowed_down: Throttle::new(1, Duration::from_mins(1)),
            beginnings: Throttle::new(60, Duration::from_secs(1)),
            ledger_requests: Throttle::new(1000, Duration::from_millis(60)),
            changes,
            stopping,
        };
        Ok(Marketplace(Arc::new(inner)))
    }

    /// Random text made when this was opened, which tells one start from another.
    pub fn instance(&self) -> &str {
        &self.0.instance
    }

    /// Makes `token` the credential of the built-in identity, which may do everything. Tells whether it works: one that
    /// was revoked does not come back.
    pub async fn admit_bootstrap(&self, token: &ApiKey) -> Result<bool, OpenError> {
        Ok(self.0.storage.store_bootstrap_key(token, &ScopeSet::all(), jiff::Timestamp::now()).await?)
    }
}
