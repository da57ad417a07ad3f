//! `Project -> Evidence -> Certification`: gathers what the checks of a tier go by, then runs them over the files.

mod advisories;
mod audit_copy;
#[cfg(feature = "server")]
mod authorization;
#[cfg(not(feature = "server"))]
#[path = "certify/no_authorization.rs"]
mod authorization;
mod endpoints;
mod exercises;
mod given;
mod guide;
mod history;
mod latency;
mod part;
mod published;
mod rebuild;
mod recovery;
mod work_tree;

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::adapters::advisories::AdvisorySource;
use crate::adapters::clock::Clock;
use crate::adapters::integration::{self, Launch};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::project::Project;
use crate::certification::{
    Certification, Evidence, Gathered, Kind, RuleSet, ScopeRequest, Subject, Tier, Transcript, certify,
};
use crate::error::{self, Result};
use crate::event::EventType;
use crate::package::SourceTree;
use crate::ui::Output;
use crate::webhook::Suite;

use super::exercise::{self, Exercised};
use audit_copy::AuditCopy;

pub use part::{Part, Parts};

/// Longest that one part of the evidence may take: several times what it takes of an integration that answers.
const LONGEST: Duration = Duration::from_mins(4);
const STATIC: &str = "left out by --static";
const LEFT_OUT: &str = "left out by --check";
const NO_EVENTS: &str = "the integration takes no events";

pub use given::Given;
pub use history::search_history;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Demand {
    /// The tier.
    pub tier: Tier,
    /// The rules that decide.
    pub rules: &'static RuleSet,
    /// Build before the integration is started.
    pub build: bool,
    /// Start the integration at all.
    pub dynamic: bool,
    /// What is gathered.
    pub parts: Parts,
    /// Seed of what is sent to it; a fresh one where none is given.
    pub seed: Option<u64>,
}

/// What is certified, and with what.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The project.
    pub project: &'a Project,
    /// The files that would be shipped.
    pub tree: &'a dyn SourceTree,
    /// What was named beside the project.
    pub given: &'a Given,
    /// How its integration is started.
    pub launch: Launch<'a>,
    /// Where temporary folders are made.
    pub temporary: &'a Path,
    /// The clock.
    pub clock: &'a Arc<dyn Clock>,
    /// Where progress is told.
    pub output: &'a Output,
    /// The marketplace that is in use, where there is one.
    pub marketplace: Option<&'a MarketplaceClient>,
    /// Where advisories on dependencies come from.
    pub advisories: &'a AdvisorySource,
    /// Endpoints at which the integration was deployed, beside those of the manifest.
    pub endpoints: &'a [Url],
}

/// Certifies a project: gathers evidence, then runs every check of the tier.
pub async fn project(ground: &Ground<'_>, demand: &Demand) -> Result<Certification> {
    let evidence = gather(ground, demand).await?;
    ground.output.status("Checking", format!("{} files, rules of tier {}", ground.tree.files().len(), demand.tier));
    let manifest = &ground.project.manifest;
    let subject = Subject { tier: demand.tier, manifest, tree: ground.tree, evidence: &evidence };
    Ok(certify(&subject, demand.rules, &[Kind::Static, Kind::Dynamic, Kind::External]))
}

async fn gather(ground: &Ground<'_>, demand: &Demand) -> Result<Evidence> {
    // What is wrong in a file is told before anything is built.
    let mut evidence = Evidence {
        exceptions: given::exceptions(ground)?,
        imported: ground.given.imported.clone(),
        advisories: advisories::find(ground, demand).await?,
        endpoints: endpoints::look(ground, demand).await?,
        work_tree: work_tree::search(ground)?,
        history: ground.given.history.clone(),
        ..Evidence::default()
    };
    let before = if demand.tier > Tier::Listed { Some(rebuild::Before::of(ground)?) } else { None };
    let audited = match startable(ground, demand) {
        Gathered::Seen(events) => Box::pin(audit(ground, demand, events, &mut evidence)).await?,
        reason => {
            evidence.leave_out_runs(&reason.without());
            None
        }
    };
    evidence.guide = if demand.dynamic {
        wanted(demand.parts.has(Part::Guide), guide::run(ground)).await?
    } else {
        Gathered::NotRun(STATIC.into())
    };
    if let Some(before) = before {
        evidence.rebuilt = before.after(ground, audited.as_ref())?;
        evidence.published = published::find(ground).await?;
    }
    Ok(evidence)
}

/// The events that the integration takes, or why it is not run.
fn startable(ground: &Ground<'_>, demand: &Demand) -> Gathered<Vec<EventType>> {
    let manifest = &ground.project.manifest;
    if !demand.dynamic {
        return Gathered::NotRun(STATIC.into());
    }
    let events = exercise::subscribed_events(ground.project);
    if events.is_empty() && manifest.oauth.start_path.is_none() {
        return Gathered::NotApplicable(NO_EVENTS.into());
    }
    if !demand.parts.start_it() {
        return Gathered::NotRun(LEFT_OUT.into());
    }
    if manifest.run.is_none() {
        return Gathered::NotRun("the manifest does not say how to start the integration".into());
    }
    Gathered::Seen(events)
}

/// Builds and runs the integration in a copy of what is shipped, and gives the copy as that left it.
async fn audit(
    ground: &Ground<'_>,
    demand: &Demand,
    events: Vec<EventType>,
    evidence: &mut Evidence,
) -> Result<Option<AuditCopy>> {
    let copy = match settled(AuditCopy::of(ground))? {
        Gathered::Seen(copy) => copy,
        reason => {
            evidence.leave_out_runs(&reason.without());
            return Ok(None);
        }
    };
    let shipped = Ground { project: &copy.project, ..*ground };
    match build(&shipped, demand).await? {
        Gathered::Seen(()) => Box::pin(run_integration(&shipped, demand, events, evidence)).await?,
        reason => evidence.leave_out_runs(&reason),
    }
    Ok(Some(copy))
}

