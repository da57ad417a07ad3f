//! What deliveries at a rate have done: what was acknowledged must have its effect, once.

use super::effect::{Call, Effects};
use super::judge::Judgement;
use super::once::lost_and_doubled;

/// A call that is so many times larger than one for a single delivery carries several.
const BATCHED: usize = 2;

/// What was seen of the work of deliveries at a rate.
#[derive(Debug, Clone)]
pub struct LoadWork {
    /// Effects of one delivery of each type; types take turns.
    pub due: Vec<Effects>,
    /// Length of the largest body with which one of them has an effect.
    pub largest: usize,
    /// Deliveries that were due.
    pub sent: u64,
    /// Deliveries that were not acknowledged: nobody knows whether they had an effect.
    pub failed: u64,
    /// All calls since the first of these deliveries.
    pub calls: Vec<Call>,
    /// Whether each of them had a body of its own.
    pub bodies_differ: bool,
    /// Whether calls still kept coming when the time to wait for them was over.
    pub unfinished: bool,
}

impl LoadWork {
    /// Effects that so many deliveries have, where a delivery of each type has those of `due`.
    pub fn effects_due(due: &[Effects], sent: u64) -> usize {
        let of = |at: usize| due.get(at).map_or(0, Effects::total);
        let kinds = due.len().max(1);
        let sent = usize::try_from(sent).unwrap_or(usize::MAX);
        let in_turn: usize = (0..kinds).map(of).sum();
        (sent / kinds).saturating_mul(in_turn) + (0..sent % kinds).map(of).sum::<usize>()
    }

    /// Judges it; `None` where no delivery has an effect that could be seen.
    pub fn judge(&self) -> Option<Judgement> {
        let most = Self::effects_due(&self.due, self.sent);
        let largest = self.due.iter().map(Effects::total).max().filter(|largest| *largest > 0)?;
        let unknown = usize::try_from(self.failed).unwrap_or(usize::MAX).saturating_mul(largest);
        let least = most.saturating_sub(unknown);
        let bodies_differ = self.bodies_differ && self.due.iter().all(|due| due.distinct() == due.total());
        let (lost, doubled) = lost_and_doubled(&self.calls, bodies_differ, least, most);
        let acknowledged = self.sent - self.failed.min(self.sent);
        Some(match (lost, doubled) {
            (1.., 0) if self.unfinished => Judgement::inconclusive(format!(
                "{lost} of {least} effects of the {acknowledged} acknowledged deliveries were still to come when the time \
                 was over"
            )),
            (1.., 0) if self.is_batched() => Judgement::pass(
                "the work of several deliveries goes into one call, so that it was not counted".to_owned(),
            ),
            (0, 0) => Judgement::pass(format!("the {acknowledged} acknowledged deliveries had their effects once")),
            _ => Judgement::fail(format!(
                "of the {least} effects of {acknowledged} acknowledged deliveries, {lost} are lost and {doubled} doubled"
            )),
        })
    }

    /// Whether calls under load carry more than one delivery does.
    fn is_batched(&self) -> bool {
        self.calls.iter().any(|call| call.has_effect() && call.body_length > BATCHED * self.largest)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::verdict::Verdict;
    use crate::webhook::Reply;

    fn post(body: &str) -> Call {
        Call {
            upstream: "claims".into(),
            method: "POST".into(),
            path: "/claims".into(),
            body_digest: body.into(),
            body_length: 8,
            credential: None,
            key: None,
            at: Duration::ZERO,
            reply: Reply::Whole(201),
        }
    }

    fn judged(bodies: &[&str], sent: u64, failed: u64, unfinished: bool) -> Option<(Verdict, String)> {
        let calls = bodies.iter().map(|body| post(body)).collect();
        let due = vec![Effects::of(&[post("control")]), Effects::default()];
        let judgement = LoadWork { due, largest: 8, sent, failed, calls, bodies_differ: true, unfinished }.judge()?;
        Some((judgement.verdict, judgement.reason))
    }

    #[test]
    fn what_was_acknowledged_has_its_effect_once() {
        let verdict = |bodies, sent, failed, unfinished| {
            judged(bodies, sent, failed, unfinished).map(|(verdict, _)| verdict).expect("effects")
        };
        // Every second delivery is of a type without an effect.
        assert_eq!(verdict(&["a", "b", "c"], 5, 0, false), Verdict::Pass);
        assert_eq!(verdict(&["a", "b"], 5, 0, false), Verdict::Fail);
        assert_eq!(verdict(&["a", "b"], 5, 0, true), Verdict::Inconclusive);
        assert_eq!(verdict(&["a", "b"], 5, 1, false), Verdict::Pass);
        let (_, reason) = judged(&["a", "b", "b"], 5, 0, true).expect("effects");
        assert_eq!(reason, "of the 3 effects of 5 acknowledged deliveries, 1 are lost and 1 doubled");
    }

    #[test]
    fn calls_that_carry_several_deliveries_are_not_counted() {
        let calls = |length| vec![Call { body_length: length, ..post("a") }, post("b")];
        let judged = |length| {
            let due = vec![Effects::of(&[post("control")])];
            let work = LoadWork {
                due,
                largest: 8,
                sent: 5,
                failed: 0,
                calls: calls(length),
                bodies_differ: true,
                unfinished: false,
            };
            work.judge().expect("effects").verdict
        };
        assert_eq!((judged(16), judged(17)), (Verdict::Fail, Verdict::Pass));
    }

    #[test]
    fn where_no_effect_can_be_seen_there_is_nothing_to_judge() {
        let due = vec![Effects::default()];
        let work =
            LoadWork { due, largest: 8, sent: 9, failed: 0, calls: vec![], bodies_differ: true, unfinished: false };
        assert!(work.judge().is_none());
    }
}
