//! SUP-SLA.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::documents::{Document, contradictions};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::manifest::Sla;

/// Lower uptimes, in percent, are no service.
const LOWEST: f64 = 90.0;
/// Later first responses, in hours, are none: a month.
const LONGEST: f64 = 720.0;

pub(super) const CHECK: Check = Check {
    id: "SUP-SLA",
    area: Area::Support,
    tier: Tier::Premier,
    kind: Kind::Static,
    proves: "service levels are stated without contradictions",
    mend: "state uptime_percent and first_response_hours under [support.sla] in proveniq.toml, and the same in the documents",
    anchor: "support.sla",
    revision: 2,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let Some(sla) = &subject.manifest.support.sla else {
        return Finished::fail(Finding::new("support.sla is missing"));
    };
    let mut findings = of_manifest(sla);
    findings.extend(contradictions(&Document::all(subject.tree), sla));
    let critical = sla.first_response_hours.map(|hours| hours.critical).unwrap_or_default();
    Finished::from_findings(findings, format!("{}% uptime, first response in {critical} h", sla.uptime_percent))
}

/// What the manifest itself lacks or contradicts.
fn of_manifest(sla: &Sla) -> Vec<Finding> {
    let mut findings = Vec::new();
    if sla.uptime_percent < LOWEST {
        findings.push(Finding::new(format!("{}% uptime promises nothing", sla.uptime_percent)));
    } else if sla.uptime_percent >= 100.0 {
        findings.push(Finding::new("100% uptime is a promise that cannot be kept").warning());
    }
    match sla.first_response_hours {
        None => findings.push(Finding::new("support.sla.first_response_hours is missing")),
        Some(hours) if hours.critical > hours.high || hours.high > hours.normal => {
            findings.push(Finding::new("a more severe case is answered later than a less severe one"));
        }
        Some(hours) if hours.normal > LONGEST => {
            findings.push(Finding::new(format!("a first response in {} h is none", hours.normal)));
        }
        Some(_) => {}
    }
    findings
}
