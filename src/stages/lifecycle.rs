//! Where a version stands, and waiting until that is decided.

use std::time::{Duration, Instant};

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::error::{Error, Kind, Result};
use crate::publication::VersionedName;
use crate::ui::Output;
use crate::wire::{SignedVersion, VersionStatus};

/// Pause before it is asked for the second time; each one after is half as long again.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Where a version stands now.
pub async fn find(client: &MarketplaceClient, name: &VersionedName) -> Result<SignedVersion> {
    let found = client.find_signed_version(name).await?;
    found.ok_or_else(|| {
        Error::new(Kind::Negative, format!("{name} is not published at {}", client.address()))
            .hint("who is not of its publisher sees a version when it is active")
            .hint(format!("its versions are told by `proveniq info {}`", name.name))
    })
}

/// Follows a version until it is decided on, and returns where it stands then; where it stands when `patience` is over
/// otherwise. A marketplace that cannot be reached is asked again until then.
pub async fn decided(
    client: &MarketplaceClient,
    name: &VersionedName,
    patience: Duration,
    output: &Output,
) -> Result<SignedVersion> {
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    let (mut place, mut waiting) = (None, None);
    loop {
        let asked = find(client, name).await;
        let over = started.elapsed() >= patience;
        match asked {
            Ok(version) if over || version.version.status != VersionStatus::InReview => return Ok(version),
            Ok(version) => {
                if waiting.is_none() || place != version.queue_position {
                    place = version.queue_position;
                    drop(waiting.take());
                    waiting = Some(output.under_way("In review", format!("{name}{}", place_text(place))));
                }
            }
            Err(error) if over || error.kind() != Kind::Unreachable => return Err(error),
            Err(error) => output.detail(format!("{error}; it is asked again")),
        }
        tokio::time::sleep(pause.min(patience.saturating_sub(started.elapsed()))).await;
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
    }
}

fn place_text(place: Option<u64>) -> String {
    place.map(|place| format!(", place {place} in the queue")).unwrap_or_default()
}
