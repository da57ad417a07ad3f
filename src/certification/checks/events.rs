//! REL-EVENTS.

use super::cases;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::webhook::Suite;

pub(super) const CHECK: Check = Check {
    id: "REL-EVENTS",
    area: Area::Reliability,
    tier: Tier::Listed,
    kind: Kind::Dynamic,
    proves: "a genuine delivery of every declared event is answered 2xx",
    mend: "run `proveniq test-webhook` and make the handler answer 2xx to every event of [webhook] events",
    anchor: "webhook.events",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    cases::judge(&subject.evidence.deliveries, |case| case.suite == Suite::Delivery, "deliveries accepted")
}
