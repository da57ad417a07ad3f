//! `Event -> SignedEvent -> Attempt -> Delivery -> Report`, against one endpoint.

mod bench;
mod cases;
mod recovery;
mod replay;
mod upstream;
mod work;

use std::time::Duration;

use url::Url;

use crate::adapters::clock::Clock;
use crate::adapters::integration::Launch;
use crate::adapters::project::Project;
use crate::certification::ScopeRequest;
use crate::error::{Error, Explain, Result};
use crate::event::{Event, EventType};
use crate::verdict::Verdict;
use crate::webhook::{
    Call, Case, CaseReport, Effects, Expectation, Ground, Judgement, Recovery, Report, Selection, SendFailure, Shown,
    Signer, Suite, plan,
};
use bench::{Bench, Program};

/// What is sent to an endpoint, and how long it may take to answer.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Event types, at least one.
    pub events: Vec<EventType>,
    /// Payload that is sent instead of samples.
    pub data: Option<Event>,
    /// Suites and cases.
    pub selection: Selection,
    /// Sign with ed25519 instead of HMAC.
    pub asymmetric: bool,
    /// Seed of payloads, ids and faults.
    pub seed: u64,
    /// Time for each answer.
    pub timeout: Duration,
}

/// The report on an integration that was started for it, with the end of what it wrote.
#[derive(Debug, Clone)]
pub struct Exercised {
    /// The verdicts.
    pub report: Report,
    /// The end of the integration's output.
    pub output: String,
    /// What it asked for at the marketplace's token endpoint.
    pub scopes: Vec<ScopeRequest>,
}

/// Told of each case as it ends.
pub type Watch<'a> = dyn FnMut(&CaseReport) + Send + 'a;

/// The suites that a project is tested with where none is named: those that need nothing to be declared.
pub const USUAL: [Suite; 3] = [Suite::Delivery, Suite::Signature, Suite::Robustness];

/// Deliveries in a row without an answer after which nothing more is sent: an endpoint that hangs would hold up every case
/// for the whole time limit.
const MOST_UNANSWERED: u32 = 3;

/// Runs the cases against an endpoint that is up. One that cannot be connected to is an error, not a verdict.
pub async fn endpoint(
    url: &Url,
    signer: &Signer,
    exercise: &Exercise,
    clock: &dyn Clock,
    watch: &mut Watch<'_>,
) -> Result<Report> {
    let cases = plan(&exercise.ground(signer, None, &[]), &exercise.selection).map_err(Error::usage)?;
    let mut bench = Bench::endpoint(url, signer, exercise, clock)?;
    run(&mut bench, &cases, watch).await
}

/// Starts the integration of a project with stubs in front of what it calls, runs the cases, and ends it.
pub async fn integration(
    project: &Project,
    launch: &Launch<'_>,
    exercise: &Exercise,
    clock: &dyn Clock,
    watch: &mut Watch<'_>,
) -> Result<Exercised> {
    let program = Program::new(project, *launch, exercise)?;
    let upstreams = program.upstream_names();
    let ground = exercise.ground(program.signer(), Some(program.old_signer()), &upstreams);
    let cases = plan(&ground, &exercise.selection).map_err(Error::usage)?;
    let mut bench = Bench::integration(program, exercise, clock).await?;
    let report = run(&mut bench, &cases, watch).await?;
    Ok(Exercised { report, output: bench.output(), scopes: bench.scope_requests() })
}

/// Starts the integration of a project, kills it again and again while deliveries keep coming, and sees what is left of its
/// work. `None` where no delivery has an effect that could be seen.
pub async fn recovery(
    project: &Project,
    launch: &Launch<'_>,
    exercise: &Exercise,
    clock: &dyn Clock,
) -> Result<Option<Recovery>> {
    let program = Program::new(project, *launch, exercise)?;
    let mut bench = Bench::integration(program, exercise, clock).await?;
    recovery::run(&mut bench).await
}

/// An integration that was started, with stubs in front of what it calls. Dropping it ends it.
pub struct Started<'a>(Bench<'a>);

/// Starts the integration of a project with stubs in front of what it calls.
pub async fn start<'a>(
    project: &'a Project,
    launch: &Launch<'a>,
    exercise: &'a Exercise,
    clock: &'a dyn Clock,
) -> Result<Started<'a>> {
    let program = Program::new(project, *launch, exercise)?;
    Ok(Started(Bench::integration(program, exercise, clock).await?))
}

impl Started<'_> {
    /// Its webhook endpoint.
    pub fn url(&self) -> &Url {
        self.0.sender().url()
    }

    /// Who signs for it.
    pub fn signer(&self) -> &Signer {
        self.0.signer()
    }

    /// Delivers events of each type; the effects of one of each, in order.
    pub async fn effects_of(&self, kinds: &[EventType]) -> Vec<Effects> {
        work::due(&self.0, kinds).await
    }

    /// Length of the largest body that had an effect until now, in bytes.
    pub fn largest_effect(&self) -> usize {
        let calls = replay::seen(&self.0);
        calls.iter().filter(|call| call.has_effect()).map(|call| call.body_length).max().unwrap_or_default()
    }

    /// How many calls it has made.
    pub fn calls(&self) -> usize {
        replay::seen(&self.0).len()
    }

    /// Waits until so many effects are done after the first `from` calls; the calls, and whether they still kept coming when
    /// the time to wait was over.
    pub async fn work_after(&self, from: usize, due: usize) -> (Vec<Call>, bool) {
        work::done(&self.0, from, due).await
    }
}

