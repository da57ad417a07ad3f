//! Crashes in the middle of work: what was acknowledged must have its effect, once.

use super::effect::{Call, Effects};
use super::judge::Judgement;
use super::once;

/// What was seen of an integration that was killed and started again while deliveries kept coming.
#[derive(Debug, Clone)]
pub struct Recovery {
    /// How often it was killed.
    pub crashes: usize,
    /// What became of each delivery, as it was sent again with the same identifier.
    pub fates: Vec<Fate>,
    /// Effects of one delivery without a crash.
    pub due: Effects,
    /// All calls since the first of these deliveries.
    pub calls: Vec<Call>,
}

/// What became of a delivery in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It was acknowledged with 2xx.
    Acknowledged,
    /// It was put off every time: somebody is said to be at work on it.
    PutOff(u16),
    /// It was refused, or not answered.
    Refused(String),
}

impl Recovery {
    /// Judges it.
    pub fn judge(&self) -> Judgement {
        let (crashes, sent) = (self.crashes, self.fates.len());
        let refused = self.fates.iter().filter_map(|fate| match fate {
            Fate::Refused(outcome) => Some(outcome),
            _ => None,
        });
        let refused: Vec<_> = refused.collect();
        if let Some(outcome) = refused.first() {
            let count = refused.len();
            return Judgement::fail(format!(
                "{count} of {sent} deliveries are not accepted after {crashes} crashes: {outcome}"
            ));
        }
        let (lost, doubled) = self.lost_and_doubled();
        if lost > 0 || doubled > 0 {
            return Judgement::fail(format!(
                "of the effects of {sent} deliveries over {crashes} crashes, {lost} are lost and {doubled} doubled"
            ));
        }
        let put_off = self.fates.iter().filter_map(|fate| match fate {
            Fate::PutOff(status) => Some(status),
            _ => None,
        });
        let put_off: Vec<_> = put_off.collect();
        if let Some(status) = put_off.first() {
            let count = put_off.len();
            return Judgement::inconclusive(format!(
                "{count} of {sent} deliveries were still answered with {status} when the time was over: work that was \
                 begun before a crash must be taken up again"
            ));
        }
        Judgement::pass(format!("{sent} deliveries over {crashes} crashes had their effect once"))
    }

    /// Effects that are missing of what was acknowledged, and those that are too many.
    fn lost_and_doubled(&self) -> (usize, usize) {
        let acknowledged = self.fates.iter().filter(|fate| **fate == Fate::Acknowledged).count();
        let (due, most) = (self.due.total() * acknowledged, self.due.total() * self.fates.len());
        once::lost_and_doubled(&self.calls, self.due.distinct() == self.due.total(), due, most)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::verdict::Verdict;
    use crate::webhook::Reply;

    fn post(body: &str, key: Option<&str>) -> Call {
        Call {
            upstream: "claims".into(),
            method: "POST".into(),
            path: "/claims".into(),
            body_digest: body.into(),
            body_length: 8,
            credential: None,
            key: key.map(str::to_owned),
            at: Duration::ZERO,
            reply: Reply::Whole(201),
        }
    }

    fn judged(calls: &[Call], fates: &[Fate]) -> (Verdict, String) {
        let due = Effects::of(&[post("control", None)]);
        let judgement = Recovery { crashes: 2, fates: fates.to_vec(), due, calls: calls.to_vec() }.judge();
        (judgement.verdict, judgement.reason)
    }

    #[test]
    fn what_is_lost_or_doubled_fails() {
        let fates = vec![Fate::Acknowledged; 3];
        let all = ["a", "b", "c"].map(|body| post(body, None));
        assert_eq!(judged(&all, &fates).0, Verdict::Pass);
        assert!(judged(&all[..2], &fates).1.contains("1 are lost and 0 doubled"));
        let doubled = [&all[..], &all[..1]].concat();
        assert!(judged(&doubled, &fates).1.contains("0 are lost and 1 doubled"));
        // One that is doubled does not make up for one that is lost.
        let both = ["a", "a", "b"].map(|body| post(body, None));
        assert!(judged(&both, &fates).1.contains("1 are lost and 1 doubled"));
    }

    #[test]
    fn an_upstream_knows_a_call_by_its_idempotency_key() {
        let calls = [post("a", Some("1")), post("a at another time", Some("1")), post("b", Some("2"))];
        assert_eq!(judged(&calls, &[Fate::Acknowledged, Fate::Acknowledged]).0, Verdict::Pass);
    }

    #[test]
    fn what_is_never_accepted_again_fails_and_what_is_put_off_is_open() {
        let calls = [post("a", None)];
        let refused = Fate::Refused("answered 500".into());
        assert_eq!(judged(&calls, &[Fate::Acknowledged, refused]).0, Verdict::Fail);
        assert_eq!(judged(&calls, &[Fate::Acknowledged, Fate::PutOff(503)]).0, Verdict::Inconclusive);
    }
}
