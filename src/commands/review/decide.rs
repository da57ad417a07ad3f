//! `review approve` and `review reject`.

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::commands::standing::Standing;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::publication::VersionedName;
use crate::stages::lifecycle;
use crate::wire::{Decision, Review, SignedVersion};

/// Decides on the bytes that are named, or on those that are there while the reviewer is asked.
pub(super) async fn run(
    context: &Context,
    client: &MarketplaceClient,
    name: &VersionedName,
    decision: Decision,
    reasons: Vec<String>,
    digest: Option<String>,
) -> Result<Standing> {
    let before = lifecycle::find(client, name).await?;
    let digest = reviewed(&before, digest)?;
    context.confirm(&question(decision, name, &before))?;
    let version = client.review(name, &Review { decision, digest, reasons }).await?;
    let schema = match decision {
        Decision::Approve => "proveniq.review-approve/1",
        Decision::Reject => "proveniq.review-reject/1",
    };
    Ok(Standing::new(schema, client.address(), version, context.clock.now()))
}

fn reviewed(before: &SignedVersion, digest: Option<String>) -> Result<String> {
    let there = &before.version.digest;
    match digest.map(|digest| digest.trim_start_matches("sha256:").to_ascii_lowercase()) {
        Some(named) if named != *there => {
            Err(Error::conflict(format!("the package has the digest {there}, and {named} was reviewed")))
        }
        _ => Ok(there.clone()),
    }
}

fn question(decision: Decision, name: &VersionedName, before: &SignedVersion) -> String {
    let claimed = before.version.tier_claimed.unwrap_or(before.version.tier);
    match decision {
        Decision::Approve => format!("Grant {name} the tier {claimed}?"),
        Decision::Reject => format!("Refuse {name} for good?"),
    }
}
