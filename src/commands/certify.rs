//! `certify`: project, evidence, verdicts.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::test_webhook::tone_of;
use crate::adapters::integration::Launch;
use crate::certification::{Area, Certification, CheckReport, Finding, RuleSet, Tier};
use crate::cli::{CertifyArgs, TierArg};
use crate::context::Context;
use crate::error::{Kind, Result};
use crate::stages::certify::{self, Demand, Ground};
use crate::ui::{Page, Render, Table, Tone};
use crate::verdict::Verdict;

/// The verdicts on a project.
#[derive(Serialize)]
pub(super) struct Certified {
    name: String,
    version: String,
    #[serde(flatten)]
    certification: Certification,
}

/// Time until an integration must be ready.
pub(super) const READY: Duration = Duration::from_secs(30);

/// Certifies the project of the working folder.
pub(super) async fn run(context: &Context, args: CertifyArgs) -> Result<Certified> {
    let project = context.project()?;
    let tree = project.tree()?;
    let launch = Launch { program: &context.program, ready_timeout: READY };
    let demand = Demand {
        tier: args.tier.into(),
        rules: RuleSet::current(),
        build: !args.no_build,
        dynamic: !args.only_static,
        seed: args.seed,
    };
    let ground = Ground { project: &project, tree: &tree, launch, clock: &context.clock, output: &context.output };
    let certification = certify::project(&ground, &demand).await?;
    let identity = project.manifest.integration;
    Ok(Certified { name: identity.name.to_string(), version: identity.version.to_string(), certification })
}

impl From<TierArg> for Tier {
    fn from(tier: TierArg) -> Self {
        match tier {
            TierArg::Listed => Tier::Listed,
            TierArg::Verified => Tier::Verified,
            TierArg::Premier => Tier::Premier,
        }
    }
}

impl Render for Certified {
    fn schema(&self) -> &'static str {
        "proveniq.certify/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("{} {}, rules {}", self.name, self.version, self.certification.rule_set));
        page.block(&checks_table(&self.certification));
        for check in self.certification.checks.iter().filter(|check| !check.findings.is_empty()) {
            details(page, check);
        }
        let tier = self.certification.tier;
        page.gap();
        if self.certification.reached {
            page.toned(Tone::Good, format!("tier {tier} is reached"));
        } else {
            page.toned(Tone::Bad, format!("tier {tier} is not reached"));
        }
    }

    fn verdict(&self) -> Option<Kind> {
        self.certification.kind()
    }
}

/// The verdicts by area, then why checks were not run, each reason once.
pub(super) fn checks_table(certification: &Certification) -> String {
    let mut table = Table::new(&["VERDICT", "CHECK", "WHAT WAS SEEN"]);
    let by_area =
        Area::ALL.iter().flat_map(|area| certification.checks.iter().filter(move |check| check.area == *area));
    for check in by_area {
        let seen = if check.verdict == Verdict::NotRun { check.proves } else { &check.summary };
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
    page.lines(
        "not run: ",
        reasons.iter().map(|(reason, ids)| match ids.as_slice() {
            [id] => format!("{reason}: {id}"),
            ids => format!("{reason}: {} checks", ids.len()),
        }),
    );
    page.finish()
}

/// What a check found, with places and how to mend it.
pub(super) fn details(page: &mut Page, check: &CheckReport) {
    page.gap().toned(tone_of(check.verdict), format!("{}: {}", check.id, check.proves));
    page.lines("  ", check.findings.iter().map(Finding::placed));
    if let Some(mend) = check.mend {
        page.line(format!("  to mend: {mend}"));
    }
}
