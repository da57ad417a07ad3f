//! Where a marketplace finds advisories.

use std::fmt;
use std::path::PathBuf;

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use super::collector::{Advisories, Wanted};
use super::ecosystem::Ecosystem;

/// A place where advisories are kept.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// Finds what is known of `wanted`; `None` where nothing is kept of any of its ecosystems. An error says in words why
    /// it cannot be told.
    fn find(&self, wanted: Wanted, now: Timestamp) -> BoxFuture<'_, Result<Option<Advisories>, String>>;

    /// The archive of an ecosystem, as OSV publishes it, where it is there to be passed on.
    fn archive(&self, ecosystem: Ecosystem) -> Option<PathBuf>;
}
