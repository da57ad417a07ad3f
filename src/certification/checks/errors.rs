//! REL-ERRORS.

use super::cases;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::webhook::Suite;

pub(super) const CHECK: Check = Check {
    id: "REL-ERRORS",
    area: Area::Reliability,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "malformed input is answered 4xx without a trace, and the service lives on",
    mend: "run `proveniq test-webhook --suite robustness`: answer 400 to what cannot be read, and go on serving",
    anchor: "webhook.path",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    cases::judge(&subject.evidence.deliveries, |case| case.suite == Suite::Robustness, "disturbances are survived")
}