/// Builds the integration where that is wanted.
async fn build(ground: &Ground<'_>, demand: &Demand) -> Result<Gathered<()>> {
    if !demand.build || !ground.project.has_build() {
        return Ok(Gathered::Seen(()));
    }
    let _building = ground
        .output
        .under_way("Building", format!("{} from what is shipped", ground.project.manifest.integration.title));
    settled(integration::build(ground.project, &ground.launch).await)
}

/// Runs what the tier asks for. Latency is measured while nothing else runs; what only waits runs side by side.
async fn run_integration(
    ground: &Ground<'_>,
    demand: &Demand,
    events: Vec<EventType>,
    evidence: &mut Evidence,
) -> Result<()> {
    let seed = demand.seed.map_or_else(exercise::fresh_seed, Ok)?;
    evidence.seed = Some(seed);
    let title = &ground.project.manifest.integration.title;
    let wants = |part: Part| demand.parts.has(part);
    let tell = |part: Part, verb: &str, what: &str| {
        wants(part).then(|| ground.output.under_way(verb, format!("{title} {what}")))
    };
    let under_way = tell(Part::Latency, "Measuring", "at the rate that it declares");
    let measured = where_events(&events, latency::run(ground, &events, Part::Latency.seed(seed)));
    evidence.latency = Box::pin(wanted(wants(Part::Latency), measured)).await?;
    drop(under_way);
    let under_way = ground.output.under_way("Running", format!("{title} on free ports"));
    let suites: &[Suite] = if wants(Part::Forgeries) {
        &[Suite::Delivery, Suite::Signature, Suite::Replay, Suite::Robustness]
    } else {
        &[Suite::Delivery]
    };
    let run = |part: Part, suites| where_events(&events, exercises::run(ground, &events, suites, part.seed(seed)));
    let (deliveries, upstreams, authorization) = tokio::try_join!(
        wanted(wants(Part::Deliveries), run(Part::Deliveries, suites)),
        wanted(wants(Part::Upstreams), run(Part::Upstreams, &[Suite::Upstream])),
        wanted(
            wants(Part::Authorization),
            bounded(authorization::run(ground, &events, Part::Authorization.seed(seed)))
        ),
    )?;
    evidence.scopes = scopes_of(&deliveries, &authorization);
    evidence.deliveries = deliveries.and(|exercised| exercised.report);
    evidence.upstreams = upstreams.and(|exercised| exercised.report);
    evidence.authorization = authorization;
    drop(under_way);
    let _under_way = tell(Part::Recovery, "Killing", "in the middle of its work, and starting it again");
    let recovered = where_events(&events, recovery::run(ground, &events, Part::Recovery.seed(seed)));
    evidence.recovery = Box::pin(wanted(wants(Part::Recovery), recovered)).await?;
    Ok(())
}

/// What was asked for at the marketplace, by all who looked on; where one could not see, nobody knows all.
fn scopes_of(deliveries: &Gathered<Exercised>, authorization: &Gathered<Transcript>) -> Gathered<Vec<ScopeRequest>> {
    let of_work = deliveries.clone().and(|exercised| exercised.scopes);
    let of_person = authorization.clone().and(|transcript| transcript.scope_requests());
    match (of_work, of_person) {
        (Gathered::Inconclusive(why), _) | (_, Gathered::Inconclusive(why)) => Gathered::Inconclusive(why),
        (Gathered::Seen(of_work), Gathered::Seen(of_person)) => Gathered::Seen([of_work, of_person].concat()),
        (Gathered::Seen(asked), _) | (Gathered::NotApplicable(_), Gathered::Seen(asked)) => Gathered::Seen(asked),
        (reason, _) => reason,
    }
}

/// Gathers what is wanted.
async fn wanted<T>(wanted: bool, gathering: impl Future<Output = Result<Gathered<T>>>) -> Result<Gathered<T>> {
    if wanted { gathering.await } else { Ok(Gathered::NotRun(LEFT_OUT.into())) }
}

/// Gathers what rests on deliveries, within its time.
async fn where_events<T>(
    events: &[EventType],
    gathering: impl Future<Output = Result<Gathered<T>>>,
) -> Result<Gathered<T>> {
    if events.is_empty() { Ok(Gathered::NotApplicable(NO_EVENTS.into())) } else { bounded(gathering).await }
}

/// Gives up on an integration that holds its audit up. Whatever was started for it ends.
async fn bounded<T>(gathering: impl Future<Output = Result<Gathered<T>>>) -> Result<Gathered<T>> {
    let too_long = |_| Ok(Gathered::Inconclusive(format!("it took longer than {} s", LONGEST.as_secs())));
    tokio::time::timeout(LONGEST, gathering).await.unwrap_or_else(too_long)
}

/// An integration that cannot be built or started leaves its checks without an answer, and the others report all the same.
fn settled<T>(result: Result<T>) -> Result<Gathered<T>> {
    match result {
        Ok(seen) => Ok(Gathered::Seen(seen)),
        Err(error) if matches!(error.kind(), error::Kind::Interrupted | error::Kind::Bug) => Err(error),
        Err(error) => Ok(Gathered::Inconclusive(error.to_string())),
    }
}
