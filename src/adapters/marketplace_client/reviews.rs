//! Reviews, for a marketplace's reviewers.

use reqwest::Method;

use super::{MarketplaceClient, version_path};
use crate::error::Result;
use crate::publication::VersionedName;
use crate::wire::{Review, ReviewQueue, SignedVersion};

impl MarketplaceClient {
    /// A page of the versions that await a review.
    pub async fn reviews(&self, cursor: Option<&str>) -> Result<ReviewQueue> {
        let cursor = cursor.map(|cursor| ("cursor", cursor.to_owned()));
        self.get("v1/reviews", cursor.as_slice()).await
    }

    /// Decides on a version.
    pub async fn review(&self, name: &VersionedName, review: &Review) -> Result<SignedVersion> {
        self.send(Method::POST, &format!("{}/review", version_path(name)), review).await
    }
}
