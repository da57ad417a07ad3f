//! Evidence from advisories: what is known of the packages that the lockfiles name.

use jiff::SignedDuration;

use super::{Demand, Ground, settled};
use crate::adapters::advisories::{AdvisoryCache, AdvisorySource};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::advisory::{self, Advisories, Ecosystem, Wanted};
use crate::certification::{Gathered, Tier};
use crate::error::Result;
use crate::stages::advisories::fetch;

/// A marketplace's advisories that were fetched longer ago are asked for again.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

const NONE_HERE: &str =
    "there are no advisories on this machine: run `proveniq advisories update`, or name a database with --osv-db";

/// Looks up the packages of the project: in the database that is named, else in what was fetched before, else in the
/// marketplace's snapshot. A database that is named and is not there is an error; one that cannot be read leaves the check
/// without an answer.
pub(super) async fn find(ground: &Ground<'_>, demand: &Demand) -> Result<Gathered<Advisories>> {
    if demand.tier < Tier::Verified {
        return Ok(Gathered::default());
    }
    let wanted = advisory::inventory(ground.tree).wanted();
    if wanted.is_empty() {
        return Ok(Gathered::NotApplicable("no lockfile names a package".into()));
    }
    ground.advisories.is_there()?;
    if let (AdvisorySource::Cache(folder), Some(marketplace)) = (ground.advisories, ground.marketplace) {
        // What a marketplace cannot give is not there, which the look-up says.
        if let Err(error) = take_snapshot(ground, &AdvisoryCache::new(folder), marketplace, &wanted).await {
            ground.output.detail(format!("no advisories from the marketplace: {error}"));
        }
    }
    if matches!(ground.advisories, AdvisorySource::Cache(folder) if AdvisoryCache::new(folder).is_empty()) {
        ground.output.warning(format!("SEC-DEPS will not be run: {NONE_HERE}"));
    }
    let found = settled(ground.advisories.find(wanted, ground.clock.now()).await)?;
    Ok(match found {
        Gathered::Seen(None) => Gathered::NotRun(NONE_HERE.into()),
        found => found.and(Option::unwrap_or_default),
    })
}

/// Fetches what the cache does not have, and what it has from this marketplace once that is old. What somebody fetched from
/// elsewhere stays.
async fn take_snapshot(
    ground: &Ground<'_>,
    cache: &AdvisoryCache,
    marketplace: &MarketplaceClient,
    wanted: &Wanted,
) -> Result<()> {
    let now = ground.clock.now();
    let mut due = Vec::new();
    for ecosystem in Ecosystem::ALL.iter().filter(|known| wanted.iter().any(|(of, _)| of == *known)) {
        let url = marketplace.advisories_address(*ecosystem)?;
        let kept = cache.state(*ecosystem).await.ok().flatten();
        if kept.is_none_or(|kept| kept.source == url.as_str() && now.duration_since(kept.fetched) > FRESH) {
            due.push((*ecosystem, url));
        }
    }
    if due.is_empty() {
        return Ok(());
    }
    let held = marketplace.service().await?.advisories;
    for (ecosystem, url) in due.into_iter().filter(|(ecosystem, _)| held.iter().any(|name| name == ecosystem.as_str()))
    {
        fetch(cache, ecosystem, &url, now, ground.output).await?;
    }
    Ok(())
}
