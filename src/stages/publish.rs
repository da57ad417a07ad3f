//! `PublishPlan -> Receipt`: compares with what is published, sends, commits, and keeps the receipt.

use std::path::{Path, PathBuf};

use super::pack::Package;
use crate::adapters::files::{self, Access};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::project::Project;
use crate::certification::Certification;
use crate::certification::attestation::{COUNTERSIGNATURE, Countersignature, Envelope, Refused, Statement, Subject};
use crate::credential::PublicKey;
use crate::error::{Error, Explain, Result};
use crate::manifest::IntegrationName;
use crate::publication::{Plan, Step};
use crate::ui::Output;
use crate::wire::{Claim, CommitUpload, MarketplaceKey, OpenUpload, Receipt, SignedVersion, Version};

/// Largest receipt that is read, in bytes.
const LARGEST_RECEIPT: u64 = 8 << 20;

/// Asks the marketplace what publishing would come to. Changes nothing.
pub async fn plan(client: &MarketplaceClient, project: &Project, package: &Package) -> Result<Plan> {
    let identity = &project.manifest.integration;
    let existing = client.find_version(&identity.name, &identity.version.to_string()).await?;
    let latest = client.find_package(&identity.name).await?.map(|package| package.summary.latest);
    Ok(Plan::new(&package.built, existing.as_ref(), latest))
}

/// What the publisher claims: an attestation where there is one, else the bare verdicts.
pub fn claim(certification: &Certification, attestation: Option<Envelope>) -> CommitUpload {
    let bare = || Claim {
        rule_set: certification.rule_set.to_owned(),
        tier: certification.tier,
        checks: certification.verdicts(),
    };
    CommitUpload { certification: attestation.is_none().then(bare), attestation }
}

/// What the marketplace signed of a version; an error where that does not hold, or is of something else. `None`
/// where it signed nothing.
pub fn countersigned(
    version: &Version,
    envelope: Option<&Envelope>,
    key: &MarketplaceKey,
) -> Result<Option<Countersignature>> {
    let Some(envelope) = envelope else { return Ok(None) };
    let opened = PublicKey::from_pem(&key.public_key)
        .map_err(|why| Refused::Form(format!("its key cannot be used: {why}")))
        .and_then(|key| envelope.open(&key));
    let read = opened.and_then(|opened| Statement::<Countersignature>::read(&opened, COUNTERSIGNATURE));
    let wrong = |why: String| {
        Error::unreachable(format!("the marketplace's countersignature does not hold: {why}"))
            .hint(format!("{} {} is published all the same", version.name, version.version))
    };
    let statement = read.map_err(|why| wrong(why.to_string()))?;
    let expected = Subject::package(&version.name, &version.version, &version.digest);
    match statement.subject().differs_from(&expected) {
        Some(difference) => Err(wrong(difference)),
        None => Ok(Some(statement.predicate)),
    }
}

/// Sends what the plan says is to be sent, and commits it. A plan that ends in a conflict is an error.
pub async fn send(
    client: &MarketplaceClient,
    project: &Project,
    package: &mut Package,
    plan: &Plan,
    claim: &CommitUpload,
    output: &Output,
) -> Result<Receipt> {
    let identity = &project.manifest.integration;
    if let Step::Conflict { published_digest } = &plan.next {
        return Err(Error::conflict(format!("{} {} is published with other content", identity.name, identity.version))
            .hint(format!("published is {published_digest}, here is {}", package.built.digest))
            .hint("versions are never reused: raise integration.version in proveniq.toml"));
    }
    let announced = OpenUpload {
        name: identity.name.clone(),
        version: identity.version.to_string(),
        digest: package.built.digest.clone(),
        blob_digest: package.built.blob_digest.clone(),
        size: package.built.size,
    };
    let bar = output.progress("Uploading", package.built.size);
    let upload = client.upload(&announced, package.file.as_file_mut(), |bytes| bar.set(bytes)).await?;
    drop(bar);
    let receipt = client.commit(&upload.id, claim).await?;
    if receipt.version.digest == package.built.digest {
        return Ok(receipt);
    }
    Err(Error::unreachable("the marketplace published something else than what was sent")
        .hint(format!("sent was {}, the receipt speaks of {}", package.built.digest, receipt.version.digest)))
}

/// A receipt of what became of its version since: where that stands now, and what was signed of it.
pub fn renewed(receipt: Receipt, now: SignedVersion) -> Receipt {
    Receipt { version: now.version, countersignature: now.countersignature, ..receipt }
}

/// Keeps a receipt below `folder`, by marketplace and version; returns its path. One that says the same stays as it is.
pub fn keep_receipt(folder: &Path, client: &MarketplaceClient, receipt: &Receipt) -> Result<PathBuf> {
    let version = &receipt.version;
    let path = receipt_path(folder, client, &version.name, &version.version);
    if kept(&path)?.is_some_and(|kept| kept.version == *version && kept.countersignature == receipt.countersignature) {
        return Ok(path);
    }
    let text = serde_json::to_string_pretty(receipt).or_bug(|| "cannot serialise the receipt".into())?;
    files::write_atomically(&path, text.as_bytes(), Access::Shared).map_err(|error| {
        error.hint(format!("{} {} is published: only its receipt is missing here", version.name, version.version))
    })?;
    Ok(path)
}

/// Where the receipt of a version is kept.
pub fn receipt_path(folder: &Path, client: &MarketplaceClient, name: &IntegrationName, version: &str) -> PathBuf {
    folder.join(client.host()).join(name.publisher()).join(name.name()).join(format!("{version}.json"))
}

/// The receipt that is there; one that cannot be read is written anew.
fn kept(path: &Path) -> Result<Option<Receipt>> {
    let text = files::read_text(path, LARGEST_RECEIPT)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}
