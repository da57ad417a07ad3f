//! `Package + Envelope -> Verification`: what is said of a package is held against its bytes.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::pack::ZSTD_MAGIC;
use super::trusted_key::{Speaker, TrustedKey};
use crate::adapters::files;
use crate::certification::attestation::{
    CERTIFICATION, COUNTERSIGNATURE, Claimed, Countersignature, Difference, Endorsed, Envelope, LARGEST_ENVELOPE,
    Opened, Predicate, Refused, RestsOn, Statement, Subject, claimed, repeat, yet_to_come,
};
use crate::certification::{CheckVerdict, Evidence, Exceptions, Tier};
use crate::error::{Error, Explain as _, Result};
use crate::manifest::{IntegrationName, Manifest};
use crate::package::{Archive, Contents, Limits, Refusal, Source, decompress};
use crate::publication::VersionedName;
use crate::wire::{RECEIPT_SCHEMA, Receipt, Version};

/// A package that was read.
pub struct ReadPackage {
    archive: Archive<File>,
    manifest: Manifest,
    /// SHA-256 of the uncompressed archive, hex.
    pub digest: String,
}

/// What became of a package that is not refused outright.
pub enum PackageRead {
    /// It is one.
    Good(Box<ReadPackage>),
    /// It begins as one and is none.
    Damaged(String),
}

/// What was found.
#[derive(Debug, Default, Serialize)]
pub struct Verification {
    /// What was looked at, in this order; the first that does not hold ends it.
    pub steps: Vec<Step>,
    /// Who said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
    /// The tier that is shown by the verdicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// The tier that awaits a reviewer's approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier_claimed: Option<Tier>,
    /// The commit that the package was made of, by its publisher's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What each verdict rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Endorsed>,
    /// When the marketplace took it, where that is what says so.
    #[serde(skip)]
    pub time: Option<Timestamp>,
}

/// Something that was looked at.
#[derive(Debug, Serialize)]
pub struct Step {
    /// What it is: `package`, `signature`, `statement`, `subject`, `time`, `rules`, `tier`, `checks`, `receipt` or `entry`.
    pub step: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// What was seen.
    pub detail: String,
}

/// What a file says of a package.
pub struct Said {
    /// The envelope.
    pub envelope: Envelope,
    /// The receipt that it was in.
    receipt: Option<Receipt>,
}

/// Reads an envelope from a file, or the one in a receipt; what is neither is bad input.
pub fn read_said(path: &Path) -> Result<Said> {
    let bytes = read_bytes(path)?;
    let receipt = serde_json::from_slice::<Receipt>(&bytes).ok().filter(|receipt| receipt.schema == RECEIPT_SCHEMA);
    match receipt.as_ref().and_then(|receipt| receipt.countersignature.clone()) {
        Some(envelope) => Ok(Said { envelope: with_one_signature(path, Ok(envelope))?, receipt }),
        None => Ok(Said { envelope: with_one_signature(path, Envelope::parse(&bytes))?, receipt: None }),
    }
}

/// Reads an envelope from a file; what is none is bad input.
pub fn read_envelope(path: &Path) -> Result<Envelope> {
    with_one_signature(path, Envelope::parse(&read_bytes(path)?))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let failed = || format!("cannot read {}", path.display());
    let mut bytes = Vec::new();
    let file = files::open_plain(path)?;
    file.take(LARGEST_ENVELOPE as u64 + 1).read_to_end(&mut bytes).or_usage(failed)?;
    Ok(bytes)
}

fn with_one_signature(path: &Path, parsed: std::result::Result<Envelope, Refused>) -> Result<Envelope> {
    let envelope = parsed.map_err(|why| refuse(path, &why))?;
    envelope.signed_by().map_err(|why| refuse(path, &why))?;
    Ok(envelope)
}

fn refuse(path: &Path, why: &Refused) -> Error {
    Error::usage(format!("{} cannot be used: {why}", path.display()))
        .hint("an attestation is what `proveniq certify --attest FILE` writes, a receipt what `proveniq publish` keeps")
}

