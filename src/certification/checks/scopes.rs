//! SEC-SCOPES.

use crate::certification::authorization;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

pub(super) const CHECK: Check = Check {
    id: "SEC-SCOPES",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "scopes that are asked for at run time are declared",
    mend: "declare in [oauth] scopes what it asks for, and ask for no more; leave out what it never asks for",
    anchor: "oauth.scopes",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let declared = &subject.manifest.oauth.scopes;
    subject.evidence.scopes.judge(|requests| authorization::judge_scopes(requests, declared))
}
