//! Duplicates: a delivery that comes again must not do again what it did.

use super::case::{Case, Repetition, Script, Suite};
use super::plan::Ground;
use super::signature;
use crate::webhook::judge::Expectation;

const HELP: &str = "remember webhook-id before the effect, in the same transaction as the effect where there is one, and \
                    answer 2xx to an id that was done";
const REFUSED: &str = "verify the signature before anything else: answering 401 after the work is done is too late";

const ROWS: [(&str, &str, Repetition, &str); 7] = [
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
    ("forged", "a forged delivery", Repetition::Forged, REFUSED),
    (
        "later",
        "the same delivery after 110 others",
        Repetition::Later,
        "keep the ids that were done for as long as deliveries may come again: days, not a number of ids",
    ),
];

/// The suite. Counting needs an integration that was started with recording stubs in front of what it calls.
pub(super) fn cases(ground: &Ground<'_>) -> Vec<Case> {
    let (last, rows) = (ROWS[ROWS.len() - 1], &ROWS[..ROWS.len() - 1]);
    let of_row = |&(id, title, repetition, help): &(&str, &str, Repetition, &'static str)| {
        case(id, title, help, Script::Repeat(repetition, None))
    };
    let refused = signature::refused(ground);
    let title = format!("{} forgeries of all types and kinds", refused.len());
    let mut cases: Vec<_> = rows.iter().map(of_row).collect();
    cases.push(case("refused", &title, REFUSED, Script::Refuse(refused)));
    cases.extend(other_types(ground));
    // Last, so that as much time as can be lies between.
    cases.push(of_row(&last));
    cases
}

/// Each type but the first, which the others are of where it has an effect: a handler may remember those of one type alone.
fn other_types(ground: &Ground<'_>) -> impl Iterator<Item = Case> {
    let others = if ground.data.is_none() { ground.events.get(1..).unwrap_or_default() } else { &[] };
    others.iter().map(|&kind| {
        let script = Script::Repeat(Repetition::Sequence, Some(kind));
        case(&format!("sequence.{kind}"), &format!("the same {kind} twice"), HELP, script)
    })
}

fn case(id: &str, title: &str, help: &'static str, script: Script) -> Case {
    let expectation = Expectation::NoEffectTwice;
    Case { id: format!("replay.{id}"), suite: Suite::Replay, title: title.to_owned(), expectation, help, script }
}