/// Every case that there is on a ground, for listing.
pub fn every_case(project: Option<&Project>, signer: &Signer, exercise: &Exercise) -> Vec<Case> {
    let upstreams = project.map(bench::upstream_names).unwrap_or_default();
    let old = project.map(|_| signer);
    let selection = Selection { suites: Suite::ALL.to_vec(), ..Selection::default() };
    plan(&exercise.ground(signer, old, &upstreams), &selection).unwrap_or_default()
}

async fn run(bench: &mut Bench<'_>, cases: &[Case], watch: &mut Watch<'_>) -> Result<Report> {
    let mut report = Report::new(bench.url(), bench.signer().scheme(), bench.exercise().seed);
    let mut unanswered = 0;
    for case in cases.iter().filter(|case| case.suite != Suite::Upstream) {
        let shown = match not_sent(&report, case, unanswered) {
            Some(why) => why.into(),
            None => cases::run(bench, case).await?,
        };
        match shown.delivery.as_ref().map(|delivery| &delivery.outcome) {
            Some(Err(SendFailure::Timeout(_))) => unanswered += 1,
            Some(_) => unanswered = 0,
            None => {}
        }
        refuse_unreachable(&report, &shown, bench.url())?;
        add(&mut report, bench, case, shown, watch);
    }
    let faulted: Vec<_> = cases.iter().filter(|case| case.suite == Suite::Upstream).collect();
    for (case, shown) in upstream::run(bench, &faulted, report.control_holds()).await? {
        add(&mut report, bench, case, shown, watch);
    }
    Ok(report)
}

/// Why a case is not sent.
fn not_sent(report: &Report, case: &Case, unanswered: u32) -> Option<Judgement> {
    if unanswered >= MOST_UNANSWERED {
        let reason = format!("not sent: the last {MOST_UNANSWERED} deliveries were not answered in time");
        return Some(Judgement::new(Verdict::NotRun, reason));
    }
    let tells = report.cases.is_empty() || report.control_holds() || case.expectation == Expectation::Accepted;
    (!tells).then(|| Judgement::inconclusive("not sent: nothing genuine is accepted, so a refusal proves nothing"))
}

fn add(report: &mut Report, bench: &Bench<'_>, case: &Case, mut shown: Shown, watch: &mut Watch<'_>) {
    // A case that was asked for by its name and has no object here was not run.
    let asked_for = bench.exercise().selection.cases.contains(&case.id);
    if asked_for && shown.judgement.verdict == Verdict::NotApplicable {
        shown.judgement.verdict = Verdict::NotRun;
    }
    let shown = &shown;
    let case = CaseReport::of(case, shown, bench.url(), bench.exercise().seed, bench.signer());
    watch(&case);
    report.add(case);
}

/// An endpoint that the first delivery cannot connect to is no endpoint.
fn refuse_unreachable(report: &Report, shown: &Shown, url: &str) -> Result<()> {
    let outcome = shown.delivery.as_ref().map(|delivery| &delivery.outcome);
    match outcome {
        Some(Err(SendFailure::Connect(cause))) if report.cases.is_empty() => {
            Err(Error::unreachable(format!("the endpoint {url} cannot be reached: {cause}"))
                .hint("start the integration first, or leave the URL out to have it started"))
        }
        _ => Ok(()),
    }
}

impl Exercise {
    /// Whole suites with samples of `events`, under a seed that no run had before.
    pub fn of_suites(events: Vec<EventType>, suites: &[Suite], timeout: Duration) -> Result<Self> {
        let selection = Selection { suites: suites.to_vec(), ..Selection::default() };
        Ok(Exercise { events, data: None, selection, asymmetric: false, seed: fresh_seed()?, timeout })
    }

    /// Name of the type that is sent first.
    pub fn name(&self) -> &str {
        match &self.data {
            Some(data) => &data.name,
            None => self.events.first().map_or("webhook.ping", |kind| kind.as_str()),
        }
    }

    /// Makes the cases' ground.
    fn ground<'a>(&'a self, signer: &'a Signer, old_signer: Option<&'a Signer>, upstreams: &'a [String]) -> Ground<'a> {
        Ground { events: &self.events, data: self.data.as_ref(), signer, old_signer, upstreams, seed: self.seed }
    }
}

/// A seed that no run had before: a handler that remembers ids must not pass by what an earlier run left behind.
pub fn fresh_seed() -> Result<u64> {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).or_bug(|| "the system gives no randomness".into())?;
    Ok(u32::from_le_bytes(bytes).into())
}

/// The event types of a manifest.
pub fn subscribed_events(project: &Project) -> Vec<EventType> {
    let names = project.manifest.webhook.iter().flat_map(|webhook| &webhook.events);
    names.filter_map(|name| EventType::parse(name).ok()).collect()
}

/// A case that has no object here.
fn not_applicable(reason: &str) -> Shown {
    Judgement::new(Verdict::NotApplicable, reason).into()
}
