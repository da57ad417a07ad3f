//! PERF-RATELIMIT.

use super::cases;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::webhook::CaseReport;

pub(super) const CHECK: Check = Check {
    id: "PERF-RATELIMIT",
    area: Area::Performance,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "429 with Retry-After is honoured, in seconds and as a date",
    mend: "read Retry-After and make no call before its time has passed; answer the delivery with 503 where that takes too long",
    anchor: "upstream",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    cases::judge(&subject.evidence.upstreams, is_about, "rate limits are honoured")
}

/// Whether a case is about a rate limit.
pub(super) fn is_about(case: &CaseReport) -> bool {
    case.id.rsplit('.').next().is_some_and(|fault| fault.starts_with("retry-after"))
}
