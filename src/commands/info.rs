//! `info`.

use serde::Serialize;

use crate::cli::InfoArgs;
use crate::commands::standing;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::manifest::IntegrationName;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render, Table, Tone};
use crate::wire::Package;

/// An integration of the marketplace.
#[derive(Serialize)]
pub(super) struct Info {
    #[serde(flatten)]
    package: Package,
}

/// Shows an integration.
pub(super) async fn run(context: &Context, args: InfoArgs) -> Result<Info> {
    let name = IntegrationName::parse(&args.name).map_err(Error::usage)?;
    let session = session::open(context, Purpose::Public)?;
    let package = session.client.package(&name).await?;
    Ok(Info { package })
}

impl Render for Info {
    fn schema(&self) -> &'static str {
        "proveniq.info/1"
    }

    fn human(&self, page: &mut Page) {
        let package = &self.package;
        let summary = &package.summary;
        page.toned(Tone::Strong, format!("{} {}: {}", summary.name, summary.latest, summary.title))
            .line(&summary.summary)
            .gap();
        page.field("type", summary.kind.as_str()).field("category", summary.category.as_str());
        page.field("tier", summary.tier.as_str())
            .field("price", summary.pricing.as_str())
            .field("licence", &package.license);
        for (name, words) in [("events", &package.events), ("scopes", &package.scopes)] {
            if !words.is_empty() {
                page.field(name, words.join(", "));
            }
        }
        let support: Vec<_> = [&package.support_email, &package.support_url].into_iter().flatten().cloned().collect();
        page.field("support", support.join(", ")).gap();
        let mut table = Table::new(&["VERSION", "STATUS", "PUBLISHED", "DIGEST"]);
        for version in &package.versions {
            table.row([
                (Tone::Plain, version.version.clone()),
                (standing::tone(version.status), version.status.to_string()),
                (Tone::Plain, version.published_at.strftime("%Y-%m-%d %H:%M UTC").to_string()),
                (Tone::Dim, format!("sha256:{}", &version.digest[..16])),
            ]);
        }
        page.block(&table.render());
        for version in &package.versions {
            if let Some(message) = &version.deprecation {
                page.wrapped("", Tone::Warn, format!("{} is deprecated: {message}", version.version));
            }
        }
    }
}
