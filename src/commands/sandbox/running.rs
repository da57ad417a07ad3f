//! Whether a sandbox runs: who holds the lock, and whether it answers.

use std::time::{Duration, Instant};

use crate::adapters::files::Lock;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::sandbox::{Discovery, SandboxFolder};
use crate::error::{Error, Result};

/// Time that a sandbox on this machine has to answer, to be ready, or to be cleared away.
const PATIENCE: Duration = Duration::from_secs(3);
/// Time that a sandbox has to finish the requests under way.
const STOP: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(10);

/// Takes the lock, or returns the sandbox that runs and answers. One that starts at this moment, or was killed a moment
/// ago and still has the lock, is waited for.
pub(super) async fn lock_or_living(folder: &SandboxFolder) -> Result<Result<Lock, Discovery>> {
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
pub(super) async fn answers(discovery: &Discovery) -> bool {
    let Ok(client) = MarketplaceClient::within(&discovery.url, None, PATIENCE) else { return false };
    client.service().await.is_ok_and(|service| service.instance == discovery.nonce)
}

/// Waits until no sandbox holds the lock; an error names the one that does not end.
pub(super) async fn wait_for_lock(folder: &SandboxFolder) -> Result<Lock> {
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
pub(super) fn already_running(discovery: &Discovery) -> Error {
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
