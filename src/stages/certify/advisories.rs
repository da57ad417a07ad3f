//! Evidence from advisories: what is known of the packages that the lockfiles name.

use super::{Demand, Ground, settled};
use crate::advisory::{self, Advisories};
use crate::certification::{Gathered, Tier};
use crate::error::Result;

/// Looks up the packages of the project. A database that is named and is not there is an error; one that cannot be read
/// leaves the check without an answer.
pub(super) async fn find(ground: &Ground<'_>, demand: &Demand) -> Result<Gathered<Advisories>> {
    if demand.tier < Tier::Verified {
        return Ok(Gathered::default());
    }
    let wanted = advisory::inventory(ground.tree).wanted();
    if wanted.is_empty() {
        return Ok(Gathered::NotApplicable("no lockfile names a package".into()));
    }
    ground.advisories.is_there()?;
    let found = settled(ground.advisories.find(wanted, ground.clock.now()).await)?;
    Ok(match found {
        Gathered::Seen(None) => {
            let what_to_do = "run `proveniq advisories update`, or name a database with --osv-db";
            Gathered::NotRun(format!("there are no advisories on this machine: {what_to_do}"))
        }
        found => found.and(Option::unwrap_or_default),
    })
}
