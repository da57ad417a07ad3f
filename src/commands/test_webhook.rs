//! `test-webhook`: events, deliveries, verdicts.

mod cases;
mod load;
mod outcome;
mod payload;
mod reports;
mod retry_schedule;
mod secrets;

use std::time::Duration;

use crate::adapters::forwarder::Forwarder;
use crate::adapters::integration::{self, Launch};
use crate::adapters::project::Project;
use crate::adapters::watcher::Watcher;
use crate::cli::{SuiteArg, TestWebhookArgs};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::stages::exercise::{self, Exercise, Exercised};
use crate::webhook::{CaseReport, Scheme, Selection, Signer, Suite, load_signer};
use load::{Load, Loaded};
use reports::Reports;

pub(super) use outcome::{Tested, tone_of};

/// Tests the endpoint at a URL, or the integration of the project; prints what it showed.
pub(super) async fn run(context: &Context, args: TestWebhookArgs) -> Result<u8> {
    if let Some(name) = args.schedule.retry_schedule {
        return context.output.outcome(&retry_schedule::run(name, &args.schedule.answers, args.seed)?);
    }
    if args.watch && args.data.as_deref() == Some("-") {
        return Err(Error::usage("--watch sends again and again, and standard input can be read once")
            .hint("put the payload into a file and name it with --data @FILE"));
    }
    let exercise = exercise_of(context, &args)?;
    if args.load.rate.is_some() || args.load.saturate {
        return context.output.outcome(&under_load(context, &args, &exercise).await?);
    }
    if args.list_cases {
        return context.output.outcome(&cases::list(context, &args, &exercise)?);
    }
    if args.watch {
        return watch(context, &args).await;
    }
    context.output.outcome(&test(context, &args, &exercise).await?)
}

async fn under_load(context: &Context, args: &TestWebhookArgs, exercise: &Exercise) -> Result<Loaded> {
    let name = exercise.name();
    let load = |signer: &Signer| -> Result<Load> {
        let bodies = load::bodies(exercise, &args.load)?;
        Ok(Load { bodies, signer: load_signer(signer, name), timeout: exercise.timeout })
    };
    if let Some(url) = &args.url {
        let url = Forwarder::address(url)?;
        let signer = secrets::signer(context, args)?;
        return load::run(context, &url, load(&signer)?, &args.load).await;
    }
    let (project, launch) = prepared_project(context, args).await?;
    let started = exercise::start(&project, &launch, exercise, &*context.clock).await?;
    load::run(context, started.url(), load(started.signer())?, &args.load).await
}

async fn test(context: &Context, args: &TestWebhookArgs, exercise: &Exercise) -> Result<Tested> {
    let mut reports = Reports::open(context, &args.reports)?;
    let exercised = match &args.url {
        Some(url) => test_endpoint(context, args, url, exercise, &mut reports).await?,
        None => test_project(context, args, exercise, &mut reports).await?,
    };
    reports.finish(&exercised.report)?;
    Ok(Tested::new(exercised))
}

/// Runs again on each change of the project, until it is interrupted. A run that cannot be made is told, not the end.
async fn watch(context: &Context, args: &TestWebhookArgs) -> Result<u8> {
    let project = context.project()?;
    let mut watcher = Watcher::new(&project.root)?;
    loop {
        let exercised = match exercise_of(context, args) {
            Ok(exercise) => test(context, args, &exercise).await,
            Err(error) => Err(error),
        };
        match exercised {
            Ok(tested) => drop(context.output.record(&tested)?),
            Err(error) if error.kind() == Kind::Interrupted => return Err(error),
            Err(error) => drop(context.output.stream_error(&error)),
        }
        context.output.status("Watching", format!("{} for changes; Ctrl-C ends", project.root.display()));
        watcher.changed().await?;
    }
}

async fn test_endpoint(
    context: &Context,
    args: &TestWebhookArgs,
    url: &str,
    exercise: &Exercise,
    reports: &mut Reports,
) -> Result<Exercised> {
    let url = Forwarder::address(url)?;
    let signer = secrets::signer(context, args)?;
    context.output.status("Testing", url.as_str());
    let waiting = context.output.waiting();
    let mut watch = |case: &CaseReport| {
        waiting.done(&case.id);
        reports.case(case);
    };
    let report = exercise::endpoint(&url, &signer, exercise, &*context.clock, &mut watch).await?;
    Ok(Exercised { report, output: String::new(), scopes: Vec::new() })
}

async fn test_project(
    context: &Context,
    args: &TestWebhookArgs,
    exercise: &Exercise,
    reports: &mut Reports,
) -> Result<Exercised> {
    let (project, launch) = prepared_project(context, args).await?;
    context.output.status("Testing", &project.manifest.integration.title);
    let waiting = context.output.waiting();
    let mut watch = |case: &CaseReport| {
        waiting.done(&case.id);
        reports.case(case);
    };
    exercise::integration(&project, &launch, exercise, &*context.clock, &mut watch).await
}

/// The project of the working folder, built, and how to start it.
async fn prepared_project<'a>(context: &'a Context, args: &TestWebhookArgs) -> Result<(Project, Launch<'a>)> {
    refuse_for_project(args)?;
    let project = context.project()?;
    let launch = Launch { program: &context.program, ready_timeout: Duration::from_secs(args.ready_timeout) };
    if !args.no_build && project.has_build() {
        context.output.status("Building", &project.manifest.integration.title);
        integration::build(&project, &launch).await?;
    }
    Ok((project, launch))
}

/// What only makes sense for an endpoint that runs already.
fn refuse_for_project(args: &TestWebhookArgs) -> Result<()> {
    if args.secret_env.is_some() {
        return Err(Error::usage(
            "--secret-env is for an endpoint that already runs; one that is started gets a fresh secret",
        )
        .hint("name the endpoint's URL, or leave --secret-env out"));
    }
    if Scheme::from(args.scheme) != Scheme::Standard {
        return Err(Error::usage("--scheme is for an endpoint that already runs; the marketplace signs in one scheme")
            .hint("name the endpoint's URL, or leave --scheme out"));
    }
    Ok(())
}

fn exercise_of(context: &Context, args: &TestWebhookArgs) -> Result<Exercise> {
    let project = Project::find_optional(&context.cwd)?;
    let seed = args.seed.map_or_else(exercise::fresh_seed, Ok)?;
    let payload = payload::read(&context.cwd, args, project.as_ref(), seed)?;
    let mut selection = Selection { suites: suites(&args.suites), cases: args.cases.clone(), sends: Vec::new() };
    if selection == Selection::default() {
        match payload.sends(args) {
            Some(sends) => selection.sends = sends,
            None => selection.suites = exercise::USUAL.to_vec(),
        }
    }
    Ok(Exercise {
        events: payload.events,
        data: payload.data,
        selection,
        asymmetric: args.asymmetric,
        seed,
        timeout: Duration::from_secs(args.timeout),
    })
}

fn suites(named: &[SuiteArg]) -> Vec<Suite> {
    let suite = |named: &SuiteArg| match named {
        SuiteArg::Delivery => vec![Suite::Delivery],
        SuiteArg::Signature => vec![Suite::Signature],
        SuiteArg::Replay => vec![Suite::Replay],
        SuiteArg::Robustness => vec![Suite::Robustness],
        SuiteArg::Upstream => vec![Suite::Upstream],
        SuiteArg::All => Suite::ALL.to_vec(),
    };
    named.iter().flat_map(suite).collect()
}
