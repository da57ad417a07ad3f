//! SEC-SIG.

use super::cases;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::webhook::Suite;

pub(super) const CHECK: Check = Check {
    id: "SEC-SIG",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "forged, tampered and stale deliveries are rejected",
    mend: "run `proveniq test-webhook --suite signature` and follow what it says of each failed case",
    anchor: "webhook.path",
    revision: 2,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    cases::judge(&subject.evidence.deliveries, |case| case.suite == Suite::Signature, "signature cases hold")
}
