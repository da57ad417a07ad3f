//! The sandbox as its processes share it: who holds the lock, whether it answers, and being it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::adapters::embedded::{Embedded, LeakReporter, SandboxBehaviour, read_leak_reporter};
use crate::adapters::files::Lock;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::sandbox::{DEFAULT_PORT, Discovery, SandboxFolder};
use crate::error::{Error, Result};

/// Time that a sandbox on this machine has to answer, to be ready, or to be cleared away.
const PATIENCE: Duration = Duration::from_secs(3);
/// Time that a sandbox has to finish the requests under way.
const STOP: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(10);

/// A sandbox that this process is.
#[derive(Debug)]
pub struct Hosted {
    embedded: Embedded,
    folder: SandboxFolder,
    lock: Lock,
}

impl Hosted {
    /// Serves the sandbox on `address` and announces it to other processes; the lock must be held.
    pub async fn start(
        folder: SandboxFolder,
        lock: Lock,
        address: SocketAddr,
        behaviour: SandboxBehaviour,
    ) -> Result<Self> {
        folder.retract(&lock)?;
        let embedded = Embedded::start(&folder.data(), address, folder.token()?, behaviour).await?;
        let hosted = Hosted { embedded, folder, lock };
        match hosted.announce() {
            Ok(()) => Ok(hosted),
            Err(error) => {
                hosted.stop().await?;
                Err(error)
            }
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.embedded.url
    }

    fn announce(&self) -> Result<()> {
        self.folder.store_token(&self.embedded.token)?;
        let Embedded { url, instance, .. } = &self.embedded;
        let discovery = Discovery { url: url.clone(), pid: std::process::id(), nonce: instance.clone() };
        self.folder.announce(&discovery)
    }

    /// Finishes the requests under way and stops; its data stays.
    pub async fn stop(self) -> Result<()> {
        let stopped = self.embedded.stop().await;
        self.folder.retract(&self.lock)?;
        stopped
    }
}

/// Reads who may report leaked keys from words of the form `ID=FILE`, where the file holds a public key as PEM.
pub fn read_leak_reporters(words: &[String]) -> Result<Vec<LeakReporter>> {
    let read = |word: &String| {
        let (id, file) = word.split_once('=').ok_or_else(|| {
            Error::usage(format!("{word:?} names no reporter of leaked keys")).hint("write ID=FILE, such as ci=ci.pem")
        })?;
        read_leak_reporter(id, Path::new(file))
    };
    words.iter().map(read).collect()
}

/// The port that was asked for, else the one used last, else the usual one where it is free, else a free one.
pub fn choose_port(folder: &SandboxFolder, asked: Option<u16>) -> Result<u16> {
    if let Some(port) = asked.or(folder.last_port()?) {
        return Ok(port);
    }
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, DEFAULT_PORT)).is_ok();
    Ok(if free { DEFAULT_PORT } else { 0 })
}

/// Takes the lock, or returns the sandbox that runs and answers. One that starts at this moment, or was killed a moment
/// ago and still has the lock, is waited for.
pub async fn lock_or_living(folder: &SandboxFolder) -> Result<Result<Lock, Discovery>> {
    let started = Instant::now();
    loop {
        if let Some(lock) = folder.try_lock()? {
            return Ok(Ok(lock));
        }
        let discovery = folder.discovery()?;
        if let Some(living) = discovery.as_ref()
            && answers(living).await
        {
            return Ok(Err(living.clone()));
        }
        if started.elapsed() > PATIENCE {
            return Err(silent(discovery.as_ref()));
        }
        tokio::time::sleep(POLL).await;
    }
}

/// Tells whether the sandbox that was announced answers, and is that very one.
pub async fn answers(discovery: &Discovery) -> bool {
    let Ok(client) = MarketplaceClient::within(&discovery.url, None, PATIENCE) else { return false };
    client.service().await.is_ok_and(|service| service.instance == discovery.nonce)
}

/// Waits until no sandbox holds the lock; an error names the one that does not end.
pub async fn wait_for_lock(folder: &SandboxFolder) -> Result<Lock> {
    let started = Instant::now();
    loop {
        if let Some(lock) = folder.try_lock()? {
            return Ok(lock);
        }
        if started.elapsed() > STOP {
            return Err(silent(folder.discovery()?.as_ref()));
        }
        tokio::time::sleep(POLL).await;
    }
}

/// That a sandbox runs where another was to be started.
pub fn already_running(discovery: &Discovery) -> Error {
    Error::conflict(format!("a sandbox runs already at {}", discovery.url))
        .hint("use it as it is, or stop it with `proveniq sandbox stop`")
}

fn silent(discovery: Option<&Discovery>) -> Error {
    let error = |who: &str| Error::unreachable(format!("{who} holds the sandbox's lock and does not answer or end"));
    match discovery {
        None => error("another process").hint("try again in a moment"),
        Some(Discovery { pid, .. }) => error(&format!("process {pid}"))
            .hint(format!("end it by force with `kill -9 {pid}`: nothing that was acknowledged is lost")),
    }
}