/// Reads a package from a file; what does not even begin as one is bad input.
pub fn read_package(path: &Path, scratch: &Path) -> Result<PackageRead> {
    let failed = || format!("cannot read {}", path.display());
    let mut start = [0; ZSTD_MAGIC.len()];
    let begins = files::open_plain(path)?.read_exact(&mut start).is_ok() && start == ZSTD_MAGIC;
    if !begins {
        return Err(
            Error::usage(format!("{} is no package", path.display())).hint("a package is what `proveniq pack` writes")
        );
    }
    let unpacked = tempfile::tempfile_in(scratch).or_usage(|| "cannot unpack the package".into())?;
    let source = files::open_plain(path)?;
    let size = source.metadata().or_usage(failed)?.len();
    let read = decompress(BufReader::new(source), size, &unpacked, Limits::default()).and_then(|(digest, _)| {
        let contents = Contents::read(unpacked, Limits::default())?;
        contents.hold_to_root()?;
        Ok(ReadPackage { archive: contents.archive, manifest: contents.manifest, digest })
    });
    match read {
        Ok(package) => Ok(PackageRead::Good(Box::new(package))),
        Err(Refusal::Io(cause)) => Err(cause).or_usage(failed),
        Err(refusal) => Ok(PackageRead::Damaged(refusal.to_string())),
    }
}

impl ReadPackage {
    /// publisher/name.
    pub fn name(&self) -> &IntegrationName {
        &self.manifest.integration.name
    }

    /// Version.
    pub fn version(&self) -> String {
        self.manifest.integration.version.to_string()
    }

    /// publisher/name@version.
    pub fn versioned_name(&self) -> VersionedName {
        let identity = &self.manifest.integration;
        VersionedName { name: identity.name.clone(), version: identity.version.clone() }
    }
}

impl Verification {
    /// Whether everything holds that was looked at.
    pub fn holds(&self) -> bool {
        self.steps.iter().all(|step| step.holds)
    }

    /// Holds what a receipt says beside its countersignature against what is signed.
    pub fn hold_receipt(&mut self, said: &Said, package: &ReadPackage) {
        if let Some(receipt) = &said.receipt {
            self.hold_entry("receipt", &receipt.id, &receipt.version, package);
        }
    }

    /// Holds what is told of a version against what the marketplace signed of it.
    pub fn hold_entry(&mut self, step: &'static str, id: &str, version: &Version, package: &ReadPackage) {
        if !self.holds() {
            return;
        }
        let told = (&version.name, &version.version, &version.digest, Some(version.tier), version.tier_claimed);
        let signed = (package.name(), &package.version(), &package.digest, self.tier, self.tier_claimed);
        let holds = told == signed;
        let detail = if holds { "it says what is signed in it" } else { "it says something else than is signed in it" };
        self.add(step, holds, format!("{id}: {detail}"));
    }

    /// What ended early.
    pub fn refused(step: &'static str, detail: impl Into<String>) -> Self {
        let mut verification = Verification::default();
        verification.add(step, false, detail);
        verification
    }

    fn add(&mut self, step: &'static str, holds: bool, detail: impl Into<String>) {
        self.steps.push(Step { step, holds, detail: detail.into() });
    }
}

/// Holds an envelope against a package. `key` is the one that it must be signed with, where one is known.
pub fn verify(package: &ReadPackage, envelope: &Envelope, key: Option<&TrustedKey>, now: Timestamp) -> Verification {
    let speaker = key.and_then(|key| key.speaker);
    held(package, envelope, key, None, |seen, opened| match (opened.predicate_type().as_deref(), speaker) {
        (Some(COUNTERSIGNATURE), Some(Speaker::Publisher)) => {
            seen.add("statement", false, "it is a countersignature, which a publisher's key cannot give");
        }
        (Some(COUNTERSIGNATURE), _) => countersigned(seen, package, opened, now),
        (Some(CERTIFICATION), Some(Speaker::Marketplace)) => {
            seen.add("statement", false, "it is a publisher's attestation, and the key is a marketplace's");
        }
        _ => attested(seen, package, opened, now),
    })
}

