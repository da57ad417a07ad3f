//! SEC-SIG.

use crate::certification::check::{Area, Check, Finished, Kind, Subject};
use crate::certification::tier::Tier;
use crate::webhook::Suite;

pub(super) const CHECK: Check = Check {
    id: "SEC-SIG",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "forged, tampered and stale deliveries are rejected",
    mend: "run `proveniq test-webhook` and follow what it says of each failed case",
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    super::events::from_suite(subject, Suite::Signature, "signature cases hold")
}
