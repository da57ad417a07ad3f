//! What certifying came to, for people and as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::certification::reports::JSON_SCHEMA_NAME;
use crate::certification::{Area, Certification, CheckReport, Finding, LeftOut};
use crate::commands::test_webhook::tone_of;
use crate::error::Kind;
use crate::stages::attest::Attested;
use crate::ui::{Page, Render, Table, Tone};
use crate::verdict::Verdict;

/// The verdicts on a project.
#[derive(Serialize)]
pub(super) struct Certified {
    pub(super) name: String,
    pub(super) version: String,
    #[serde(flatten)]
    pub(super) certification: Certification,
    /// The attestation, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attestation: Option<Attested>,
    /// Whether what was found is now a baseline.
    #[serde(skip)]
    pub(super) recorded: bool,
}

impl Render for Certified {
    fn schema(&self) -> &'static str {
        JSON_SCHEMA_NAME
    }

    fn human(&self, page: &mut Page) {
        let certification = &self.certification;
        page.toned(Tone::Strong, format!("{} {}, rules {}", self.name, self.version, certification.rule_set));
        page.block(&checks_table(certification));
        for check in by_area(certification).filter(|check| !check.findings.is_empty()) {
            details(page, check);
        }
        page.gap();
        for notice in &certification.exceptions.notices {
            page.wrapped("warning: ", Tone::Warn, notice.placed());
        }
        let (tone, said) = self.sentence();
        page.wrapped("", tone, said);
        if let Some(attestation) = &self.attestation {
            page.field("attestation", attestation.path.display().to_string());
            page.field("package", format!("sha256:{}", attestation.digest));
            page.field("signed by", attestation.signed_by.as_str());
        }
    }

    /// A run that was to record what is there has done so, whatever it found.
    fn verdict(&self) -> Option<Kind> {
        self.certification.kind().filter(|kind| !(self.recorded && *kind == Kind::Negative))
    }

    fn hints(&self) -> Vec<String> {
        let failed = self.certification.failed().next();
        failed.map(|check| format!("`proveniq certify --explain {}` says more", check.id)).into_iter().collect()
    }
}

impl Certified {
    fn sentence(&self) -> (Tone, String) {
        let certification = &self.certification;
        let (tier, excepted) = (certification.tier, &certification.exceptions);
        let suppressed = match excepted.suppressed {
            0 => String::new(),
            count => format!(", {count} suppressed"),
        };
        match (certification.reached, certification.kind()) {
            (true, _) => (Tone::Good, format!("tier {tier} is reached{suppressed}")),
            (false, None) => {
                let count = excepted.baseline;
                let said = format!("nothing is new; tier {tier} is not reached while {count} of the baseline are left");
                (Tone::Warn, said + &suppressed)
            }
            (false, Some(_)) => (Tone::Bad, format!("tier {tier} is not reached{suppressed}")),
        }
    }
}

fn by_area(certification: &Certification) -> impl Iterator<Item = &CheckReport> {
    Area::ALL.iter().flat_map(|area| certification.checks.iter().filter(move |check| check.area == *area))
}

/// The verdicts by area, then why checks were not run, each reason once.
pub(in crate::commands) fn checks_table(certification: &Certification) -> String {
    let mut table = Table::new(&["VERDICT", "CHECK", "WHAT WAS SEEN"]).wrapping();
    for check in by_area(certification) {
        let seen = if check.verdict == Verdict::NotRun { "-" } else { &check.summary };
        table.row([
            (tone_of(check.verdict), check.verdict.to_string()),
            (Tone::Plain, check.id.to_owned()),
            (Tone::Plain, seen.to_owned()),
        ]);
    }
    let mut page = Page::default();
    page.block(&table.render());
    let not_run = certification.checks.iter().filter(|check| check.verdict == Verdict::NotRun);
    let reasons: BTreeMap<&str, Vec<&str>> = not_run.fold(BTreeMap::new(), |mut reasons, check| {
        reasons.entry(&*check.summary).or_insert_with(Vec::new).push(check.id);
        reasons
    });
    for (reason, ids) in reasons {
        let said = match ids.as_slice() {
            [id] => format!("{reason}: {id}"),
            ids => format!("{reason}: {} checks", ids.len()),
        };
        page.wrapped("not run: ", Tone::Plain, said);
    }
    page.finish()
}

/// What a check found, with places and how to mend it.
pub(in crate::commands) fn details(page: &mut Page, check: &CheckReport) {
    page.gap().wrapped("", tone_of(check.verdict), format!("{}: {}", check.id, check.proves));
    for finding in &check.findings {
        let (tone, said) = told(finding);
        page.wrapped("  ", tone, said);
        if finding.counts() && check.kind != crate::certification::Kind::Dynamic {
            page.toned(Tone::Dim, format!("    fingerprint {}", finding.fingerprint));
        }
    }
    if let Some(mend) = check.mend {
        page.wrapped("  to mend: ", Tone::Plain, mend);
    }
}

fn told(finding: &Finding) -> (Tone, String) {
    let placed = finding.placed();
    match &finding.left_out {
        None => (Tone::Plain, placed),
        Some(LeftOut::Suppression { reason }) => (Tone::Dim, format!("suppressed ({reason}): {placed}")),
        Some(LeftOut::Baseline) => (Tone::Dim, format!("in the baseline: {placed}")),
        Some(LeftOut::Scanner { .. }) => (Tone::Dim, format!("left out by its scanner: {placed}")),
    }
}
