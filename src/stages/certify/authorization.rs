//! Evidence from a person's authorization: a browser is led through it against an embedded marketplace, honestly and not.

mod journey;
mod scene;

use super::{Ground, settled};
use crate::certification::{Gathered, Transcript};
use crate::error::Result;
use crate::event::EventType;
use journey::Journey;
use scene::Scene;

/// Leads a browser through the authorization of the integration, where it has one.
pub(super) async fn run(ground: &Ground<'_>, events: &[EventType], seed: u64) -> Result<Gathered<Transcript>> {
    let oauth = &ground.project.manifest.oauth;
    match &oauth.start_path {
        Some(start) => settled(Box::pin(drive(ground, start, events, seed)).await),
        None if oauth.redirect_uris.is_empty() => {
            Ok(Gathered::NotApplicable("it takes tokens for itself: no person signs in".into()))
        }
        None => Ok(Gathered::Inconclusive(
            "[oauth] declares redirect_uris and no start_path: say where the integration begins its authorization"
                .into(),
        )),
    }
}

async fn drive(ground: &Ground<'_>, start: &str, events: &[EventType], seed: u64) -> Result<Transcript> {
    let mut journey = Journey::new(Scene::set(ground).await?, start)?;
    journey.play(events, seed).await?;
    journey.end().await
}
