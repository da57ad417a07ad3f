//! What a run of a suite came to: one model for people, JSON and certification.

use serde::Serialize;

use super::attempt::Delivery;
use super::judge::{Expectation, judge};
use super::secret::SigningSecret;
use super::suite::Case;
use crate::error::Kind;
use crate::verdict::Verdict;

/// Longest part of a body that a report repeats, in bytes.
const EXCERPT: usize = 2048;

/// The verdicts of a run, in the order in which the cases ran.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Endpoint that was judged.
    pub endpoint: String,
    /// Seed that reproduces the payloads and ids.
    pub seed: u64,
    /// Counts by verdict.
    pub summary: Summary,
    /// Each case.
    pub cases: Vec<CaseReport>,
}

/// Counts by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Cases that hold.
    pub passed: usize,
    /// Cases that do not hold.
    pub failed: usize,
    /// Cases without an answer to go by.
    pub inconclusive: usize,
    /// Cases that could not be run.
    pub not_run: usize,
}

/// One judged case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseReport {
    /// Stable identifier.
    pub id: String,
    /// What the case does.
    pub title: String,
    /// What was due.
    pub expectation: Expectation,
    /// What it came to.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Milliseconds to the end of the answer, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// How to mend the handler; only where the case did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'static str>,
    /// What was sent and answered; only where the case did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
}

/// A request and its answer, bodies cut to 2 KiB and shown as text.
#[derive(Debug, Clone, Serialize)]
pub struct Exchange {
    /// Headers as sent.
    pub request_headers: Vec<(String, String)>,
    /// Body as sent.
    pub request_body: String,
    /// Status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_status: Option<u16>,
    /// Headers of the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub response_headers: Vec<(String, String)>,
    /// Body of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_body: Option<String>,
}

impl Report {
    /// Starts an empty report.
    pub fn new(endpoint: &str, seed: u64) -> Self {
        Report { endpoint: endpoint.to_owned(), seed, summary: Summary::default(), cases: Vec::new() }
    }

    /// Judges a delivery and adds the case. `secret` is taken out of what the endpoint answered.
    pub fn add(&mut self, case: &Case, delivery: &Delivery, secret: &SigningSecret) {
        let (verdict, reason) = judge(case.expectation, &delivery.outcome);
        let passed = verdict == Verdict::Pass;
        *self.summary.count_of(verdict) += 1;
        self.cases.push(CaseReport {
            id: case.id.clone(),
            title: case.title.clone(),
            expectation: case.expectation,
            verdict,
            reason,
            duration_ms: delivery.outcome.as_ref().ok().map(|answer| answer.elapsed.as_secs_f64() * 1e3),
            help: (!passed).then_some(case.help),
            exchange: (!passed).then(|| Exchange::of(delivery, secret)),
        });
    }

    /// Adds a case that is not sent: without a genuine delivery that is accepted, a refusal proves nothing.
    pub fn skip(&mut self, case: &Case) {
        self.summary.inconclusive += 1;
        self.cases.push(CaseReport {
            id: case.id.clone(),
            title: case.title.clone(),
            expectation: case.expectation,
            verdict: Verdict::Inconclusive,
            reason: "not sent: nothing genuine is accepted, so a refusal proves nothing".to_owned(),
            duration_ms: None,
            help: None,
            exchange: None,
        });
    }

    /// The kind of end: any failure is a no, else anything without an answer is inconclusive.
    pub fn kind(&self) -> Option<Kind> {
        match self.summary {
            Summary { failed, .. } if failed > 0 => Some(Kind::Negative),
            Summary { inconclusive: 0, not_run: 0, .. } => None,
            Summary { .. } => Some(Kind::Inconclusive),
        }
    }

    /// The cases that were due to end in `expectation`.
    pub fn cases_expecting(&self, expectation: Expectation) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(move |case| case.expectation == expectation)
    }

    /// The positive control: the genuine delivery of the type that the forgeries imitate, which is the first case.
    pub fn control_holds(&self) -> bool {
        self.cases.first().is_some_and(|case| case.verdict == Verdict::Pass)
    }
}

impl Summary {
    fn count_of(&mut self, verdict: Verdict) -> &mut usize {
        match verdict {
            Verdict::Pass | Verdict::Warn | Verdict::NotApplicable => &mut self.passed,
            Verdict::Fail => &mut self.failed,
            Verdict::Inconclusive => &mut self.inconclusive,
            Verdict::NotRun => &mut self.not_run,
        }
    }
}

impl Exchange {
    fn of(delivery: &Delivery, secret: &SigningSecret) -> Self {
        let attempt = &delivery.attempt;
        let answer = delivery.outcome.as_ref().ok();
        Exchange {
            request_headers: attempt.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            request_body: excerpt(&attempt.body),
            response_status: answer.map(|answer| answer.status),
            response_headers: answer
                .map(|answer| answer.headers.iter().map(|(name, value)| (name.clone(), secret.mask(value))).collect())
                .unwrap_or_default(),
            response_body: answer.map(|answer| secret.mask(&excerpt(&answer.body))),
        }
    }
}

fn excerpt(body: &[u8]) -> String {
    let cut = &body[..body.len().min(EXCERPT)];
    let more = if body.len() > EXCERPT { "…" } else { "" };
    format!("{}{more}", String::from_utf8_lossy(cut))
}
