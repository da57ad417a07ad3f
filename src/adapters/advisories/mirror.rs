//! Archives of advisories that an operator keeps, and the cache that follows them.

use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use tokio::sync::Mutex;

use super::cache::{AdvisoryCache, CacheState};
use crate::advisory::{Advisories, Ecosystem, Wanted};
use crate::error::{Explain, Result};

/// Archives as OSV lays them out, `npm/all.zip` and so on, below a folder. What reads them is the cache, which is made anew
/// whenever an archive is another one.
#[derive(Debug)]
pub struct Mirror {
    archives: PathBuf,
    cache: AdvisoryCache,
    /// Held while the cache is compared with the archives, so that it is made once.
    following: Mutex<()>,
}

impl Mirror {
    /// The archives below one folder, with the cache in another.
    pub fn new(archives: &Path, cache: &Path) -> Self {
        Mirror { archives: archives.to_owned(), cache: AdvisoryCache::new(cache), following: Mutex::new(()) }
    }

    /// The archive of an ecosystem, where there is one.
    pub fn archive(&self, ecosystem: Ecosystem) -> Option<PathBuf> {
        let path = self.archives.join(ecosystem.as_str()).join("all.zip");
        path.is_file().then_some(path)
    }

    /// Finds what is known of `wanted`; `None` where there is no archive of any of its ecosystems.
    pub async fn find(&self, wanted: &Wanted, now: Timestamp) -> Result<Option<Advisories>> {
        for ecosystem in Ecosystem::ALL.iter().filter(|known| wanted.iter().any(|(of, _)| of == *known)) {
            self.follow(*ecosystem).await?;
        }
        self.cache.find(wanted, now).await
    }

    async fn follow(&self, ecosystem: Ecosystem) -> Result<()> {
        let Some(path) = self.archive(ecosystem) else { return Ok(()) };
        let failed = || format!("cannot read {}", path.display());
        let _alone = self.following.lock().await;
        let archive = File::open(&path).or_usage(failed)?;
        let metadata = archive.metadata().or_usage(failed)?;
        let etag = Some(mark(&metadata));
        // A cache that cannot be read is made anew.
        let kept = self.cache.state(ecosystem).await.ok().flatten();
        if kept.is_some_and(|kept| kept.etag == etag) {
            return Ok(());
        }
        let fetched = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok()).unwrap_or_default();
        let from = CacheState { source: path.display().to_string(), etag, fetched, ..CacheState::default() };
        self.cache.replace(ecosystem, archive, &from).await.map(drop)
    }
}

/// Tells one state of a file from another.
fn mark(metadata: &Metadata) -> String {
    let changed = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH).duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{}-{}", metadata.len(), changed.as_nanos())
}
