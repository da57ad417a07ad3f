//! Faults of upstreams, and what an integration must make of them.

use std::time::Duration;

use super::effect::{Call, Reply};
use super::judge::Judgement;
use crate::manifest::vocabulary;
use crate::verdict::Verdict;

/// Calls that an integration may make for one delivery before it must leave the event to the next one.
const MOST_ATTEMPTS: usize = 10;
/// Longest that a call may wait for an answer while a delivery waits for it: a marketplace gives it up after 15 s.
const LONGEST_CALL: Duration = Duration::from_secs(15);
/// Longest that a call may wait where the delivery was answered before its work is done.
const LONGEST_CALL_LATER: Duration = Duration::from_secs(35);
/// Gaps that are shorter than this, in seconds, give nobody time to recover.
const AT_ONCE: f64 = 0.05;
/// What clocks and schedulers may take from a wait.
const SLACK: Duration = Duration::from_millis(50);

vocabulary! {
    /// What is wrong with an upstream.
    Fault, "fault" {
        /// 429 with `Retry-After` in seconds, once.
        RetryAfterSeconds = "retry-after-seconds",
        /// 429 with `Retry-After` as an HTTP date, once.
        RetryAfterDate = "retry-after-date",
        /// 503, three times.
        Unavailable = "unavailable",
        /// 503, for as long as the first delivery is worked on.
        Outage = "outage",
        /// 401 for the token in use; one that is fetched anew is taken.
        Unauthorized = "unauthorized",
        /// 400.
        BadRequest = "bad-request",
        /// 403.
        Forbidden = "forbidden",
        /// The connection is reset, once.
        Reset = "reset",
        /// No answer, once.
        Timeout = "timeout",
        /// An answer that is cut off, once.
        Truncated = "truncated",
        /// An answer that comes slowly, once.
        Slow = "slow",
    }
}

impl Fault {
    /// What it is, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Fault::RetryAfterSeconds => "429 with Retry-After in seconds",
            Fault::RetryAfterDate => "429 with Retry-After as a date",
            Fault::Unavailable => "503 three times",
            Fault::Outage => "503 until after the first delivery",
            Fault::Unauthorized => "401 until a token is fetched anew",
            Fault::BadRequest => "400",
            Fault::Forbidden => "403",
            Fault::Reset => "connection reset",
            Fault::Timeout => "no answer",
            Fault::Truncated => "answer cut off",
            Fault::Slow => "slow answer",
        }
    }

    /// How to mend a handler that fails.
    pub fn help(self) -> &'static str {
        match self {
            Fault::RetryAfterSeconds | Fault::RetryAfterDate => {
                "read Retry-After, in seconds and as a date, and make no call before its time has passed; answer the \
                 delivery with 503 where that takes too long"
            }
            Fault::Unavailable => "try again a few times, with gaps that grow and jitter, then answer 503",
            Fault::Outage => {
                "stop after a few attempts and answer 503, or keep the event in an outbox; mark an event as done only \
                 when its work is done"
            }
            Fault::Unauthorized => "fetch a new token once after 401, and never repeat a call with the refused one",
            Fault::BadRequest | Fault::Forbidden => "do not repeat a call that was refused: it will be refused again",
            Fault::Reset | Fault::Truncated => "try again after a broken connection, and count the effect once",
            Fault::Timeout => "give every call a time limit of some seconds, then try again",
            Fault::Slow => "read an answer as it comes, within a time limit, and do not repeat the call meanwhile",
        }
    }

    /// Whether the answer says for good that the call is wrong.
    fn is_final(self) -> bool {
        matches!(self, Fault::BadRequest | Fault::Forbidden)
    }
}

/// What was seen of one event under a fault.
#[derive(Debug, Clone)]
pub struct Observation {
    /// The fault.
    pub fault: Fault,
    /// Calls to the upstream in the order in which they came, token requests among them.
    pub calls: Vec<Call>,
    /// The deliveries of the event: when each was sent (on the stub's clock), and its status where it was answered.
    pub deliveries: Vec<(Duration, Option<u16>)>,
    /// Effects of one event without a fault.
    pub due: usize,
    /// When the time of `Retry-After` is over.
    pub not_before: Option<Duration>,
}

impl Observation {
    /// Judges what was seen.
    pub fn judge(&self) -> Judgement {
        let calls: Vec<&Call> = self.calls.iter().filter(|call| call.reply != Reply::Token).collect();
        let Some(faulted) = calls.iter().position(|call| !matches!(call.reply, Reply::Whole(200..=299))) else {
            return if self.fault == Fault::Slow && !calls.is_empty() {
                self.processed(&calls)
            } else {
                Judgement::inconclusive("no call reached the upstream while it had the fault")
            };
        };
        self.repeated(&calls, faulted)
            .or_else(|| self.too_early(&calls, faulted))
            .or_else(|| self.too_long(&calls, faulted))
            .or_else(|| self.too_many(&calls))
            .unwrap_or_else(|| self.processed(&calls))
    }