/// The same of what a marketplace says; whatever else is said of the package is refused.
pub fn countersignature(
    package: &ReadPackage,
    envelope: &Envelope,
    key: Option<&TrustedKey>,
    now: Timestamp,
) -> Verification {
    held(package, envelope, key, None, |seen, opened| match key.and_then(|key| key.speaker) {
        Some(Speaker::Publisher) => {
            seen.add("signature", false, "it is a publisher's, where a marketplace's countersignature is due");
        }
        _ => countersigned(seen, package, opened, now),
    })
}

/// The same of what a publisher claims; whatever else is said of the package is refused. `witnessed` is when a marketplace
/// saw that the key was good: one that was revoked after that signed it while it was.
pub fn claim(
    package: &ReadPackage,
    envelope: &Envelope,
    key: Option<&TrustedKey>,
    witnessed: Option<Timestamp>,
    now: Timestamp,
) -> Verification {
    held(package, envelope, key, witnessed, |seen, opened| attested(seen, package, opened, now))
}

fn held(
    package: &ReadPackage,
    envelope: &Envelope,
    key: Option<&TrustedKey>,
    witnessed: Option<Timestamp>,
    read: impl FnOnce(&mut Verification, &Opened),
) -> Verification {
    let mut seen = Verification::default();
    seen.add("package", true, format!("{} {}, sha256:{}", package.name(), package.version(), package.digest));
    let opened = match opened(envelope, key, witnessed) {
        Ok(opened) => opened,
        Err(why) => {
            seen.add("signature", false, why);
            return seen;
        }
    };
    seen.said_by = key.map(|key| key.of.clone());
    seen.add("signature", true, key.map_or_else(String::new, |key| format!("of {}", key.of)));
    read(&mut seen, &opened);
    seen
}

fn opened(
    envelope: &Envelope,
    key: Option<&TrustedKey>,
    witnessed: Option<Timestamp>,
) -> std::result::Result<Opened, String> {
    let signed_by = || envelope.signed_by().map_or_else(|why| why.to_string(), ToString::to_string);
    let key = key.ok_or_else(|| format!("it is signed by {}, which is no key that is known here", signed_by()))?;
    match key.revoked_at.filter(|revoked| witnessed.is_none_or(|witnessed| witnessed >= *revoked)) {
        Some(revoked) => {
            let on = revoked.strftime("%Y-%m-%d %H:%M UTC");
            Err(format!("it is signed with {}, and it was revoked on {on}", key.of))
        }
        None => envelope.open(&key.key).map_err(|why| why.to_string()),
    }
}

/// What a publisher says: complete, by known rules, true of its own verdicts, and of what the bytes show.
fn attested(seen: &mut Verification, package: &ReadPackage, opened: &Opened, now: Timestamp) {
    let Some(statement) = read::<Predicate>(seen, package, opened, CERTIFICATION) else { return };
    if !timely(seen, statement.predicate.time, now) {
        return;
    }
    let claim = match claimed(&statement.predicate) {
        Ok(claim) => claim,
        Err(differences) => return seen.add("rules", false, listed(&differences)),
    };
    seen.add("rules", true, format!("{}, which are known here", claim.rules.version));
    let unmet = claim.unmet();
    if !unmet.is_empty() {
        return seen.add("tier", false, listed(&unmet));
    }
    seen.add("tier", true, format!("{} by {} verdicts", claim.tier, claim.verdicts.len()));
    seen.tier = Some(claim.tier);
    seen.source.clone_from(&statement.predicate.source);
    repeated(seen, package, &claim, statement.predicate.time);
}

