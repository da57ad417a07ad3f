//! REL-RECOVERY.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::verdict::Verdict;

pub(super) const CHECK: Check = Check {
    id: "REL-RECOVERY",
    area: Area::Reliability,
    tier: Tier::Premier,
    kind: Kind::Dynamic,
    proves: "killed in the middle of work and started again, it loses nothing that it acknowledged and doubles nothing",
    mend: "write an event down before it is acknowledged, take up unfinished work at the start, and send each effect with \
           an Idempotency-Key that follows from webhook-id",
    anchor: "run.command",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.recovery.judge(|recovery| {
        let judgement = recovery.judge();
        match judgement.verdict {
            Verdict::Fail => Finished::fail(Finding::new(judgement.reason).content("recovery")),
            verdict => Finished::with(verdict, judgement.reason),
        }
    })
}
