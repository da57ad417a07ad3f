//! Evidence from the marketplace: the published version that this one follows.

use super::{Ground, settled};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::certification::{Gathered, Published, predecessor};
use crate::error::{self, Error, Result};

/// Asks for the version before this one. A marketplace that is known and cannot be reached leaves the question unasked,
/// rather than answered.
pub(super) async fn find(ground: &Ground<'_>) -> Result<Gathered<Published>> {
    let Some(client) = ground.marketplace else {
        let why = "no marketplace is named and no sandbox runs, so there is nothing published to compare with";
        return Ok(Gathered::NotApplicable(why.to_owned()));
    };
    match before(ground, client).await {
        Err(error) if error.kind() == error::Kind::Unreachable => Ok(Gathered::NotRun(error.to_string())),
        asked => Ok(match settled(asked)? {
            Gathered::Seen(Some(published)) => Gathered::Seen(published),
            Gathered::Seen(None) => Gathered::NotApplicable("no earlier version is published".to_owned()),
            reason => reason.without(),
        }),
    }
}

async fn before(ground: &Ground<'_>, client: &MarketplaceClient) -> Result<Option<Published>> {
    let identity = &ground.project.manifest.integration;
    let Some(package) = client.find_package(&identity.name).await? else { return Ok(None) };
    let versions = package.versions.iter().map(|version| version.version.as_str());
    let Some(version) = predecessor(&identity.version, versions) else { return Ok(None) };
    let manifest = client.find_manifest(&identity.name, &version.to_string()).await?;
    let manifest = manifest
        .ok_or_else(|| Error::unreachable(format!("the marketplace does not give the manifest of {version}")))?;
    Ok(Some(Published { manifest }))
}
