//! SEC-DEPS.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use crate::advisory::{self, Advisories, Advisory, Affected, Ecosystem, Inventory, LockedPackage, Remark, Standing};
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::evidence::Gathered;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::verdict::Verdict;

/// Advisories older than this miss too much.
const OLDEST_DAYS: i64 = 30;

pub(super) const CHECK: Check = Check {
    id: "SEC-DEPS",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Static,
    proves: "no dependency of a lockfile has a known vulnerability",
    mend: "update what is named, write the lockfile anew and ship it; without advisories run `proveniq advisories update`",
    anchor: "run.build",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let mut inventory = advisory::inventory(subject.tree);
    inventory.unknown.extend(installed_by_commands(subject));
    if inventory.is_empty() {
        return Finished::not_applicable("nothing is installed from npm, PyPI or crates.io");
    }
    let audited = match &subject.evidence.advisories {
        _ if inventory.packages.is_empty() => Audited::default(),
        Gathered::Seen(advisories) => audit(&inventory, advisories),
        missing => Audited { missing: Some(missing.judge(|_| Finished::pass(""))), ..Audited::default() },
    };
    let contradictions = remarks(&inventory.contradictions, "lockfile.contradiction");
    let unknown = remarks(&inventory.unknown, "lockfile.unknown").into_iter().map(Finding::note).collect();
    let findings = [audited.findings, contradictions, unknown].concat();
    let finished = Finished::from_findings(findings, holds(&inventory, &subject.evidence.advisories));
    match (audited.missing, audited.doubt) {
        (Some(missing), _) => finished.otherwise(missing.verdict, missing.summary),
        _ if !inventory.unknown.is_empty() => {
            finished.otherwise(Verdict::Inconclusive, "it is not known which versions are installed")
        }
        (None, Some(doubt)) => finished.otherwise(Verdict::Inconclusive, doubt),
        (None, None) => finished,
    }
}

/// What `[run]` installs that no lockfile names.
fn installed_by_commands(subject: &Subject<'_>) -> Vec<Remark> {
    let Some(run) = &subject.manifest.run else { return Vec::new() };
    let commands = run.build.iter().chain([&run.command]);
    let remark = |package: String| Remark {
        path: crate::manifest::FILE_NAME.to_owned(),
        line: None,
        message: format!("[run] installs {package}, which no lockfile names"),
    };
    commands.filter_map(|words| advisory::installed_by(words)).map(remark).collect()
}

/// What a look into the advisories came to.
#[derive(Default)]
struct Audited {
    findings: Vec<Finding>,
    /// Why there is nothing to look into.
    missing: Option<Finished>,
    /// Why what was seen does not tell all.
    doubt: Option<String>,
}

fn audit(inventory: &Inventory, advisories: &Advisories) -> Audited {
    let absent: Vec<_> =
        inventory.ecosystems().into_iter().filter(|ecosystem| !advisories.held.contains_key(ecosystem)).collect();
    let mut audited = Audited::default();
    if !absent.is_empty() {
        let names = absent.iter().map(|ecosystem| ecosystem.as_str()).collect::<Vec<_>>().join(" and ");
        let why = format!("{} has no advisories of {names}: run `proveniq advisories update`", advisories.origin);
        audited.missing = Some(Finished::with(Verdict::NotRun, why));
    }
    if let Some(first) = advisories.unreadable.first() {
        let count = advisories.unreadable_count;
        audited.doubt = Some(format!("{count} of the advisories cannot be read, the first is {first}"));
    }
    let index = by_package(advisories);
    for package in &inventory.packages {
        let known = index.get(&(package.ecosystem, package.name.clone()));
        look_up(package, known.map(Vec::as_slice).unwrap_or_default(), &mut audited);
    }
    audited.findings.extend(age_warning(advisories));
    audited
}

/// An advisory, and what it says of one package.
type Known<'a> = (&'a Advisory, &'a Affected);

