//! `publish`: project, package, certification, plan, receipt.

use serde::Serialize;

use super::certify::{READY, checks_table, details};
use crate::adapters::integration::Launch;
use crate::adapters::project::Project;
use crate::certification::{Certification, Tier};
use crate::cli::PublishArgs;
use crate::context::Context;
use crate::credential::SigningKey;
use crate::error::{Kind, Result};
use crate::publication::{Plan, Step};
use crate::stages::certify::{self, Demand, Given, Ground, Parts};
use crate::stages::pack::{self, PackageFacts};
use crate::stages::session::{self, Purpose};
use crate::stages::{attest, publish, rules, signing_key};
use crate::ui::{Page, Render, Tone};
use crate::wire::Receipt;

/// What publishing came to.
#[derive(Serialize)]
pub(super) struct Published {
    marketplace: String,
    package: PackageFacts,
    certification: Certification,
    plan: Option<Plan>,
    dry_run: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt_path: Option<String>,
}

/// Certifies, packs and publishes the project of the working folder.
pub(super) async fn run(context: &Context, args: PublishArgs) -> Result<Published> {
    let project = context.project()?;
    pack::refuse_dirty(&project, args.allow_dirty)?;
    let session = session::open(context, Purpose::Work)?;
    // A credential that does not hold is told at once, not after the integration was built.
    session.client.current_key().await?;
    let service = session.client.service().await?;
    let rules = rules::agreed(&service)?;
    let tier = Tier::from(args.tier);
    let key = signer(context, &project, tier)?;
    let tree = project.tree()?;
    let launch = Launch { program: &context.program, ready_timeout: READY };
    let parts = Parts::of_tier(tier);
    let demand = Demand { tier, rules, build: !args.no_build, dynamic: true, parts, seed: None };
    let given = Given::default();
    let ground = Ground {
        project: &project,
        tree: &tree,
        given: &given,
        launch,
        temporary: &context.dirs.temporary,
        clock: &context.clock,
        output: &context.output,
        marketplace: Some(&session.client),
        advisories: &context.advisories(args.outside.osv_db.as_deref()),
        endpoints: &args.outside.endpoints,
    };
    let certification = certify::project(&ground, &demand).await?;
    let mut package = pack::build(&project, &tree, &context.dirs.temporary, &context.interrupt, &context.output)?;
    let mut published = Published {
        marketplace: session.client.address().to_owned(),
        package: PackageFacts::of(&project, &package),
        certification,
        plan: None,
        dry_run: args.dry_run,
        receipt: None,
        receipt_path: None,
    };
    if !published.certification.reached {
        return Ok(published);
    }
    let plan = publish::plan(&session.client, &project, &package).await?;
    if !args.dry_run {
        context.output.status("Publishing", format!("{} {}", published.package.name, published.package.version));
        let certification = &published.certification;
        let sign = |key| attest::sign(certification, &project, &package, key, context.clock.now());
        let claim = publish::claim(certification, key.as_ref().map(sign));
        let receipt = publish::send(&session.client, &project, &mut package, &plan, &claim, &context.output).await?;
        published.receipt_path =
            Some(publish::keep_receipt(&context.dirs.receipts(), &session.client, &receipt)?.display().to_string());
        publish::countersigned(&receipt, &service.signing_key)?;
        published.receipt = Some(receipt);
    }
    published.plan = Some(plan);
    Ok(published)
}

/// The publisher's signing key, which a tier above listed needs.
fn signer(context: &Context, project: &Project, tier: Tier) -> Result<Option<SigningKey>> {
    let publisher = project.manifest.integration.name.publisher();
    if tier == Tier::Listed {
        return signing_key::find(context, publisher);
    }
    signing_key::required(context, publisher).map(Some)
}

impl Render for Published {
    fn schema(&self) -> &'static str {
        "proveniq.publish/1"
    }

    fn human(&self, page: &mut Page) {
        let package = &self.package;
        page.block(&checks_table(&self.certification));
        self.certification
            .checks
            .iter()
            .filter(|check| !check.findings.is_empty())
            .for_each(|check| details(page, check));
        page.gap().toned(Tone::Strong, format!("{} {}", package.name, package.version));
        page.field("marketplace", &self.marketplace).field("digest", format!("sha256:{}", package.digest));
        page.field("size", format!("{} bytes, {} files", package.size, package.files)).gap();
        page.toned(self.tone(), self.sentence());
    }

    fn verdict(&self) -> Option<Kind> {
        match self.plan.as_ref().map(|plan| &plan.next) {
            Some(Step::Conflict { .. }) => Some(Kind::Conflict),
            _ => self.certification.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        let install = |_: &Receipt| format!("see it with `proveniq info {}`", self.package.name);
        self.receipt.iter().map(install).collect()
    }
}

impl Published {
    fn tone(&self) -> Tone {
        if self.verdict().is_some() { Tone::Bad } else { Tone::Good }
    }

    fn sentence(&self) -> String {
        let tier = self.certification.tier;
        match (&self.receipt, self.plan.as_ref().map(|plan| &plan.next)) {
            (Some(receipt), _) if receipt.unchanged => "unchanged: this very content was published before".into(),
            (Some(Receipt { version, id, .. }), _) => {
                let published = format!("{}: published as {}, receipt {id}", version.status, version.tier);
                version.tier_claimed.map_or(published.clone(), |claimed| {
                    format!("{published}; {claimed} is claimed and awaits a reviewer's approval")
                })
            }
            (None, Some(Step::Send)) => "dry run: it would be published; nothing was changed".into(),
            (None, Some(Step::Unchanged { .. })) => "dry run: this very content is published already".into(),
            (None, Some(Step::Conflict { .. })) => "dry run: the version is published with other content".into(),
            (None, None) => format!("not published: tier {tier} is not reached"),
        }
    }
}
