//! Evidence from the suites of `test-webhook`.

use std::time::Duration;

use super::{Ground, settled};
use crate::certification::Gathered;
use crate::error::Result;
use crate::event::EventType;
use crate::stages::exercise::{self, Exercise, Exercised};
use crate::webhook::Suite;

/// Time for each answer: what the marketplace gives a delivery.
pub(super) const TIMEOUT: Duration = Duration::from_secs(15);

/// Starts the integration and runs whole suites against it.
pub(super) async fn run(
    ground: &Ground<'_>,
    events: &[EventType],
    suites: &[Suite],
    seed: u64,
) -> Result<Gathered<Exercised>> {
    let exercise = Exercise { seed, ..Exercise::of_suites(events.to_vec(), suites, TIMEOUT)? };
    let watch = &mut |_: &_| {};
    let exercised = exercise::integration(ground.project, &ground.launch, &exercise, &**ground.clock, watch).await;
    settled(exercised)
}
