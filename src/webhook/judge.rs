//! Verdicts: what an answer proves about a case.

use super::attempt::{Answer, SendFailure};
use crate::verdict::Verdict;

/// What an endpoint must do with a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Answer 2xx.
    Accepted,
    /// Refuse it as not genuine.
    Rejected,
}

/// Judges an answer; returns the verdict and why. A refusal proves something only where a genuine delivery was accepted
/// before: see [`super::Report::control_holds`].
pub fn judge(expectation: Expectation, outcome: &Result<Answer, SendFailure>) -> (Verdict, String) {
    match expectation {
        Expectation::Accepted => accepted(outcome),
        Expectation::Rejected => rejected(outcome),
    }
}

fn accepted(outcome: &Result<Answer, SendFailure>) -> (Verdict, String) {
    match outcome {
        Ok(answer) if (200..300).contains(&answer.status) => (Verdict::Pass, format!("answered {}", answer.status)),
        Ok(answer) if (300..400).contains(&answer.status) => {
            (Verdict::Fail, format!("answered {}: deliveries do not follow redirects", answer.status))
        }
        Ok(answer) => (Verdict::Fail, format!("answered {} where 2xx is due", answer.status)),
        Err(failure) => (Verdict::Fail, failure.to_string()),
    }
}

/// Only an answer that says "not genuine" is a rejection. A wrong path, a wrong method or a crash refuses everything.
fn rejected(outcome: &Result<Answer, SendFailure>) -> (Verdict, String) {
    let answer = match outcome {
        Ok(answer) => answer,
        Err(failure) => return (Verdict::Inconclusive, failure.to_string()),
    };
    match answer.status {
        200..=299 => (Verdict::Fail, format!("answered {}: it was taken as genuine", answer.status)),
        400 | 401 | 403 | 422 => (Verdict::Pass, format!("rejected with {}", answer.status)),
        500..=599 => (Verdict::Fail, format!("answered {}: it must refuse with 4xx, not break", answer.status)),
        status => {
            (Verdict::Inconclusive, format!("answered {status}, which does not say that the signature was checked"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn verdict(expectation: Expectation, status: u16) -> Verdict {
        let answer = Answer { status, headers: vec![], body: vec![], elapsed: Duration::ZERO };
        judge(expectation, &Ok(answer)).0
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
        assert_eq!(judge(Expectation::Rejected, &timeout).0, Verdict::Inconclusive);
    }

    #[test]
    fn acceptance_is_2xx() {
        assert_eq!(verdict(Expectation::Accepted, 204), Verdict::Pass);
        for status in [302, 400, 500] {
            assert_eq!(verdict(Expectation::Accepted, status), Verdict::Fail);
        }
    }
}
