//! `search`.

use serde::Serialize;

use crate::cli::SearchArgs;
use crate::context::Context;
use crate::error::Result;
use crate::manifest::Category;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render, Table, Tone};
use crate::wire::PackageSummary;

/// What was found.
#[derive(Serialize)]
pub(super) struct Found {
    query: String,
    results: Vec<PackageSummary>,
    more: bool,
}

/// Searches the catalogue of the marketplace.
pub(super) async fn run(context: &Context, args: SearchArgs) -> Result<Found> {
    let session = session::open(context, Purpose::Public)?;
    let query = args.query.join(" ");
    let category = args.category.map(|category| ("category", Category::from(category).to_string()));
    let parameters: Vec<_> =
        [("q", query.clone()), ("limit", args.limit.to_string())].into_iter().chain(category).collect();
    let page = session.client.search(&parameters).await?;
    Ok(Found { query, results: page.data, more: page.next_cursor.is_some() })
}

impl Render for Found {
    fn schema(&self) -> &'static str {
        "proveniq.search/1"
    }

    fn human(&self, page: &mut Page) {
        if self.results.is_empty() {
            page.line(format!("nothing is found for {:?}", self.query));
            return;
        }
        let mut table = Table::new(&["NAME", "VERSION", "TIER", "WHAT IT IS"]);
        for result in &self.results {
            table.row([
                (Tone::Strong, result.name.to_string()),
                (Tone::Plain, result.latest.clone()),
                (Tone::Plain, result.tier.to_string()),
                (Tone::Plain, result.summary.clone()),
            ]);
        }
        page.block(&table.render());
    }

    fn hints(&self) -> Vec<String> {
        self.more.then(|| "there are more: narrow the search, or raise --limit".to_owned()).into_iter().collect()
    }
}
