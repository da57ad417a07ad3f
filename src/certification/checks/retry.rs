//! REL-RETRY.

use super::cases;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::webhook::{CaseReport, Suite};

pub(super) const CHECK: Check = Check {
    id: "REL-RETRY",
    area: Area::Reliability,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "faults of upstreams are tried again with bound, growing gaps and jitter; refusals are not",
    mend: "run `proveniq test-webhook --suite upstream`: try a few times with gaps that grow, then answer 503",
    anchor: "upstream",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let counts = |case: &CaseReport| case.suite == Suite::Upstream && !super::rate_limit::is_about(case);
    cases::judge(&subject.evidence.upstreams, counts, "faults of upstreams are borne")
}
