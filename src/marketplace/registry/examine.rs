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
use crate::manifest::Manifest;
use crate::marketplace::state::Inner;
use crate::marketplace::storage::{Sight, StorageError, StoredUpload};
use crate::package::{Archive, Contents, Digesting, Refusal, decompress, write};
use crate::verdict::Verdict;
use crate::wire::{CommitUpload, RegisteredSigningKey, Rejection};

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
    let contents = Contents::read(unpacked, inner.settings.limits).map_err(refusal)?;
    contents.hold_to(&announced.name, &announced.version).map_err(|flaw| refusal(flaw.into()))?;
    let Contents { archive, manifest } = contents;
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
    let Some(package) = inner.storage.find_package(&announced.name, Sight::Public).await? else { return Ok(none()) };
    let versions = package.versions.iter().map(|version| version.version.as_str());
    let Some(before) = predecessor(&version, versions) else { return Ok(none()) };
    let manifest = inner.storage.manifest_of(&announced.name, Some(&before.to_string())).await?;
    Ok(manifest.map_or_else(none, |(manifest, _)| Gathered::Seen(Published { manifest })))
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
    let file = File::open(&path)?;
    let size = file.metadata()?.len();
    let (digest, _) = decompress(BufReader::new(file), size, &unpacked, inner.settings.limits).map_err(refusal)?;
    if digest != announced.digest {
        return Err(Refused::Digest(format!("the SHA-256 of the archive is {digest}, not {}", announced.digest)));
    }
    Ok(unpacked)
}

fn refusal(refusal: Refusal) -> Refused {
    let rejection = |check: &str, message: String| Rejection { check: check.to_owned(), message };
    match refusal {
        Refusal::Io(cause) => Refused::Storage(cause.into()),
        Refusal::Flawed(flaw) => Refused::Rejected(vec![rejection("package", flaw.to_string())]),
        Refusal::Manifest(problems) => {
            Refused::Rejected(problems.iter().map(|problem| rejection("manifest", problem.to_string())).collect())
        }
    }
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
