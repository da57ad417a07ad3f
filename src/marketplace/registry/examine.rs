//! Looks at the bytes of an upload, and repeats on them what its publisher claims.

use std::fs::File;
use std::io::BufReader;

use jiff::Timestamp;

use super::claim::{Submitted, rejections};
use crate::advisory::{self, Advisories, Wanted};
use crate::certification::attestation::{Endorsed, repeat};
use crate::certification::{
    Certification, CheckVerdict, Evidence, Exceptions, Finding, Gathered, Published, Rebuilt, Tier, predecessor,
};
use crate::manifest::{self, FILE_NAME, Manifest, PackageRules};
use crate::marketplace::state::Inner;
use crate::marketplace::storage::{StorageError, StoredUpload};
use crate::package::{Archive, Digesting, Refusal, Selection, SourceTree, decompress, root_folder, write};
use crate::toml_reader;
use crate::verdict::Verdict;
use crate::wire::{CommitUpload, OpenUpload, RegisteredSigningKey, Rejection};

/// A package that may be published.
#[derive(Debug)]
pub(in crate::marketplace) struct Accepted {
    pub(in crate::marketplace) manifest: Manifest,
    pub(in crate::marketplace) submitted: Submitted,
    /// The tier that is granted.
    pub(in crate::marketplace) tier: Tier,
    /// The static checks, as they were seen here.
    pub(in crate::marketplace) seen: Vec<CheckVerdict>,
    /// Each check, and what its verdict rests on.
    pub(in crate::marketplace) endorsed: Vec<Endorsed>,
}

impl Accepted {
    /// The tier that is claimed, where it awaits a reviewer's approval.
    pub(in crate::marketplace) fn tier_claimed(&self) -> Option<Tier> {
        let claimed = self.submitted.claimed.tier;
        (claimed != self.tier).then_some(claimed)
    }
}

/// What the checks go by that is not in the package.
pub(in crate::marketplace) struct Outside<'a> {
    /// The version before this one.
    pub(in crate::marketplace) published: Gathered<Published>,
    /// Looks packages up in advisories.
    pub(in crate::marketplace) look_up: &'a dyn Fn(Wanted) -> Gathered<Advisories>,
}

/// Why a package is not accepted.
#[derive(Debug)]
pub(in crate::marketplace) enum Refused {
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

/// Checks a whole upload. Blocking: it reads, decompresses and scans. `key` is the publisher's key that the envelope names,
/// where there is one.
pub(in crate::marketplace) fn examine(
    inner: &Inner,
    upload: &StoredUpload,
    request: &CommitUpload,
    key: Option<&RegisteredSigningKey>,
    outside: Outside<'_>,
    now: Timestamp,
) -> Result<Accepted, Refused> {
    let announced = &upload.announced;
    let submitted = Submitted::read(request, announced, key, now).map_err(Refused::Rejected)?;
    let unpacked = unpack(inner, upload)?;
    let archive = Archive::index(unpacked, inner.settings.limits).map_err(refusal)?;
    let manifest = manifest_inside(&archive, announced)?;
    refuse_forbidden(&archive)?;
    let (exceptions, rebuilt) = (exceptions(&archive, now)?, repacked(&archive)?);
    let advisories = (outside.look_up)(advisory::inventory(&archive).wanted());
    let evidence = Evidence { exceptions, rebuilt, published: outside.published, advisories, ..Evidence::default() };
    let repeated = repeat(&submitted.claimed, &manifest, &archive, &evidence);
    let reasons = [failed_checks(&repeated.seen), rejections(repeated.differences)].concat();
    if !reasons.is_empty() {
        return Err(Refused::Rejected(reasons));
    }
    // What a publisher alone says of a running integration is a claim: more than listed needs a reviewer's approval.
    let tier = Tier::Listed;
    let seen = repeated.seen.verdicts();
    Ok(Accepted { manifest, submitted, tier, seen, endorsed: repeated.checks })
}

/// What the package itself says is to be left out.
fn exceptions(archive: &Archive<File>, now: Timestamp) -> Result<Exceptions, Refused> {
    Exceptions::of_package(archive, now).map_err(|problems| {
        let reasons =
            problems.iter().map(|problem| Rejection { check: "suppressions".into(), message: problem.to_string() });
        Refused::Rejected(reasons.collect())
    })
}

/// The published version that an upload follows.
pub(in crate::marketplace) async fn published_before(
    inner: &Inner,
    upload: &StoredUpload,
) -> Result<Gathered<Published>, StorageError> {
    let announced = &upload.announced;
    let none = || Gathered::NotApplicable("no earlier version is published".to_owned());
    let Ok(version) = semver::Version::parse(&announced.version) else { return Ok(none()) };
    let Some(package) = inner.storage.find_package(&announced.name).await? else { return Ok(none()) };
    let versions = package.versions.iter().map(|version| version.version.as_str());
    let Some(before) = predecessor(&version, versions) else { return Ok(none()) };
    let manifest = inner.storage.manifest_of(&announced.name, Some(&before.to_string())).await?;
    Ok(manifest.map_or_else(none, |manifest| Gathered::Seen(Published { manifest })))
}

/// What is known of the packages that lockfiles name. Advisories that are not there, or cannot all be read, are no fault of
/// the publisher's: the check is not run here then.
pub(in crate::marketplace) async fn look_up(inner: &Inner, wanted: Wanted, now: Timestamp) -> Gathered<Advisories> {
    let none = || Gathered::NotRun("this marketplace keeps no advisories".to_owned());
    let Some(shelf) = &inner.settings.advisories else { return none() };
    if wanted.is_empty() {
        return Gathered::NotApplicable("no lockfile names a package".to_owned());
    }
    match shelf.find(wanted, now).await {
        Ok(Some(found)) if found.unreadable_count == 0 => Gathered::Seen(found),
        Ok(Some(_)) => Gathered::NotRun("some of this marketplace's advisories cannot be read".to_owned()),
        Ok(None) => none(),
        Err(why) => Gathered::NotRun(why),
    }
}

/// Packs what arrived again, from its own files.
fn repacked(archive: &Archive<File>) -> Result<Gathered<Rebuilt>, Refused> {
    let digest = || write(archive, archive.root(), std::io::sink(), |_| Ok(())).map(|built| built.digest);
    Ok(Gathered::Seen(Rebuilt { first: digest()?, second: digest()?, ..Rebuilt::default() }))
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
