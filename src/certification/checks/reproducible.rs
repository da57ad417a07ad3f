//! PKG-REPRO.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

pub(super) const CHECK: Check = Check {
    id: "PKG-REPRO",
    area: Area::Packaging,
    tier: Tier::Verified,
    kind: Kind::Static,
    proves: "the package is what the sources give, whenever and wherever it is packed, also after a build",
    mend: "let the build write only what git ignores or [package] exclude names, and the same each time",
    anchor: "package",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.rebuilt.judge(|rebuilt| {
        let mut findings = Vec::new();
        if rebuilt.first != rebuilt.second {
            let digests = format!("the digest is {} once, and {} again", rebuilt.first, rebuilt.second);
            findings.push(Finding::new(digests).content("digest"));
        }
        findings.extend(rebuilt.changes.iter().map(|change| {
            let message = format!("was {} by the build or the run of the integration", change.how);
            Finding::at(&change.path, None, message).content(&change.path)
        }));
        let after = if rebuilt.built { ", also after the build" } else { "" };
        Finished::from_findings(findings, format!("{} each time{after}", &rebuilt.first[..rebuilt.first.len().min(16)]))
    })
}