    /// Calls that were made again although the answer said that they must not be.
    fn repeated(&self, calls: &[&Call], faulted: usize) -> Option<Judgement> {
        let refused = calls[faulted];
        let again =
            calls[faulted + 1..].iter().filter(|call| (&call.method, &call.path) == (&refused.method, &refused.path));
        if self.fault.is_final() {
            let count = again.count();
            return Some(match count {
                0 => Judgement::pass("called once"),
                _ => Judgement::fail(format!("called {} times although the answer was final", count + 1)),
            });
        }
        if self.fault == Fault::Unauthorized {
            let first_delivery = |call: &&&Call| self.delivery_of(call) == self.delivery_of(refused);
            let same = again.filter(first_delivery).filter(|call| call.credential == refused.credential).count();
            if same > 0 {
                return Some(Judgement::fail(format!("repeated the call {same} times with the refused credential")));
            }
        }
        None
    }

    fn too_early(&self, calls: &[&Call], faulted: usize) -> Option<Judgement> {
        let over = self.not_before?;
        let early = calls[faulted + 1..].iter().find(|call| call.at + SLACK < over)?;
        let left = over.saturating_sub(early.at).as_secs_f64();
        Some(Judgement::fail(format!("called again {left:.1} s before the time of Retry-After had passed")))
    }

    fn too_long(&self, calls: &[&Call], faulted: usize) -> Option<Judgement> {
        let next = calls.get(faulted + 1).filter(|_| self.fault == Fault::Timeout)?;
        let waited = next.at.saturating_sub(calls[faulted].at);
        let answered = self.deliveries.first().is_some_and(|(_, status)| status.is_some_and(|status| status < 300));
        (waited > if answered { LONGEST_CALL_LATER } else { LONGEST_CALL }).then(|| {
            Judgement::fail(format!("waited {:.0} s for an answer: calls need a time limit", waited.as_secs_f64()))
        })
    }

    fn too_many(&self, calls: &[&Call]) -> Option<Judgement> {
        let most =
            (0..self.deliveries.len()).map(|index| calls.iter().filter(|call| self.delivery_of(call) == index).count());
        let most = most.max().unwrap_or(0);
        let allowed = MOST_ATTEMPTS * self.due.max(1);
        (most > allowed)
            .then(|| Judgement::fail(format!("called {most} times for one delivery: attempts must be bounded")))
    }

    /// The delivery during or after which a call came.
    fn delivery_of(&self, call: &Call) -> usize {
        self.deliveries.iter().rposition(|(sent, _)| *sent <= call.at).unwrap_or(0)
    }

    fn processed(&self, calls: &[&Call]) -> Judgement {
        let effects = calls.iter().filter(|call| call.has_effect()).count();
        let cut_off =
            calls.iter().filter(|call| call.is_unsafe() && matches!(call.reply, Reply::Truncated(200..=299))).count();
        let accepted =
            self.deliveries.iter().any(|(_, status)| status.is_some_and(|status| (200..300).contains(&status)));
        let attempts = calls.len();
        if effects > self.due {
            return Judgement::fail(format!("processed {effects} times where {} is due", self.due));
        }
        // A client that takes the status line for the answer has been told that its call succeeded.
        if effects + cut_off < self.due {
            return Judgement::fail(if accepted {
                "answered 2xx, and the work never reached the upstream".to_owned()
            } else {
                format!("never processed, although it was delivered {} times", self.deliveries.len())
            });
        }
        if !accepted {
            return Judgement::fail("processed, but no delivery was answered 2xx: it would be sent again and again");
        }
        self.paced(calls).unwrap_or_else(|| Judgement::pass(format!("processed once, after {attempts} calls")))
    }

