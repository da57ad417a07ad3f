//! Evidence from crashes in the middle of work.

use super::exercises::TIMEOUT;
use super::{Ground, settled};
use crate::certification::Gathered;
use crate::error::Result;
use crate::event::EventType;
use crate::stages::exercise::{self, Exercise};
use crate::webhook::Recovery;

/// Kills the integration while deliveries keep coming.
pub(super) async fn run(ground: &Ground<'_>, events: &[EventType], seed: u64) -> Result<Gathered<Recovery>> {
    let exercise = Exercise { seed, ..Exercise::of_suites(events.to_vec(), &[], TIMEOUT)? };
    let recovered = exercise::recovery(ground.project, &ground.launch, &exercise, &**ground.clock).await;
    Ok(match settled(recovered)? {
        Gathered::Seen(Some(recovery)) => Gathered::Seen(recovery),
        Gathered::Seen(None) => Gathered::Inconclusive(
            "no effect can be seen: declare what the integration calls as [[upstream]] with the variable that holds its \
             address, or let it write to PROVENIQ_API_URL"
                .into(),
        ),
        reason => reason.without(),
    })
}
