//! SEC-REPLAY.

use super::cases;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::webhook::{CaseReport, Suite};

pub(super) const CHECK: Check = Check {
    id: "SEC-REPLAY",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "a delivery that comes again has no second effect",
    mend: "run `proveniq test-webhook --suite replay`: remember webhook-id with the effect, under a uniqueness constraint",
    anchor: "webhook.path",
    revision: 2,
    run,
};

/// Deliveries again after a restart count from `premier` on.
fn run(subject: &Subject<'_>) -> Finished {
    let counts = |case: &CaseReport| {
        case.suite == Suite::Replay && (subject.tier >= Tier::Premier || case.id != "replay.restart")
    };
    cases::judge(&subject.evidence.deliveries, counts, "kinds of repetition have one effect")
}
