//! Verdicts: what an answer proves about a case.

use super::attempt::{Answer, SendFailure};
use super::trace::stack_trace;
use crate::verdict::Verdict;

/// What an endpoint must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Answer 2xx.
    Accepted,
    /// Refuse it as not genuine.
    Rejected,
    /// Refuse it as not genuine; one that is taken is only warned of, since widely used libraries take it.
    Discouraged,
    /// Refuse what it says with 4xx.
    Refused,
    /// Answer 2xx or 4xx.
    Answered,
    /// Answer 2xx or 4xx, or close the connection.
    AnsweredOrClosed,
    /// Live on; no answer is due.
    Unharmed,
    /// Do nothing again that it did before.
    NoEffectTwice,
    /// Have done its work once in the end.
    ProcessedOnce,
}

/// A verdict and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in a few words.
    pub reason: String,
}

impl Judgement {
    /// Makes a judgement.
    pub fn new(verdict: Verdict, reason: impl Into<String>) -> Self {
        Judgement { verdict, reason: reason.into() }
    }

    /// Holds.
    pub fn pass(reason: impl Into<String>) -> Self {
        Self::new(Verdict::Pass, reason)
    }

    /// Does not hold.
    pub fn fail(reason: impl Into<String>) -> Self {
        Self::new(Verdict::Fail, reason)
    }

    /// Ran without an answer to go by.
    pub fn inconclusive(reason: impl Into<String>) -> Self {
        Self::new(Verdict::Inconclusive, reason)
    }
}

/// Judges an answer. A refusal proves something only where a genuine delivery was accepted before: see
/// [`super::Report::control_holds`]. An answer that shows a stack trace fails whatever was due.
pub fn judge(expectation: Expectation, outcome: &Result<Answer, SendFailure>) -> Judgement {
    if let Some(trace) = outcome.as_ref().ok().and_then(stack_trace) {
        return Judgement::fail(format!("the answer shows a stack trace: {trace}"));
    }
    match (expectation, outcome) {
        (Expectation::Unharmed, _) => Judgement::pass("lived on"),
        (Expectation::AnsweredOrClosed, Err(SendFailure::Broken(_))) => {
            Judgement::pass("closed the connection instead of reading on")
        }
        (Expectation::Rejected | Expectation::Discouraged, Err(failure)) => {
            Judgement::inconclusive(failure.to_string())
        }
        (_, Err(failure)) => Judgement::fail(failure.to_string()),
        (_, Ok(answer)) => by_status(expectation, answer.status),
    }
}

fn by_status(expectation: Expectation, status: u16) -> Judgement {
    match expectation {
        Expectation::Accepted => accepted(status),
        Expectation::Discouraged if (200..300).contains(&status) => Judgement::new(
            Verdict::Warn,
            format!("answered {status}: it should be refused, as widely used libraries do not"),
        ),
        Expectation::Rejected | Expectation::Discouraged => rejected(status),
        Expectation::Refused => refused(status),
        _ => answered(status),
    }
}

fn accepted(status: u16) -> Judgement {
    match status {
        200..=299 => Judgement::pass(format!("answered {status}")),
        300..=399 => Judgement::fail(format!("answered {status}: deliveries do not follow redirects")),
        _ => Judgement::fail(format!("answered {status} where 2xx is due")),
    }
}

/// Only an answer that says "not genuine" is a rejection. A wrong path, a wrong method or a crash refuses everything.
fn rejected(status: u16) -> Judgement {
    match status {
        200..=299 => Judgement::fail(format!("answered {status}: it was taken as genuine")),
        400 | 401 | 403 | 422 => Judgement::pass(format!("rejected with {status}")),
        500..=599 => Judgement::fail(format!("answered {status}: it must refuse with 4xx, not break")),
        _ => Judgement::inconclusive(format!("answered {status}, which does not say that the signature was checked")),
    }
}

/// A refusal of content: 4xx, but for those that are about something else.
fn refused(status: u16) -> Judgement {
    match status {
        200..=299 => Judgement::fail(format!("answered {status}: what cannot be read was taken as done")),
        404 | 405 | 408 | 410 | 429 | 300..=399 => {
            Judgement::inconclusive(format!("answered {status}, which does not say that the content was looked at"))
        }
        400..=499 => Judgement::pass(format!("refused with {status}")),
        _ => Judgement::fail(format!("answered {status}: it must refuse with 4xx, not break")),
    }
}

fn answered(status: u16) -> Judgement {
    match status {
        200..=299 | 400..=499 => Judgement::pass(format!("answered {status}")),
        300..=399 => Judgement::inconclusive(format!("answered {status}: deliveries do not follow redirects")),
        _ => Judgement::fail(format!("answered {status}: it must answer 2xx or 4xx, not break")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn verdict(expectation: Expectation, status: u16) -> Verdict {
        let answer = Answer { status, headers: vec![], body: vec![], elapsed: Duration::ZERO };
        judge(expectation, &Ok(answer)).verdict
    }

    #[test]
    fn only_a_refusal_counts_as_rejected() {
        for status in [400, 401, 403, 422] {
            assert_eq!(verdict(Expectation::Rejected, status), Verdict::Pass, "{status}");
        }
        for status in [404, 405, 408, 410, 429, 301] {
            assert_eq!(verdict(Expectation::Rejected, status), Verdict::Inconclusive, "{status}");
        }
        for status in [200, 204, 500, 503] {
            assert_eq!(verdict(Expectation::Rejected, status), Verdict::Fail, "{status}");
        }
        let timeout = Err(SendFailure::Timeout(Duration::from_secs(15)));
        assert_eq!(judge(Expectation::Rejected, &timeout).verdict, Verdict::Inconclusive);
    }

    #[test]
    fn what_widely_used_libraries_take_is_only_warned_of() {
        assert_eq!(verdict(Expectation::Discouraged, 204), Verdict::Warn);
        assert_eq!(verdict(Expectation::Discouraged, 401), Verdict::Pass);
        assert_eq!(verdict(Expectation::Discouraged, 500), Verdict::Fail);
    }

    #[test]
    fn acceptance_is_2xx() {
        assert_eq!(verdict(Expectation::Accepted, 204), Verdict::Pass);
        for status in [302, 400, 500] {
            assert_eq!(verdict(Expectation::Accepted, status), Verdict::Fail);
        }
    }

    #[test]
    fn content_that_cannot_be_read_is_refused_with_4xx() {
        for (status, due) in [(400, Verdict::Pass), (413, Verdict::Pass), (404, Verdict::Inconclusive)] {
            assert_eq!(verdict(Expectation::Refused, status), due, "{status}");
        }
        for status in [200, 500] {
            assert_eq!(verdict(Expectation::Refused, status), Verdict::Fail, "{status}");
        }
    }

    #[test]
    fn a_stack_trace_fails_whatever_was_due() {
        let body = b"Traceback (most recent call last):\n  File \"x.py\", line 3, in f".to_vec();
        let answer = Answer { status: 400, headers: vec![], body, elapsed: Duration::ZERO };
        assert_eq!(judge(Expectation::Rejected, &Ok(answer)).verdict, Verdict::Fail);
    }
}
