//! `test-webhook`: events, deliveries, verdicts.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde::Serialize;
use url::Url;

use crate::adapters::integration::{self, Launch};
use crate::adapters::project::Project;
use crate::cli::TestWebhookArgs;
use crate::context::Context;
use crate::error::{Error, Explain, Kind, Result};
use crate::event::EventType;
use crate::stages::exercise::{self, Exercise, Exercised};
use crate::stages::session;
use crate::ui::{Page, Render, Table, Tone};
use crate::verdict::Verdict;
use crate::webhook::{CaseReport, Report, SigningSecret};

/// What the endpoint showed.
#[derive(Serialize)]
pub(super) struct Tested {
    #[serde(flatten)]
    report: Report,
    /// The end of the integration's output, where a case did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

/// Tests the endpoint at a URL, or the integration of the project.
pub(super) async fn run(context: &Context, args: TestWebhookArgs) -> Result<Tested> {
    let exercised = match &args.url {
        Some(url) => test_endpoint(context, &args, url).await?,
        None => test_project(context, &args).await?,
    };
    let failed = exercised.report.kind().is_some();
    Ok(Tested { report: exercised.report, output: Some(exercised.output).filter(|text| failed && !text.is_empty()) })
}

async fn test_endpoint(context: &Context, args: &TestWebhookArgs, url: &str) -> Result<Exercised> {
    let project = Project::find_optional(&context.cwd)?;
    let url = endpoint_url(url)?;
    let secret = signing_secret(context, args, project.as_ref())?;
    let exercise = exercise_of(args, project.as_ref())?;
    context.output.status("Testing", url.as_str());
    let report = exercise::endpoint(&url, &secret, &exercise, &*context.clock).await?;
    Ok(Exercised { report, output: String::new() })
}

async fn test_project(context: &Context, args: &TestWebhookArgs) -> Result<Exercised> {
    if args.secret_env.is_some() {
        return Err(Error::usage(
            "--secret-env is for an endpoint that already runs; one that is started gets a fresh secret",
        )
        .hint("name the endpoint's URL, or leave --secret-env out"));
    }
    let project = context.project()?;
    let exercise = exercise_of(args, Some(&project))?;
    let marketplace = session::optional_address(context);
    let launch = Launch {
        program: &context.program,
        marketplace: marketplace.as_deref(),
        ready_timeout: Duration::from_secs(args.ready_timeout),
    };
    if !args.no_build && project.has_build() {
        context.output.status("Building", &project.manifest.integration.title);
        integration::build(&project, &launch).await?;
    }
    context.output.status("Testing", &project.manifest.integration.title);
    exercise::integration(&project, &launch, &exercise, &*context.clock).await
}

fn endpoint_url(text: &str) -> Result<Url> {
    let url = Url::parse(text)
        .or_usage(|| format!("{text:?} is no URL"))
        .map_err(|error| error.hint("name the endpoint whole, such as http://127.0.0.1:3000/webhooks/proveniq"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::usage("the endpoint's URL must not hold a user name or a password")
            .hint("name it without them: what is typed here lands in histories and reports"));
    }
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(Error::usage(format!("{text:?} is no http or https URL")));
    }
    Ok(url)
}

/// The endpoint's secret: the named variable, `PROVENIQ_WEBHOOK_SECRET`, the project's `.env`.
fn signing_secret(context: &Context, args: &TestWebhookArgs, project: Option<&Project>) -> Result<SigningSecret> {
    const VARIABLE: &str = "PROVENIQ_WEBHOOK_SECRET";
    let (name, text) = match (&args.secret_env, &context.environment.webhook_secret) {
        (Some(name), _) => (name.as_str(), context.environment.named_secret(name)?),
        (None, Some(secret)) => (VARIABLE, secret.clone()),
        (None, None) => {
            let dotenv = project.map(|project| project.dotenv(VARIABLE)).transpose()?.flatten();
            let missing = || {
                Error::usage("there is no signing secret for the endpoint")
                    .hint(format!("set {VARIABLE}, or name the variable that holds it with --secret-env NAME"))
            };
            (VARIABLE, dotenv.ok_or_else(missing)?.into())
        }
    };
    let secrets = SigningSecret::parse_list(text.expose_secret()).map_err(|why| {
        Error::usage(format!("{name} holds no signing secret: {why}")).hint("it is whsec_ and 24 to 64 bytes in base64")
    })?;
    secrets.into_iter().next().ok_or_else(|| Error::usage(format!("{name} holds no signing secret")))
}

fn exercise_of(args: &TestWebhookArgs, project: Option<&Project>) -> Result<Exercise> {
    let named = args.events.iter().map(|name| EventType::parse(name).map_err(Error::usage));
    let mut events = named.collect::<Result<Vec<_>>>()?;
    if events.is_empty() {
        events = project.map(exercise::subscribed_events).unwrap_or_default();
    }
    if events.is_empty() {
        events.push(EventType::WebhookPing);
    }
    let seed = args.seed.map_or_else(exercise::fresh_seed, Ok)?;
    Ok(Exercise { events, seed, timeout: Duration::from_secs(args.timeout) })
}

impl Render for Tested {
    fn schema(&self) -> &'static str {
        "proveniq.test-webhook/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("{}, seed {}", self.report.endpoint, self.report.seed));
        page.block(&table(&self.report));
        for case in self.report.cases.iter().filter(|case| case.exchange.is_some()) {
            details(page, case);
        }
        if let Some(output) = &self.output {
            page.gap().toned(Tone::Dim, "the integration's output ended with:");
            page.lines("  | ", output.trim_end().lines());
        }
        let summary = &self.report.summary;
        let undecided = summary.inconclusive + summary.not_run;
        page.gap().line(format!("{} passed, {} failed, {undecided} undecided", summary.passed, summary.failed));
    }

    fn verdict(&self) -> Option<Kind> {
        self.report.kind()
    }
}

fn table(report: &Report) -> String {
    let mut table = Table::new(&["VERDICT", "CASE", "WHAT HAPPENED"]);
    for case in &report.cases {
        let tone = tone_of(case.verdict);
        table.row([
            (tone, case.verdict.to_string()),
            (Tone::Plain, case.id.clone()),
            (Tone::Plain, case.reason.clone()),
        ]);
    }
    table.render()
}

/// Tone of a verdict.
pub(super) fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Pass => Tone::Good,
        Verdict::Fail => Tone::Bad,
        Verdict::NotApplicable => Tone::Dim,
        Verdict::Warn | Verdict::NotRun | Verdict::Inconclusive => Tone::Warn,
    }
}

fn details(page: &mut Page, case: &CaseReport) {
    page.gap().toned(tone_of(case.verdict), format!("{}: {} ({})", case.id, case.reason, case.title));
    if let Some(help) = case.help {
        page.line(format!("  to mend: {help}"));
    }
    let Some(exchange) = &case.exchange else { return };
    page.toned(Tone::Dim, "  sent:");
    for (name, value) in &exchange.request_headers {
        page.line(format!("    {name}: {value}"));
    }
    page.line(format!("    {}", exchange.request_body));
    if let Some(status) = exchange.response_status {
        page.toned(Tone::Dim, "  answered:");
        page.line(format!("    HTTP {status}"));
        page.lines("    ", exchange.response_body.iter().flat_map(|body| body.lines()));
    }
}
