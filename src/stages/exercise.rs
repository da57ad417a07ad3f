//! `Event -> SignedEvent -> Attempt -> Delivery -> Report`, against one endpoint.

use std::time::Duration;

use url::Url;

use crate::adapters::clock::Clock;
use crate::adapters::integration::{self, Launch};
use crate::adapters::project::Project;
use crate::adapters::webhook_sender::WebhookSender;
use crate::error::{Error, Explain, Result};
use crate::event::EventType;
use crate::webhook::{Expectation, Report, SendFailure, SigningSecret, core_suite};

/// What is sent to an endpoint, and how long it may take to answer.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Event types, at least one.
    pub events: Vec<EventType>,
    /// Seed of payloads and ids.
    pub seed: u64,
    /// Time for each answer.
    pub timeout: Duration,
}

/// The report on an integration that was started for it, with the end of what it wrote.
#[derive(Debug)]
pub struct Exercised {
    /// The verdicts.
    pub report: Report,
    /// The end of the integration's output.
    pub output: String,
}

/// Runs the core suite against an endpoint that is up. One that cannot be connected to is an error, not a verdict.
pub async fn endpoint(url: &Url, secret: &SigningSecret, exercise: &Exercise, clock: &dyn Clock) -> Result<Report> {
    let cases =
        core_suite(&exercise.events, secret, exercise.seed).or_bug(|| "the system gives no randomness".into())?;
    let sender = WebhookSender::new(url.clone(), exercise.timeout)?;
    let mut report = Report::new(url.as_str(), exercise.seed);
    for case in &cases {
        if case.expectation == Expectation::Rejected && !report.control_holds() {
            report.skip(case);
            continue;
        }
        let delivery = sender.deliver(case.event.attempt(clock.now().as_second())).await;
        if let (true, Err(SendFailure::Connect(cause))) = (report.cases.is_empty(), &delivery.outcome) {
            return Err(Error::unreachable(format!("the endpoint {url} cannot be reached: {cause}"))
                .hint("start the integration first, or leave the URL out to have it started"));
        }
        report.add(case, &delivery, secret);
    }
    Ok(report)
}

/// Starts the integration of a project, runs the core suite against it, and ends it.
pub async fn integration(
    project: &Project,
    launch: &Launch<'_>,
    exercise: &Exercise,
    clock: &dyn Clock,
) -> Result<Exercised> {
    let running = integration::start(project, launch).await?;
    let report = endpoint(&running.endpoint, &running.secret, exercise, clock).await?;
    Ok(Exercised { report, output: running.secret.mask(&running.output()) })
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
