//! DOC-SETUP-RUN. What runs a program is a check of its own, so that DOC-SETUP has the same verdict wherever it looks.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::guide;
use crate::certification::tier::Tier;

pub(super) const CHECK: Check = Check {
    id: "DOC-SETUP-RUN",
    area: Area::Documentation,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "commands in the setup guide that are marked as run do run, on the files of the package",
    mend: "mend the command, or the guide; a block that begins with ```sh is not run, one with ```sh run is",
    anchor: "integration",
    revision: 2,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.guide.judge(|runs| guide::judge(runs))
}
