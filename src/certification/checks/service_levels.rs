//! SUP-SLA.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::manifest::FILE_NAME;

pub(super) const CHECK: Check = Check {
    id: "SUP-SLA",
    area: Area::Support,
    tier: Tier::Premier,
    kind: Kind::Static,
    proves: "service levels are stated without contradictions",
    mend: "state uptime_percent and first_response_hours under [support.sla] in proveniq.toml",
    anchor: "support.sla",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let missing = |what: &str| vec![Finding::at(FILE_NAME, None, what.to_owned())];
    let Some(sla) = &subject.manifest.support.sla else {
        return Finished::from_findings(missing("support.sla is missing"), "");
    };
    match sla.first_response_hours {
        None => Finished::from_findings(missing("support.sla.first_response_hours is missing"), ""),
        Some(hours) if hours.critical > hours.high || hours.high > hours.normal => {
            Finished::from_findings(missing("a more severe case is answered later than a less severe one"), "")
        }
        Some(hours) => {
            Finished::pass(format!("{}% uptime, first response in {} h", sla.uptime_percent, hours.critical))
        }
    }
}
