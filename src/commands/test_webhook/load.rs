//! `test-webhook --rate` and `--saturate`: latencies under load, and the highest rate.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use url::Url;

use crate::adapters::load::{LoadEndpoint, LoadRunner};
use crate::cli::LoadArgs;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::event::EventType;
use crate::stages::exercise::Exercise;
use crate::stages::load::{self, Measured, Saturation, Search};
use crate::ui::{Page, Render, Table, Tone};
use crate::verdict::Verdict;
use crate::webhook::{Gate, LatencySummary, LoadBodies, LoadReport, LoadSigner, duration_text};

/// What is sent, and how long its answer may take.
pub(super) struct Load {
    /// Bodies that take turns.
    pub(super) bodies: LoadBodies,
    /// Signs each message.
    pub(super) signer: Arc<dyn LoadSigner>,
    /// Time for each answer.
    pub(super) timeout: Duration,
}

/// What an endpoint showed under load.
#[derive(Serialize)]
pub(super) struct Loaded {
    endpoint: String,
    #[serde(flatten)]
    result: Outcome,
}

#[derive(Serialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
enum Outcome {
    Rate(Box<Measured>),
    Saturate(Box<Saturation>),
}

/// Puts the endpoint at `url` under load.
pub(super) async fn run(context: &Context, url: &Url, load: Load, args: &LoadArgs) -> Result<Loaded> {
    let endpoint = LoadEndpoint::resolve(url).await?;
    let Load { bodies, signer, timeout } = load;
    let runner = LoadRunner { endpoint, bodies, signer, clock: Arc::clone(&context.clock) };
    let (duration, connections) = (args.duration, usize::from(args.connections));
    let result = match args.rate {
        Some(rate) => {
            let plan = load::plan_at(rate, duration, connections, timeout);
            context.output.status("Sending", format!("{rate} deliveries a second to {url}"));
            Outcome::Rate(Box::new(load::measure(&runner, plan, args.gate).await?))
        }
        None if args.saturate => {
            let gate = args.gate.unwrap_or(Gate::STANDARD);
            context.output.status("Seeking", format!("the highest rate that {url} bears with {gate}"));
            let search = Search { gate, connections, duration, timeout };
            Outcome::Saturate(Box::new(load::saturate(&runner, search).await?))
        }
        None => {
            return Err(Error::usage("nothing says how much load to send")
                .hint("name deliveries a second with --rate, or add --saturate"));
        }
    };
    Ok(Loaded { endpoint: url.to_string(), result })
}

/// The given payload, or samples of the first event type, as large as the arguments ask for.
pub(super) fn bodies(exercise: &Exercise, args: &LoadArgs) -> Result<LoadBodies> {
    if let Some(data) = &exercise.data {
        return Ok(LoadBodies::fixed(data.body.to_vec()));
    }
    let kind = exercise.events.first().copied().unwrap_or(EventType::WebhookPing);
    let seed = exercise.seed;
    let size = args.body_size.map(|size| usize::try_from(size).unwrap_or(usize::MAX));
    LoadBodies::samples(kind, seed, size)
        .map_err(|why| Error::usage(why).hint("leave --body-size out to send samples as they are"))
}

