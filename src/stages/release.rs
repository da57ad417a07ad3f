//! `NAME@VERSION -> Release -> Verified`: what a marketplace gives of a version is held against what was signed of it.

use std::path::Path;

use serde::Serialize;
use tempfile::NamedTempFile;

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::context::Context;
use crate::error::{Explain as _, Result};
use crate::wire::SignedVersion;

use super::trusted_key;
use super::verify::{self, PackageRead, ReadPackage, Verification};

/// A version with its package.
pub struct Release {
    /// The version, with what was signed of it.
    pub signed: SignedVersion,
    /// The package, whose bytes have the digest that the version tells.
    pub file: NamedTempFile,
}

/// What holds of a release.
#[derive(Debug, Serialize)]
pub struct Verified {
    /// What the marketplace says of it.
    pub granted: Verification,
    /// What its publisher says of it, where there is an attestation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attested: Option<Verification>,
}

impl Verified {
    /// Whether all of it holds.
    pub fn holds(&self) -> bool {
        self.granted.holds() && self.attested.as_ref().is_none_or(Verification::holds)
    }

    /// The first thing that does not hold: what it is, and why.
    pub fn failure(&self) -> Option<String> {
        let of = |who: &str, verification: &Verification| {
            let step = verification.steps.iter().find(|step| !step.holds)?;
            Some(format!("{who}: {}: {}", step.step, step.detail))
        };
        let attested = || of("what its publisher says", self.attested.as_ref()?);
        of("what the marketplace says", &self.granted).or_else(attested)
    }
}

/// Fetches the package of a version, into a file in `folder` that has no name to speak of.
pub async fn fetch(
    context: &Context,
    client: &MarketplaceClient,
    signed: SignedVersion,
    folder: &Path,
) -> Result<Release> {
    let failed = || format!("cannot write the package to a file in {}", folder.display());
    let mut file = NamedTempFile::new_in(folder).or_usage(failed)?;
    let bar = context.output.progress("Downloading", signed.version.size);
    client.download(&signed.version, file.as_file_mut(), |bytes| bar.set(bytes)).await?;
    Ok(Release { signed, file })
}

/// Holds a release against both envelopes, and what is told of it against what the marketplace signed.
pub async fn verify(context: &Context, release: &Release) -> Result<Verified> {
    match verify::read_package(release.file.path(), &context.dirs.temporary)? {
        PackageRead::Good(package) => of_package(context, &release.signed, &package).await,
        PackageRead::Damaged(why) => Ok(Verified { granted: Verification::refused("package", why), attested: None }),
    }
}

/// Holds a package against what a marketplace tells of its version.
pub async fn of_package(context: &Context, signed: &SignedVersion, package: &ReadPackage) -> Result<Verified> {
    let publisher = package.name().publisher();
    let now = context.clock.now();
    let key_of = async |envelope: &crate::certification::attestation::Envelope| match envelope.signed_by() {
        Ok(id) => trusted_key::find(context, publisher, id).await,
        Err(_) => Ok(None),
    };
    let Some(envelope) = &signed.countersignature else {
        let why = "the marketplace has signed nothing of this version";
        return Ok(Verified { granted: Verification::refused("signature", why), attested: None });
    };
    let key = key_of(envelope).await?;
    let mut granted = verify::countersignature(package, envelope, key.as_ref(), now);
    granted.hold_entry("entry", "the catalogue", &signed.version, package);
    let attested = match &signed.attestation {
        Some(envelope) => {
            let key = key_of(envelope).await?;
            Some(verify::claim(package, envelope, key.as_ref(), granted.time, now))
        }
        None => None,
    };
    Ok(Verified { granted, attested })
}
