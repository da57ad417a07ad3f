//! EXT-SARIF.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::imported::Imported;
use crate::certification::tier::Tier;
use crate::verdict::Verdict;

pub(super) const CHECK: Check = Check {
    id: "EXT-SARIF",
    area: Area::Security,
    tier: Tier::Listed,
    kind: Kind::External,
    proves: "other scanners, whose reports are taken in with --import-sarif, found no error",
    mend: "mend what the other scanner found, run it again and take its new report in",
    anchor: "integration",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.imported.judge(|reports| {
        let tools: Vec<_> = reports.iter().flat_map(|report| report.tools.iter().map(String::as_str)).collect();
        let left_aside: usize = reports.iter().map(|report| report.left_aside).sum();
        let holds = match left_aside {
            0 => format!("no finding of {}", tools.join(", ")),
            count => format!("no error or warning of {}; {count} notes left aside", tools.join(", ")),
        };
        match reports.iter().find(|report| report.tools.is_empty()) {
            // A report without a run speaks of nothing.
            Some(report) => Finished::with(Verdict::Inconclusive, format!("{} holds no run", report.file)),
            None => Finished::from_findings(reports.iter().flat_map(Imported::findings).cloned().collect(), holds),
        }
    })
}
