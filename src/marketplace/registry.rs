//! Accepting a package: the bytes must be what was announced, the archive canonical, the manifest inside the announced
//! one, and every static check must hold here too.

use std::fs::File;
use std::io::BufReader;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::state::Inner;
use super::storage::{StorageError, StoredUpload};
use crate::certification::{
    Certification, Evidence, Exceptions, Finding, Kind, RuleSet, Subject, Suppressions, Tier, certify,
};
use crate::manifest::{self, FILE_NAME, Manifest, PackageRules};
use crate::package::{Archive, Digesting, Refusal, Selection, SourceTree, decompress, root_folder};
use crate::toml_reader;
use crate::verdict::Verdict;
use crate::wire::{Claim, OpenUpload, Rejection};

/// A package that may be published.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) manifest: Manifest,
    pub(super) certification: Certification,
}

/// Why a package is not accepted.
#[derive(Debug)]
pub(super) enum Refused {
    /// The bytes are not those that were announced.
    Digest(String),
    /// The package was checked and does not hold.
    Rejected(Vec<Rejection>),
    /// It could not be checked.
    Storage(StorageError),
}

impl From<std::io::Error> for Refused {
    fn from(cause: std::io::Error) -> Self {
        Refused::Storage(cause.into())
    }
}

/// Checks a whole upload. Blocking: it reads, decompresses and scans.
pub(super) fn examine(inner: &Inner, upload: &StoredUpload, claim: &Claim) -> Result<Accepted, Refused> {
    let announced = &upload.announced;
    let unpacked = unpack(inner, upload)?;
    let archive = Archive::index(unpacked, inner.settings.limits).map_err(refusal)?;
    let manifest = manifest_inside(&archive, announced)?;
    refuse_forbidden(&archive)?;
    // Rules that are not carried here are disputed below; the current ones say what else there is to mend.
    let rules = RuleSet::find(&claim.rule_set).unwrap_or_else(RuleSet::current);
    let evidence = Evidence { exceptions: exceptions(&archive)?, ..Evidence::default() };
    let subject = Subject { tier: Tier::Listed, manifest: &manifest, tree: &archive, evidence: &evidence };
    let certification = certify(&subject, rules, &[Kind::Static]);
    let reasons = [failed_checks(&certification), disputed_claims(claim, rules, &certification)].concat();
    if reasons.is_empty() { Ok(Accepted { manifest, certification }) } else { Err(Refused::Rejected(reasons)) }
}

/// What the package itself says is to be left out.
fn exceptions(archive: &Archive<File>) -> Result<Exceptions, Refused> {
    let suppressions = Suppressions::of(archive).map_err(|problems| {
        let reasons =
            problems.iter().map(|problem| Rejection { check: "suppressions".into(), message: problem.to_string() });
        Refused::Rejected(reasons.collect())
    })?;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    Ok(Exceptions { suppressions, baseline: None, today: Some(today) })
}

/// Decompresses into a file without a name, and compares both digests with what was announced.
fn unpack(inner: &Inner, upload: &StoredUpload) -> Result<File, Refused> {
    let announced = &upload.announced;
    let path = inner.storage.blobs.upload_path(&upload.id);
    let mut blob = Digesting::new(std::io::sink());
    std::io::copy(&mut File::open(&path)?, &mut blob)?;
    let (_, blob_digest, _) = blob.finish();
    if blob_digest != announced.blob_digest {
        return Err(Refused::Digest(format!(
            "the SHA-256 of the bytes is {blob_digest}, not {}",
            announced.blob_digest
        )));
    }
    let unpacked = tempfile::tempfile_in(inner.storage.blobs.scratch())?;
    let (digest, _) =
        decompress(BufReader::new(File::open(&path)?), &unpacked, inner.settings.limits).map_err(refusal)?;
    if digest != announced.digest {
        return Err(Refused::Digest(format!("the SHA-256 of the archive is {digest}, not {}", announced.digest)));
    }
    Ok(unpacked)
}

fn refusal(refusal: Refusal) -> Refused {
    match refusal {
        Refusal::Io(cause) => Refused::Storage(cause.into()),
        refusal => Refused::Rejected(vec![Rejection { check: "package".into(), message: refusal.to_string() }]),
    }
}

