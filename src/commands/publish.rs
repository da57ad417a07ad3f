//! `publish`: project, what it rests on, plan, receipt.

mod basis;
mod outcome;

use std::path::PathBuf;
use std::time::Duration;

use crate::adapters::project::{Project, ProjectTree};
use crate::cli::PublishArgs;
use crate::context::Context;
use crate::error::Result;
use crate::publication::VersionedName;
use crate::stages::pack::{self, PackageFacts};
use crate::stages::session::{self, Purpose, Session};
use crate::stages::{lifecycle, publish, trusted_key, verify};
use crate::wire::{Receipt, Service};
use basis::Prepared;
use outcome::Published;

/// What is published, and where.
struct Publishing<'a> {
    context: &'a Context,
    project: &'a Project,
    tree: &'a ProjectTree,
    session: &'a Session,
    service: &'a Service,
}

/// Certifies, packs and publishes the project of the working folder; or packs and publishes it with an attestation that was
/// made before.
pub(super) async fn run(context: &Context, args: PublishArgs) -> Result<Published> {
    let project = context.project()?;
    let attestation = args.attestation.as_deref().map(|path| verify::read_envelope(&context.cwd.join(path)));
    let attestation = attestation.transpose()?;
    pack::refuse_dirty(&project, args.allow_dirty)?;
    let session = session::open(context, Purpose::Work)?;
    // A credential that does not hold is told at once, not after the integration was built.
    session.client.current_key().await?;
    let service = session.client.service().await?;
    let tree = project.tree()?;
    let publishing = Publishing { context, project: &project, tree: &tree, session: &session, service: &service };
    let Prepared { basis, mut package, claim } = match attestation {
        Some(envelope) => publishing.attested(envelope, args.tier.map(Into::into)).await?,
        None => publishing.certified(&args).await?,
    };
    let mut published = Published {
        marketplace: session.client.address().to_owned(),
        package: PackageFacts::of(&project, &package),
        basis,
        plan: None,
        dry_run: args.dry_run,
        waited: args.waiting.wait,
        receipt: None,
        receipt_path: None,
        countersigned: None,
    };
    if !published.basis.holds() {
        return Ok(published);
    }
    let plan = publish::plan(&session.client, &project, &package).await?;
    if !args.dry_run {
        context.output.status("Publishing", format!("{} {}", published.package.name, published.package.version));
        let receipt = publish::send(&session.client, &project, &mut package, &plan, &claim, &context.output).await?;
        // Kept before anything is waited for: what is published has its receipt, and the key that it verifies with.
        trusted_key::remember_own(context, &session.client, &service.signing_key)?;
        published.receipt_path = Some(publishing.keep(&receipt)?.display().to_string());
        let receipt =
            if args.waiting.wait { publishing.decided(receipt, args.waiting.timeout).await? } else { receipt };
        let envelope = receipt.countersignature.as_ref();
        published.countersigned = publish::countersigned(&receipt.version, envelope, &service.signing_key)?;
        published.receipt = Some(receipt);
    }
    published.plan = Some(plan);
    Ok(published)
}

impl Publishing<'_> {
    fn keep(&self, receipt: &Receipt) -> Result<PathBuf> {
        publish::keep_receipt(&self.context.dirs.receipts(), &self.session.client, receipt)
    }

    /// The receipt once a reviewer decided, or as it is when `patience` is over.
    async fn decided(&self, receipt: Receipt, patience: Duration) -> Result<Receipt> {
        let identity = &self.project.manifest.integration;
        let name = VersionedName { name: identity.name.clone(), version: identity.version.clone() };
        let followed = lifecycle::decided(&self.session.client, &name, patience, &self.context.output).await;
        let now = followed.map_err(|error| {
            error.hint(format!("it was sent, and its receipt is kept; ask with `proveniq status {name} --wait`"))
        })?;
        let receipt = publish::renewed(receipt, now);
        self.keep(&receipt)?;
        Ok(receipt)
    }
}