impl Render for Loaded {
    fn schema(&self) -> &'static str {
        "proveniq.test-webhook.load/1"
    }

    fn human(&self, page: &mut Page) {
        match &self.result {
            Outcome::Rate(measured) => {
                heading(page, &self.endpoint, &measured.report);
                run_of(page, measured);
            }
            Outcome::Saturate(saturation) => {
                heading(page, &self.endpoint, &saturation.maximum);
                page.gap();
                counts(page, &saturation.maximum);
                let mut table = Table::new(&["RATE", saturation.gate.to_string().as_str(), "WHY"]);
                for step in &saturation.steps {
                    let verdict = (tone_of(step.verdict), step.verdict.to_string());
                    table.row([(Tone::Plain, step.rate.to_string()), verdict, (Tone::Plain, step.reason.clone())]);
                }
                page.gap().block(&table.render()).gap();
                match &saturation.highest {
                    Some(measured) => {
                        let rate = measured.report.rate.unwrap_or_default();
                        page.toned(
                            Tone::Good,
                            format!("{rate} a second is the highest rate that kept {}", saturation.gate),
                        );
                        run_of(page, measured);
                    }
                    None => drop(page.toned(Tone::Bad, format!("no rate kept {}", saturation.gate))),
                }
            }
        }
    }

    /// A gate decides where there is one. Without one, a delivery that failed is a no: it was asked for and did not arrive.
    fn verdict(&self) -> Option<Kind> {
        match &self.result {
            Outcome::Rate(measured) => match &measured.gate {
                Some(gate) => kind_of(gate.verdict),
                None => (measured.report.failed > 0).then_some(Kind::Negative),
            },
            Outcome::Saturate(saturation) if saturation.highest.is_some() => None,
            Outcome::Saturate(saturation) => {
                let undecided = |verdict: Verdict| verdict == Verdict::Inconclusive;
                let nothing_came = saturation.maximum.delivered == 0;
                let failed = nothing_came || saturation.steps.iter().any(|step| !undecided(step.verdict));
                Some(if failed { Kind::Negative } else { Kind::Inconclusive })
            }
        }
    }

    fn hints(&self) -> Vec<String> {
        match self.verdict() {
            Some(Kind::Inconclusive) => vec!["more deliveries narrow it: make --duration longer".to_owned()],
            _ => Vec::new(),
        }
    }
}

fn heading(page: &mut Page, endpoint: &str, report: &LoadReport) {
    let what = match report.rate {
        Some(rate) => format!("{rate} deliveries a second"),
        None => "as many deliveries as it takes".to_owned(),
    };
    let (duration, connections) = (duration_text(report.duration), report.connections);
    page.toned(Tone::Strong, format!("{endpoint}: {what} for {duration} over {connections} connections"));
}

fn run_of(page: &mut Page, measured: &Measured) {
    if let Some(latency) = &measured.report.latency {
        page.gap().block(&percentiles(latency));
    }
    page.gap();
    counts(page, &measured.report);
    if let Some(gate) = &measured.gate {
        page.toned(tone_of(gate.verdict), format!("{} {}: {}", gate.gate, gate.verdict, gate.reason));
    }
}

fn counts(page: &mut Page, report: &LoadReport) {
    let LoadReport { due, delivered, failed, delivered_per_second, .. } = report;
    page.line(format!("{due} due, {delivered} delivered ({delivered_per_second} a second), {failed} failed"));
    for (kind, count) in &report.errors {
        page.toned(Tone::Bad, format!("  {kind} {count}"));
    }
    if report.resent > 0 {
        page.line(format!("  {} sent once more, since the endpoint had closed their connection", report.resent));
    }
}

fn percentiles(latency: &LatencySummary) -> String {
    let mut table = Table::new(&["LATENCY", "", ""]);
    let interval = latency.p95_interval.map_or_else(String::new, |interval| {
        format!("95 % confidence: {} to {}", duration_text(interval.low), duration_text(interval.high))
    });
    let LatencySummary { p50, p90, p95, p99, p99_9, max, .. } = *latency;
    for (name, value, note) in [
        ("p50", p50, ""),
        ("p90", p90, ""),
        ("p95", p95, interval.as_str()),
        ("p99", p99, ""),
        ("p99.9", p99_9, ""),
        ("max", max, ""),
    ] {
        table.row([(Tone::Plain, name.to_owned()), (Tone::Plain, duration_text(value)), (Tone::Dim, note.to_owned())]);
    }
    table.render()
}

fn kind_of(verdict: Verdict) -> Option<Kind> {
    match verdict {
        Verdict::Pass => None,
        Verdict::Inconclusive => Some(Kind::Inconclusive),
        _ => Some(Kind::Negative),
    }
}

fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Pass => Tone::Good,
        Verdict::Inconclusive => Tone::Warn,
        _ => Tone::Bad,
    }
}
