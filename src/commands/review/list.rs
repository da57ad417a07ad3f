//! `review list`.

use jiff::Timestamp;
use serde::Serialize;

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::credential::in_words;
use crate::error::Result;
use crate::ui::{Page, Render, Table, Tone};
use crate::wire::WaitingVersion;

/// The versions that await a review.
#[derive(Serialize)]
pub(super) struct Queue {
    waiting: Vec<WaitingVersion>,
    more: bool,
    #[serde(skip)]
    now: Timestamp,
}

/// Lists up to `limit` of them, the one that waits longest first.
pub(super) async fn run(client: &MarketplaceClient, limit: u32, now: Timestamp) -> Result<Queue> {
    let limit = limit as usize;
    let mut waiting = Vec::new();
    let mut cursor = None;
    loop {
        let page = client.reviews(cursor.as_deref()).await?;
        let came = page.data.len();
        waiting.extend(page.data);
        cursor = page.next_cursor;
        // A page that brings nothing ends it, whatever it says of a next one.
        if cursor.is_none() || came == 0 || waiting.len() > limit {
            break;
        }
    }
    let more = waiting.len() > limit || cursor.is_some();
    waiting.truncate(limit);
    Ok(Queue { waiting, more, now })
}

impl Render for Queue {
    fn schema(&self) -> &'static str {
        "proveniq.review-list/1"
    }

    fn human(&self, page: &mut Page) {
        if self.waiting.is_empty() {
            page.line("nothing awaits a review");
            return;
        }
        let mut table = Table::new(&["PLACE", "VERSION", "CLAIMS", "WAITS", "WHAT IT IS"]);
        for WaitingVersion { version, title, position, .. } in &self.waiting {
            table.row([
                (Tone::Plain, position.to_string()),
                (Tone::Strong, format!("{}@{}", version.name, version.version)),
                (Tone::Plain, version.tier_claimed.map_or_else(String::new, |tier| tier.to_string())),
                (Tone::Plain, in_words(self.now.duration_since(version.status_since))),
                (Tone::Plain, title.clone()),
            ]);
        }
        page.block(&table.render());
    }

    fn hints(&self) -> Vec<String> {
        let more = self.more.then(|| "there are more: raise --limit".to_owned());
        let first = self.waiting.first().map(|WaitingVersion { version, .. }| {
            format!("see what it rests on with `proveniq review show {}@{}`", version.name, version.version)
        });
        first.into_iter().chain(more).collect()
    }
}
