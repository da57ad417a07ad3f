//! COMPAT.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::compatibility::{breaks, may_break};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

pub(super) const CHECK: Check = Check {
    id: "COMPAT",
    area: Area::Packaging,
    tier: Tier::Verified,
    kind: Kind::Static,
    proves: "what the published version has is there still, or the major version is raised",
    mend: "keep what is listed, or raise the major version (before 1.0.0 the minor one)",
    anchor: "integration.version",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.published.judge(|published| {
        let (old, new) = (&published.manifest, subject.manifest);
        let (before, after) = (&old.integration.version, &new.integration.version);
        if may_break(before, after) {
            return Finished::pass(format!("{after} may differ from {before}"));
        }
        let findings =
            breaks(old, new).into_iter().map(|what| Finding::new(format!("since {before}: {what}")).content(&what));
        Finished::from_findings(findings.collect(), format!("{after} keeps what {before} has"))
    })
}
