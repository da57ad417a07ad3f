//! `address -> cache`: fetches the advisories of a registry where they have changed.

use jiff::Timestamp;
use url::Url;

use crate::adapters::advisories::{AdvisoryCache, CacheState, Downloaded, download};
use crate::advisory::Ecosystem;
use crate::error::{Error, Result};
use crate::ui::Output;

/// The cache of a registry's advisories after it was brought up to date.
#[derive(Debug)]
pub struct Fetched {
    /// Whether something else than before was fetched.
    pub changed: bool,
    /// What the cache holds.
    pub state: CacheState,
}

/// Fetches the archive at `url` into the cache, unless the cache holds that very one.
pub async fn fetch(
    cache: &AdvisoryCache,
    ecosystem: Ecosystem,
    url: &Url,
    now: Timestamp,
    output: &Output,
) -> Result<Fetched> {
    output.status("Fetching", format!("advisories of {ecosystem}"));
    // A cache that cannot be read is made anew.
    let kept = cache.state(ecosystem).await.ok().flatten().filter(|state| state.source == url.as_str());
    let etag = kept.as_ref().and_then(|state| state.etag.as_deref());
    match (download(url, etag, cache.folder(), output).await?, kept) {
        (Downloaded::Archive(archive, etag), _) => {
            output.status("Indexing", format!("advisories of {ecosystem}"));
            let from = CacheState { source: url.to_string(), etag, fetched: now, ..CacheState::default() };
            let state = cache.replace(ecosystem, archive, &from).await?;
            Ok(Fetched { changed: true, state })
        }
        (Downloaded::Unchanged, Some(kept)) => {
            cache.touch(ecosystem, now).await?;
            Ok(Fetched { changed: false, state: CacheState { fetched: now, ..kept } })
        }
        (Downloaded::Unchanged, None) => Err(Error::bug("what was never fetched is unchanged")),
    }
}