fn manifest_inside(archive: &Archive<File>, announced: &OpenUpload) -> Result<Manifest, Refused> {
    let rejected = |message: String| Refused::Rejected(vec![Rejection { check: "package".into(), message }]);
    let bytes = archive
        .read(FILE_NAME, toml_reader::MAX_BYTES as u64)
        .map_err(|cause| rejected(format!("{FILE_NAME} cannot be read from the package: {cause}")))?;
    let text = String::from_utf8(bytes).map_err(|_| rejected(format!("{FILE_NAME} is not UTF-8")))?;
    let manifest = manifest::parse(FILE_NAME, &text).map_err(|problems| {
        let reasons =
            problems.iter().map(|problem| Rejection { check: "manifest".into(), message: problem.to_string() });
        Refused::Rejected(reasons.collect())
    })?;
    let identity = &manifest.integration;
    if identity.name != announced.name || identity.version.to_string() != announced.version {
        let inside = format!("{} {}", identity.name, identity.version);
        return Err(rejected(format!(
            "the manifest inside is of {inside}, announced was {} {}",
            announced.name, announced.version
        )));
    }
    let root = root_folder(&identity.name, &identity.version);
    if archive.root() != root {
        return Err(rejected(format!("the root folder is {:?} where {root:?} is due", archive.root())));
    }
    Ok(manifest)
}

/// What a packer leaves out by itself must not come in by hand either.
fn refuse_forbidden(archive: &Archive<File>) -> Result<(), Refused> {
    let selection =
        Selection::new(&PackageRules::default()).map_err(|why| Refused::Storage(StorageError::Damaged(why)))?;
    let forbidden = archive.files().iter().filter(|file| selection.forbids(&file.path));
    let reasons: Vec<_> = forbidden
        .map(|file| Rejection {
            check: "package".into(),
            message: format!("{} does not belong into a package", file.path),
        })
        .collect();
    if reasons.is_empty() { Ok(()) } else { Err(Refused::Rejected(reasons)) }
}

fn failed_checks(certification: &Certification) -> Vec<Rejection> {
    let failed =
        certification.checks.iter().filter(|check| matches!(check.verdict, Verdict::Fail | Verdict::Inconclusive));
    let reasons = failed.flat_map(|check| {
        let places: Vec<String> = match check.findings.as_slice() {
            [] => vec![check.summary.clone()],
            findings => findings.iter().filter(|finding| finding.counts()).map(Finding::placed).collect(),
        };
        places.into_iter().map(|message| Rejection { check: check.id.to_owned(), message })
    });
    reasons.collect()
}

/// What the publisher claims must fit what was seen here: the rules, the tier, each verdict on both sides.
fn disputed_claims(claim: &Claim, rules: &RuleSet, seen: &Certification) -> Vec<Rejection> {
    let mut reasons = Vec::new();
    let mut dispute = |check: &str, message: String| reasons.push(Rejection { check: check.to_owned(), message });
    if claim.rule_set != rules.version {
        let used = rules.version;
        dispute("rule-set", format!("the claim rests on rules {}, this marketplace uses {used}", claim.rule_set));
    }
    if claim.tier != Tier::Listed {
        dispute("tier", format!("this marketplace cannot grant {} yet; publish as listed", claim.tier));
    }
    for check in rules.checks.iter().filter(|check| check.tier == Tier::Listed) {
        let claimed = claim.checks.iter().find(|claimed| claimed.id == check.id).map(|claimed| claimed.verdict);
        let here = seen.checks.iter().find(|report| report.id == check.id).map(|report| report.verdict);
        match (claimed, here) {
            (None, _) => dispute(check.id, "the claim does not speak of it".into()),
            (Some(claimed), Some(here)) if claimed != here => {
                dispute(check.id, format!("claimed {claimed}, found {here}"));
            }
            (Some(Verdict::Pass | Verdict::Warn | Verdict::NotApplicable), _) => {}
            (Some(claimed), _) => dispute(check.id, format!("claimed {claimed}, and listed needs a pass")),
        }
    }
    reasons
}