    /// Gaps between the attempts of the first delivery: they must grow, and should be of a length of their own each time.
    fn paced(&self, calls: &[&Call]) -> Option<Judgement> {
        if !matches!(self.fault, Fault::Unavailable | Fault::Outage) {
            return None;
        }
        let times: Vec<_> = calls.iter().filter(|call| self.delivery_of(call) == 0).map(|call| call.at).collect();
        let gaps: Vec<f64> = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0]).as_secs_f64()).collect();
        let (Some(shortest), Some(longest)) =
            (gaps.iter().copied().reduce(f64::min), gaps.iter().copied().reduce(f64::max))
        else {
            return None;
        };
        let listed = || gaps.iter().map(|gap| format!("{gap:.2} s")).collect::<Vec<_>>().join(", ");
        if longest < AT_ONCE {
            return Some(Judgement::fail(format!("called again at once, {} times: leave gaps that grow", gaps.len())));
        }
        if gaps.len() < 2 {
            return None;
        }
        // Constant gaps differ by what a scheduler takes; jittered ones hardly ever agree so well.
        if longest - shortest < f64::max(0.02, shortest * 0.04) {
            return Some(Judgement::fail(format!("the gaps between attempts do not grow: {}", listed())));
        }
        let last = gaps.last().copied().unwrap_or_default();
        if last < gaps[0] {
            return Some(Judgement::new(
                Verdict::Warn,
                format!("one run cannot tell whether the gaps grow: {}", listed()),
            ));
        }
        let exact = |gap: f64, first: f64| {
            let ratio = gap / first;
            (ratio - ratio.round()).abs() < 0.04
        };
        if gaps.len() >= 4 && gaps.iter().all(|gap| exact(*gap, gaps[0])) {
            return Some(Judgement::new(Verdict::Warn, format!("the gaps seem to have no jitter: {}", listed())));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(at_ms: u64, reply: Reply, credential: &str) -> Call {
        Call {
            upstream: "claims".into(),
            method: "POST".into(),
            path: "/claims".into(),
            body_digest: "d".into(),
            body_length: 8,
            credential: Some(credential.into()),
            key: None,
            at: Duration::from_millis(at_ms),
            reply,
        }
    }

    fn seen(fault: Fault, calls: &[(u64, Reply)], deliveries: &[(u64, Option<u16>)]) -> Judgement {
        Observation {
            fault,
            calls: calls.iter().map(|&(at, reply)| call(at, reply, "token")).collect(),
            deliveries: deliveries.iter().map(|&(at, status)| (Duration::from_millis(at), status)).collect(),
            due: 1,
            not_before: matches!(fault, Fault::RetryAfterSeconds).then(|| Duration::from_secs(2)),
        }
        .judge()
    }

    const BUSY: Reply = Reply::Whole(503);
    const DONE: Reply = Reply::Whole(201);

    #[test]
    fn retries_with_growing_gaps_pass() {
        let calls = [(0, BUSY), (110, BUSY), (370, BUSY), (815, DONE)];
        assert_eq!(seen(Fault::Unavailable, &calls, &[(0, Some(204))]).verdict, Verdict::Pass);
    }

    #[test]
    fn constant_gaps_and_none_fail_and_exact_doubling_warns() {
        let constant = [(0, BUSY), (200, BUSY), (401, BUSY), (601, DONE)];
        assert_eq!(seen(Fault::Unavailable, &constant, &[(0, Some(204))]).verdict, Verdict::Fail);
        let at_once = [(0, BUSY), (1, BUSY), (2, BUSY), (3, DONE)];
        assert_eq!(seen(Fault::Unavailable, &at_once, &[(0, Some(204))]).verdict, Verdict::Fail);
        let doubling = [(0, BUSY), (200, BUSY), (600, BUSY), (1400, BUSY), (3000, DONE)];
        assert_eq!(seen(Fault::Outage, &doubling, &[(0, Some(204))]).verdict, Verdict::Warn);
    }

    #[test]
    fn a_promise_that_is_not_kept_fails() {
        let judged = seen(Fault::Unavailable, &[(0, BUSY), (100, BUSY)], &[(0, Some(202))]);
        assert!(judged.reason.contains("never reached"), "{}", judged.reason);
    }

    #[test]
    fn a_redelivery_may_finish_the_work() {
        let calls = [(0, BUSY), (100, BUSY), (300, BUSY), (5000, DONE)];
        assert_eq!(seen(Fault::Outage, &calls, &[(0, Some(503)), (4900, Some(204))]).verdict, Verdict::Pass);
        let twice = [(0, BUSY), (100, DONE), (5000, DONE)];
        assert_eq!(seen(Fault::Outage, &twice, &[(0, Some(503)), (4900, Some(204))]).verdict, Verdict::Fail);
    }

    #[test]
    fn calls_before_retry_after_fail() {
        let limited = Reply::Whole(429);
        assert_eq!(
            seen(Fault::RetryAfterSeconds, &[(0, limited), (300, DONE)], &[(0, Some(204))]).verdict,
            Verdict::Fail
        );
        assert_eq!(
            seen(Fault::RetryAfterSeconds, &[(0, limited), (2010, DONE)], &[(0, Some(204))]).verdict,
            Verdict::Pass
        );
    }

    #[test]
    fn final_answers_are_not_repeated() {
        let refused = Reply::Whole(400);
        assert_eq!(seen(Fault::BadRequest, &[(0, refused)], &[(0, Some(500))]).verdict, Verdict::Pass);
        assert_eq!(seen(Fault::BadRequest, &[(0, refused), (100, refused)], &[(0, Some(500))]).verdict, Verdict::Fail);
        let denied = Reply::Whole(401);
        assert_eq!(seen(Fault::Unauthorized, &[(0, denied), (100, denied)], &[(0, Some(500))]).verdict, Verdict::Fail);
    }

    #[test]
    fn without_a_call_nothing_is_decided() {
        assert_eq!(seen(Fault::Reset, &[], &[(0, Some(204))]).verdict, Verdict::Inconclusive);
    }
}
