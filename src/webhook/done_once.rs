//! Work whose deliveries came again without doing it again: looked at once more when everything else is over.

use std::collections::BTreeSet;

use super::effect::{Call, Effects};

/// Of so many kinds of effects one may be alike for different deliveries.
const FEW: usize = 10;
/// So many cases must have work that came again.
const FEWEST: usize = 2;

/// Work that was seen once though its delivery came more than once.
#[derive(Debug, Clone, Default)]
pub struct DoneOnce(Vec<Noted>);

#[derive(Debug, Clone)]
struct Noted {
    case: String,
    event: String,
    effects: Effects,
}

impl DoneOnce {
    /// Notes that the delivery of `event` came again in `case`, and that its work was done once by then.
    pub fn note(&mut self, case: &str, event: &str, effects: &Effects) {
        if !self.0.iter().any(|noted| noted.event == event) {
            self.0.push(Noted { case: case.to_owned(), event: event.to_owned(), effects: effects.clone() });
        }
    }

    /// Whether there is anything to look at.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was done again in the end, by case. Nothing where different deliveries do the same: then nobody can tell whose
    /// work came again. One alone may be a like one's, so that two are needed.
    pub fn again(&self, calls: &[Call]) -> Vec<(&str, Effects)> {
        let all = Effects::of(calls);
        let mut noted = BTreeSet::new();
        let apart = self.0.iter().flat_map(|one| one.effects.kinds()).all(|kind| noted.insert(kind));
        let alike = all.counts().filter(|(kind, count)| *count > 1 && !noted.contains(kind)).count();
        let late = self.0.iter().map(|one| (one.case.as_str(), all.more_than(&one.effects)));
        let late: Vec<_> = late.filter(|(_, late)| late.total() > 0).collect();
        let tells = apart && alike * FEW <= all.distinct() && late.len() >= FEWEST;
        if tells { late } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::webhook::Reply;

    fn calls(bodies: &[&str]) -> Vec<Call> {
        let call = |body: &&str| Call {
            upstream: "claims".into(),
            method: "POST".into(),
            path: "/claims".into(),
            body_digest: (*body).to_owned(),
            credential: None,
            key: None,
            at: Duration::ZERO,
            reply: Reply::Whole(201),
        };
        bodies.iter().map(call).collect()
    }

    fn late(noted: &[(&str, &[&str])], seen: &[&str]) -> Vec<String> {
        let mut done = DoneOnce::default();
        for (event, bodies) in noted {
            done.note(&format!("case of {event}"), event, &Effects::of(&calls(bodies)));
        }
        done.again(&calls(seen)).into_iter().map(|(case, late)| format!("{case}: {}", late.describe())).collect()
    }

    #[test]
    fn work_that_came_again_later_is_seen_in_the_end() {
        let noted: [(&str, &[&str]); 2] = [("1", &["a"]), ("2", &["b"])];
        assert_eq!(late(&noted, &["a", "b", "other"]), [""; 0]);
        let due = ["case of 1: POST /claims at claims", "case of 2: POST /claims at claims, 2 times"];
        assert_eq!(late(&noted, &["a", "b", "other", "b", "a", "b"]), due);
    }

    #[test]
    fn where_deliveries_do_the_same_nobody_can_tell() {
        assert_eq!(late(&[("1", &["a"]), ("2", &["a"])], &["a", "a", "a", "a"]), [""; 0]);
        let noted: [(&str, &[&str]); 2] = [("1", &["a"]), ("2", &["b"])];
        assert_eq!(late(&noted, &["a", "a", "b", "b", "same", "same"]), [""; 0]);
        // One of them alone may be like another.
        assert_eq!(late(&noted, &["a", "a", "b"]), [""; 0]);
    }
}
