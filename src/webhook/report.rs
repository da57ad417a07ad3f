//! What a run came to: one model for people, JSON, `JUnit` and certification.

use serde::Serialize;

use super::attempt::Delivery;
use super::excerpt::Excerpt;
use super::judge::{Expectation, Judgement};
use super::scheme::Scheme;
use super::signer::Signer;
use super::suite::{Case, Suite};
use crate::error::Kind;
use crate::verdict::Verdict;

/// The verdicts of a run, in the order in which the cases ended.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Endpoint that was judged.
    pub endpoint: String,
    /// How deliveries were signed.
    pub scheme: Scheme,
    /// Seed that reproduces the payloads, ids and faults.
    pub seed: u64,
    /// Counts by verdict.
    pub summary: Summary,
    /// Each case.
    pub cases: Vec<CaseReport>,
}

/// Counts by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Cases that hold, warnings among them.
    pub passed: usize,
    /// Cases that do not hold.
    pub failed: usize,
    /// Cases without an answer to go by.
    pub inconclusive: usize,
    /// Cases that could not be run.
    pub not_run: usize,
    /// Cases that hold but want attention.
    pub warnings: usize,
}

/// One judged case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseReport {
    /// Stable identifier.
    pub id: String,
    /// The suite it belongs to.
    pub suite: Suite,
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
    pub exchange: Option<Excerpt>,
    /// A command line that sends the case again; only where the case did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reproduce: Option<String>,
}

/// What a case showed: the judgement, and the delivery that tells most.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The judgement.
    pub judgement: Judgement,
    /// The delivery that tells most.
    pub delivery: Option<Delivery>,
}

impl From<Judgement> for Shown {
    fn from(judgement: Judgement) -> Self {
        Shown { judgement, delivery: None }
    }
}

impl CaseReport {
    /// Makes the report of a case against the endpoint at `url`. The signer's secrets are taken out of foreign words.
    pub fn of(case: &Case, shown: &Shown, url: &str, seed: u64, signer: &Signer) -> Self {
        let verdict = shown.judgement.verdict;
        let telling = matches!(verdict, Verdict::Fail | Verdict::Warn | Verdict::Inconclusive);
        let delivery = shown.delivery.as_ref();
        let elapsed = delivery.and_then(|delivery| delivery.outcome.as_ref().ok()).map(|answer| answer.elapsed);
        let again = || format!("proveniq test-webhook {url} --case {} --seed {seed}", case.id);
        let reproduce = |delivery: &Delivery| super::curl::command(url, &delivery.attempt).unwrap_or_else(again);
        CaseReport {
            id: case.id.clone(),
            suite: case.suite,
            title: case.title.clone(),
            expectation: case.expectation,
            verdict,
            reason: signer.mask(&shown.judgement.reason),
            duration_ms: elapsed.map(|elapsed| elapsed.as_secs_f64() * 1e3),
            help: (telling && (delivery.is_some() || verdict == Verdict::Fail)).then_some(case.help),
            exchange: delivery.filter(|_| telling).map(|delivery| Excerpt::of(delivery, signer)),
            reproduce: delivery.filter(|_| telling).map(reproduce),
        }
    }
}

impl Report {
    /// Starts an empty report.
    pub fn new(endpoint: &str, scheme: Scheme, seed: u64) -> Self {
        Report { endpoint: endpoint.to_owned(), scheme, seed, summary: Summary::default(), cases: Vec::new() }
    }

    /// Adds a case.
    pub fn add(&mut self, case: CaseReport) {
        self.summary.warnings += usize::from(case.verdict == Verdict::Warn);
        *self.summary.count_of(case.verdict) += 1;
        self.cases.push(case);
    }

    /// The kind of end: any failure is a no, else anything without an answer is inconclusive.
    pub fn kind(&self) -> Option<Kind> {
        match self.summary {
            Summary { failed, .. } if failed > 0 => Some(Kind::Negative),
            Summary { inconclusive: 0, not_run: 0, .. } => None,
            Summary { .. } => Some(Kind::Inconclusive),
        }
    }

    /// The cases of a suite.
    pub fn cases_of(&self, suite: Suite) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(move |case| case.suite == suite)
    }

    /// The positive control, which is the first case.
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
