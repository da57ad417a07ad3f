//! Where advisories come from: a database that is named, or the cache that `proveniq advisories update` fills.

mod cache;
mod database;
mod download;
mod mirror;

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use jiff::Timestamp;

use crate::advisory::{Advisories, Ecosystem, Shelf, Wanted};
use crate::error::{Error, Explain, Result};

pub use cache::{AdvisoryCache, CacheState};
pub use download::{Downloaded, download};
pub use mirror::Mirror;

/// The public archives of OSV.
pub const PUBLIC: &str = "https://osv-vulnerabilities.storage.googleapis.com/{ecosystem}/all.zip";

/// Where advisories come from.
#[derive(Debug, Clone)]
pub enum AdvisorySource {
    /// A folder of documents, or an archive of them.
    Database(PathBuf),
    /// The folder of the cache.
    Cache(PathBuf),
    /// Archives that an operator keeps.
    Mirror(Arc<Mirror>),
}

impl AdvisorySource {
    /// Refuses a database that was named and is not there.
    pub fn is_there(&self) -> Result<()> {
        match self {
            AdvisorySource::Database(path) if !path.exists() => {
                Err(Error::usage(format!("there is no database of advisories at {}", path.display()))
                    .hint("--osv-db takes a folder of OSV documents, or an archive as OSV publishes them"))
            }
            _ => Ok(()),
        }
    }

    /// Finds what is known of `wanted`; `None` where there is no cache.
    pub async fn find(&self, wanted: Wanted, now: Timestamp) -> Result<Option<Advisories>> {
        match self {
            AdvisorySource::Cache(folder) => AdvisoryCache::new(folder).find(&wanted, now).await,
            AdvisorySource::Mirror(mirror) => mirror.find(&wanted, now).await,
            AdvisorySource::Database(path) => {
                let path = path.clone();
                let read = tokio::task::spawn_blocking(move || database::read(&path, &wanted, now));
                read.await.or_bug(|| "reading the advisories broke".into())?.map(Some)
            }
        }
    }
}

impl Shelf for AdvisorySource {
    fn find(&self, wanted: Wanted, now: Timestamp) -> BoxFuture<'_, Result<Option<Advisories>, String>> {
        AdvisorySource::find(self, wanted, now).map(|found| found.map_err(|error| error.to_string())).boxed()
    }

    fn archive(&self, ecosystem: Ecosystem) -> Option<PathBuf> {
        match self {
            AdvisorySource::Mirror(mirror) => mirror.archive(ecosystem),
            AdvisorySource::Database(_) | AdvisorySource::Cache(_) => None,
        }
    }
}

/// An archive of advisories that cannot be used.
fn unusable(place: &str, problem: crate::advisory::ArchiveProblem) -> Error {
    Error::usage(format!("the advisories in {place} cannot be used")).because(problem)
}
