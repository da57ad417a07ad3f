//! Evidence from a person's authorization, in a build that has no marketplace to authorise at.

use super::Ground;
use crate::certification::{Gathered, Transcript};
use crate::error::Result;
use crate::event::EventType;

/// Says why nothing is seen.
#[expect(clippy::unused_async, reason = "takes the place of one that waits")]
pub(super) async fn run(ground: &Ground<'_>, _events: &[EventType], _seed: u64) -> Result<Gathered<Transcript>> {
    let oauth = &ground.project.manifest.oauth;
    if oauth.start_path.is_none() && oauth.redirect_uris.is_empty() {
        return Ok(Gathered::NotApplicable("it takes tokens for itself: no person signs in".into()));
    }
    Ok(Gathered::NotRun("this build has no embedded marketplace".into()))
}