/// The advisories that count, by package and then by name.
fn by_package(advisories: &Advisories) -> BTreeMap<(Ecosystem, String), Vec<Known<'_>>> {
    let mut index: BTreeMap<_, Vec<Known<'_>>> = BTreeMap::new();
    for advisory in advisories.found.iter().filter(|advisory| advisory.withdrawn.is_none()) {
        for affected in &advisory.affected {
            if let Some(package) = affected.names() {
                index.entry(package).or_default().push((advisory, affected));
            }
        }
    }
    for known in index.values_mut() {
        known.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
    }
    index
}

/// Finds what is known of a package. One vulnerability has several advisories, which name each other.
fn look_up(package: &LockedPackage, known: &[Known<'_>], audited: &mut Audited) {
    let mut told: Vec<&Advisory> = Vec::new();
    for (advisory, affected) in known {
        match advisory::standing(affected, package.ecosystem, &package.version) {
            Standing::Affected if told.iter().any(|other| other.is_also(advisory)) => {}
            Standing::Affected => {
                told.push(advisory);
                audited.findings.push(vulnerable(package, advisory, affected));
            }
            Standing::Clear => {}
            Standing::Unclear(why) => {
                let place = format!("{} {} and {}: {why}", package.name, package.version, advisory.id);
                audited.doubt.get_or_insert(place);
            }
        }
    }
}

fn vulnerable(package: &LockedPackage, advisory: &Advisory, affected: &Affected) -> Finding {
    let LockedPackage { ecosystem, name, version, path, line } = package;
    let words: Vec<_> = advisory
        .aliases
        .iter()
        .find(|alias| alias.starts_with("CVE-"))
        .cloned()
        .into_iter()
        .chain(affected.informational().map(str::to_owned).or_else(|| advisory::severity(advisory, affected)))
        .collect();
    let words = if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) };
    let summary = advisory.summary.as_deref().unwrap_or("it has a known vulnerability");
    let summary: String = summary.chars().filter(|c| !c.is_control()).take(160).collect();
    let fixed = advisory::fixed_in(affected, *ecosystem, version);
    let fixed = fixed.map_or("; no version mends it".to_owned(), |fixed| format!("; mended in {fixed}"));
    let message = format!("{name} {version}: {}{words}: {summary}{fixed}", advisory.id);
    let finding = Finding::at(path, *line, message)
        .rule(&advisory.id)
        .content(&format!("{ecosystem}\0{name}\0{version}\0{}", advisory.id));
    if affected.informational().is_some() { finding.warning() } else { finding }
}

/// Tells that the advisories are old, by the newest of them: a copy that was fetched today can be old all the same.
fn age_warning(advisories: &Advisories) -> Option<Finding> {
    let newest = advisories.newest.or(advisories.fetched)?;
    let age = advisories.asked.duration_since(newest);
    let days = age.as_hours() / 24;
    (age > SignedDuration::from_hours(OLDEST_DAYS * 24)).then(|| {
        let message = format!("the newest of the advisories is {days} days old: run `proveniq advisories update`");
        Finding::new(message).rule("advisories.old").content("advisories.old").warning()
    })
}

fn holds(inventory: &Inventory, advisories: &Gathered<Advisories>) -> String {
    let (packages, lockfiles) = (inventory.packages.len(), inventory.lockfiles);
    let state = match advisories {
        Gathered::Seen(Advisories { newest: Some(newest), .. }) if packages > 0 => {
            format!("; advisories of {}", newest.strftime("%Y-%m-%d"))
        }
        _ => String::new(),
    };
    format!("{packages} packages of {lockfiles} lockfile{}{state}", if lockfiles == 1 { "" } else { "s" })
}

fn remarks(remarks: &[Remark], rule: &str) -> Vec<Finding> {
    let finding = |remark: &Remark| Finding::at(&remark.path, remark.line, &remark.message).rule(rule);
    remarks.iter().map(finding).collect()
}
