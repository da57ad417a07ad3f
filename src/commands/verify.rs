//! `verify`: package, envelope, key, verification.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::certification::attestation::RestsOn;
use crate::cli::VerifyArgs;
use crate::context::Context;
use crate::error::{Error, Explain as _, Kind, Result};
use crate::publication::VersionedName;
use crate::stages::session::{self, Purpose};
use crate::stages::verify::{self, PackageRead, ReadPackage, Verification};
use crate::stages::{lifecycle, pack, publish, release, trusted_key};
use crate::ui::{Page, Render, Table, Tone};

/// Whether what is said of a package holds.
#[derive(Serialize)]
pub(super) struct Verified {
    verified: bool,
    #[serde(flatten)]
    verification: Verification,
    /// What its publisher says of it, where the rest is what the marketplace says.
    #[serde(skip_serializing_if = "Option::is_none")]
    attested: Option<Verification>,
}

/// Verifies what is said of a package: in the file that is named, in the receipt that was kept, or by the marketplace.
pub(super) async fn run(context: &Context, args: VerifyArgs) -> Result<Verified> {
    let path = context.cwd.join(&args.package);
    let published = args.package.to_str().and_then(|text| text.parse::<VersionedName>().ok());
    if let Some(name) = published.filter(|_| args.attestation.is_none() && !path.exists()) {
        return of_version(context, &name, args.out.as_deref()).await;
    }
    if args.out.is_some() {
        return Err(Error::usage("--out leaves what is fetched, and a file was named")
            .hint("name a published version as publisher/name@1.0.0"));
    }
    let package = match verify::read_package(&path, &context.dirs.temporary)? {
        PackageRead::Good(package) => package,
        PackageRead::Damaged(why) => return Ok(Verified::of(Verification::refused("package", why))),
    };
    let said = match args.attestation {
        Some(file) => Some(context.cwd.join(file)),
        None => kept_receipt(context, &package)?,
    };
    match said {
        Some(said) => of_file(context, &package, &said, args.key.as_deref()).await,
        None => of_package(context, &package).await,
    }
}

/// By what a file says of it.
async fn of_file(context: &Context, package: &ReadPackage, said: &Path, key: Option<&Path>) -> Result<Verified> {
    let said = verify::read_said(said)?;
    let named = key.map(|path| trusted_key::named(&context.cwd.join(path))).transpose()?;
    let key = match (named, said.envelope.signed_by()) {
        (None, Ok(id)) => trusted_key::find(context, package.name().publisher(), id).await?,
        (named, _) => named,
    };
    let mut verification = verify::verify(package, &said.envelope, key.as_ref(), context.clock.now());
    verification.hold_receipt(&said, package);
    Ok(Verified::of(verification))
}

/// The receipt that `publish` kept of it.
fn kept_receipt(context: &Context, package: &ReadPackage) -> Result<Option<PathBuf>> {
    let client = session::open(context, Purpose::Public)
        .map_err(|error| error.hint("or name what is said of it with --attestation FILE"))?
        .client;
    let path = publish::receipt_path(&context.dirs.receipts(), &client, package.name(), &package.version());
    Ok(path.exists().then_some(path))
}

/// A package of this machine, by what the marketplace tells of its version.
async fn of_package(context: &Context, package: &ReadPackage) -> Result<Verified> {
    let client = session::open(context, Purpose::Reading)?.client;
    let signed = lifecycle::find(&client, &package.versioned_name()).await?;
    Ok(release::of_package(context, &signed, package).await?.into())
}

/// A published version: its package is fetched, and left in `out` where it verifies.
async fn of_version(context: &Context, name: &VersionedName, out: Option<&Path>) -> Result<Verified> {
    let out = out.map(|out| context.cwd.join(out));
    out.as_deref().map_or(Ok(()), pack::refuse_to_overwrite)?;
    let client = session::open(context, Purpose::Reading)?.client;
    let signed = lifecycle::find(&client, name).await?;
    let folder = out.as_deref().and_then(Path::parent).unwrap_or(&context.dirs.temporary);
    let release = release::fetch(context, &client, signed, folder).await?;
    let verified = Verified::from(release::verify(context, &release).await?);
    if let Some(out) = out.filter(|_| verified.verified) {
        let failed = || format!("cannot write {}", out.display());
        release.file.persist(&out).map_err(|failure| failure.error).or_usage(failed)?;
    }
    Ok(verified)
}

impl From<release::Verified> for Verified {
    fn from(seen: release::Verified) -> Self {
        Verified { verified: seen.holds(), verification: seen.granted, attested: seen.attested }
    }
}

impl Verified {
    fn of(verification: Verification) -> Self {
        Verified { verified: verification.holds(), verification, attested: None }
    }

    /// What the tier rests on, in words.
    fn ground(&self) -> Option<String> {
        let seen = &self.verification;
        let tier = seen.tier.filter(|_| self.verified)?;
        let on_word = seen.checks.iter().filter(|check| check.rests_on == RestsOn::Publisher);
        let ids: Vec<_> = on_word.map(|check| check.id.as_str()).collect();
        let word = if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") };
        let review =
            seen.tier_claimed.map(|claimed| format!("; {claimed} is claimed and awaits a reviewer's approval"));
        Some(format!("{tier}{}; on its publisher's word alone: {word}", review.unwrap_or_default()))
    }
}

impl Render for Verified {
    fn schema(&self) -> &'static str {
        "proveniq.verify/1"
    }

    fn human(&self, page: &mut Page) {
        if let Some(attested) = &self.attested {
            page.toned(Tone::Strong, "What its publisher says").block(&steps_table(attested)).gap();
            page.toned(Tone::Strong, "What the marketplace says");
        }
        page.block(&steps_table(&self.verification)).gap();
        match self.ground() {
            Some(ground) => page.toned(Tone::Good, format!("verified: {ground}")),
            None => page.toned(Tone::Bad, "not verified"),
        };
        let attested = self.attested.as_ref().unwrap_or(&self.verification);
        if let Some(source) = attested.source.as_ref().filter(|_| self.verified) {
            let of = source.remote.as_ref().map(|remote| format!(" of {remote}")).unwrap_or_default();
            let dirty = if source.dirty { ", with changes" } else { "" };
            page.line(format!("made of commit {}{of}{dirty}, by its publisher's word", source.commit));
        }
    }

    fn verdict(&self) -> Option<Kind> {
        (!self.verified).then_some(Kind::Negative)
    }
}

/// What was looked at, a line for each.
pub(super) fn steps_table(verification: &Verification) -> String {
    let mut table = Table::bare();
    for step in &verification.steps {
        let (tone, word) = if step.holds { (Tone::Good, "holds") } else { (Tone::Bad, "FAILS") };
        table.row([(tone, word.into()), (Tone::Strong, step.step.into()), (Tone::Plain, step.detail.clone())]);
    }
    table.render()
}
