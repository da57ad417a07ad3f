//! `review show`.

use serde::Serialize;

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::certification::attestation::{Countersignature, RestsOn};
use crate::commands::standing::Standing;
use crate::context::Context;
use crate::error::Result;
use crate::publication::VersionedName;
use crate::stages::{lifecycle, publish};
use crate::ui::{Page, Render, Table, Tone};
use crate::verdict::Verdict;

/// A version, and what the marketplace signed of it.
#[derive(Serialize)]
pub(super) struct Reviewed {
    #[serde(flatten)]
    standing: Standing,
    /// What the marketplace signed, opened.
    countersigned: Option<Countersignature>,
}

/// Shows a version.
pub(super) async fn run(context: &Context, client: &MarketplaceClient, name: &VersionedName) -> Result<Reviewed> {
    let version = lifecycle::find(client, name).await?;
    let key = client.service().await?.signing_key;
    let countersigned = publish::countersigned(&version.version, version.countersignature.as_ref(), &key)?;
    let standing = Standing::new("proveniq.review-show/1", client.address(), version, context.clock.now());
    Ok(Reviewed { standing, countersigned })
}

impl Render for Reviewed {
    fn schema(&self) -> &'static str {
        self.standing.schema()
    }

    fn human(&self, page: &mut Page) {
        if let Some(said) = &self.countersigned {
            let mut table = Table::new(&["CHECK", "VERDICT", "RESTS ON"]);
            for check in &said.checks {
                let tone = if check.verdict == Verdict::Pass { Tone::Good } else { Tone::Dim };
                let ground = match check.rests_on {
                    RestsOn::Package => (Tone::Plain, "the package: the marketplace repeated it"),
                    RestsOn::Publisher => (Tone::Warn, "the publisher's word"),
                };
                let ground = (ground.0, ground.1.to_owned());
                table.row([(Tone::Strong, check.id.clone()), (tone, check.verdict.to_string()), ground]);
            }
            page.block(&table.render()).gap();
        }
        self.standing.human(page);
    }

    fn hints(&self) -> Vec<String> {
        let name = self.standing.name();
        vec![
            format!("fetch the package and verify it with `proveniq verify {name} --out FILE`"),
            format!("decide with `proveniq review approve {name}` or `proveniq review reject {name} --reason TEXT`"),
        ]
    }
}
