//! Duplicates: a delivery that comes again must not do again what it did.

use super::case::{Case, Repetition, Script, Suite};
use crate::webhook::judge::Expectation;

const HELP: &str = "remember webhook-id before the effect, in the same transaction as the effect where there is one, and \
                    answer 2xx to an id that was done";
const ROWS: [(&str, &str, Repetition, &str); 6] = [
    ("sequence", "the same delivery twice", Repetition::Sequence, HELP),
    (
        "concurrent",
        "the same delivery 20 times at once",
        Repetition::Concurrent,
        "claim webhook-id with a uniqueness constraint: looking first and writing later lets two in",
    ),
    (
        "restart",
        "the same delivery after a restart",
        Repetition::Restart,
        "keep the ids that were done where a restart does not lose them",
    ),
    (
        "other-content",
        "the same id with other content",
        Repetition::OtherContent,
        "the id alone says what was done: do nothing for one that is known",
    ),
    (
        "reordered",
        "two events, the later one first",
        Repetition::Reordered,
        "deliveries come in any order: take an earlier event after a later one",
    ),
    (
        "forged",
        "a forged delivery",
        Repetition::Forged,
        "verify the signature before anything else: answering 401 after the work is done is too late",
    ),
];

/// The suite. Counting needs an integration that was started with recording stubs in front of what it calls.
pub(super) fn cases() -> Vec<Case> {
    let case = |(id, title, repetition, help): (&str, &str, Repetition, &'static str)| Case {
        id: format!("replay.{id}"),
        suite: Suite::Replay,
        title: title.to_owned(),
        expectation: Expectation::NoEffectTwice,
        help,
        script: Script::Repeat(repetition),
    };
    ROWS.map(case).into()
}