/// What a marketplace says: the tier that it granted, shown by the verdicts that it lists.
fn countersigned(seen: &mut Verification, package: &ReadPackage, opened: &Opened, now: Timestamp) {
    let Some(statement) = read::<Countersignature>(seen, package, opened, COUNTERSIGNATURE) else { return };
    let said = statement.predicate;
    if !timely(seen, said.approved_at.map_or(said.time, |approved| approved.max(said.time)), now) {
        return;
    }
    let verdict = |check: &Endorsed| CheckVerdict { id: check.id.clone(), verdict: check.verdict };
    let checked_for = said.tier_claimed.unwrap_or(said.tier);
    let claim = Claimed::new(&said.rule_set.version, checked_for, said.checks.iter().map(verdict).collect());
    let left_out = said.checks.iter().map(|check| (check.id.clone(), check.left_out)).collect();
    let claim = match claim.and_then(|claim| claim.without(left_out)) {
        Ok(claim) if claim.rules.digest() == said.rule_set.digest => claim,
        Ok(claim) => {
            return seen.add("rules", false, format!("rules {} have another digest here", claim.rules.version));
        }
        Err(differences) => return seen.add("rules", false, listed(&differences)),
    };
    seen.add("rules", true, format!("{}, which are known here", claim.rules.version));
    let unmet = claim.unmet();
    if !unmet.is_empty() {
        return seen.add("tier", false, listed(&unmet));
    }
    seen.add("tier", true, format!("{} was granted", said.tier));
    seen.time = Some(said.time);
    (seen.tier, seen.tier_claimed) = (Some(said.tier), said.tier_claimed);
    repeated(seen, package, &claim, said.time);
}

fn read<P: Serialize + serde::de::DeserializeOwned>(
    seen: &mut Verification,
    package: &ReadPackage,
    opened: &Opened,
    predicate_type: &str,
) -> Option<Statement<P>> {
    let statement = match Statement::<P>::read(opened, predicate_type) {
        Ok(statement) => statement,
        Err(why) => {
            seen.add("statement", false, why.to_string());
            return None;
        }
    };
    seen.add("statement", true, predicate_type);
    let expected = Subject::package(package.name(), &package.version(), &package.digest);
    if let Some(difference) = statement.subject().differs_from(&expected) {
        seen.add("subject", false, difference);
        return None;
    }
    seen.add("subject", true, "it speaks of this package");
    Some(statement)
}

/// Looks whether it is of a time that has come.
fn timely(seen: &mut Verification, time: Timestamp, now: Timestamp) -> bool {
    let early = yet_to_come(time, now);
    let holds = early.is_none();
    seen.add("time", holds, early.unwrap_or_else(|| format!("it is of {time}")));
    holds
}

/// Repeats on the package what can be repeated, with the suppressions that held when it was signed.
fn repeated(seen: &mut Verification, package: &ReadPackage, claim: &Claimed, signed: Timestamp) {
    let exceptions = match Exceptions::of_package(&package.archive, signed) {
        Ok(exceptions) => exceptions,
        Err(problems) => {
            let texts: Vec<_> = problems.iter().map(ToString::to_string).collect();
            return seen.add("checks", false, texts.join("; "));
        }
    };
    let evidence = Evidence { exceptions, ..Evidence::default() };
    let repeated = repeat(claim, &package.manifest, &package.archive, &evidence);
    if !repeated.differences.is_empty() {
        return seen.add("checks", false, listed(&repeated.differences));
    }
    let count = |ground: RestsOn| repeated.checks.iter().filter(|check| check.rests_on == ground).count();
    let (here, claimed) = (count(RestsOn::Package), count(RestsOn::Publisher));
    let left_out = repeated.checks.iter().filter(|check| check.left_out.total() > 0);
    let left_out: Vec<_> = left_out.map(|check| format!("{} {}", check.id, check.left_out.total())).collect();
    let left_out =
        if left_out.is_empty() { String::new() } else { format!("; findings left out: {}", left_out.join(", ")) };
    let detail = format!("{here} repeated on the package, {claimed} rest on the publisher's word{left_out}");
    seen.add("checks", true, detail);
    seen.checks = repeated.checks;
}

fn listed(differences: &[Difference]) -> String {
    let texts: Vec<_> = differences.iter().map(|one| format!("{}: {}", one.check, one.message)).collect();
    texts.join("; ")
}
