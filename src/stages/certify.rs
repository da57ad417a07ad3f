//! `Project -> Evidence -> Certification`: gathers what the checks of a tier go by, then runs them over the files.

mod exercises;
mod given;
mod latency;
mod published;
mod rebuild;
mod work_tree;

use std::path::Path;
use std::sync::Arc;

use crate::adapters::clock::Clock;
use crate::adapters::integration::{self, Launch};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::project::Project;
use crate::certification::{Certification, Evidence, Gathered, Kind, RuleSet, Subject, Tier, certify};
use crate::error::{self, Result};
use crate::event::EventType;
use crate::package::SourceTree;
use crate::ui::Output;
use crate::webhook::Suite;

use super::exercise;

pub use given::Given;

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
    /// The clock.
    pub clock: &'a Arc<dyn Clock>,
    /// Where progress is told.
    pub output: &'a Output,
    /// The marketplace that is in use, where there is one.
    pub marketplace: Option<&'a MarketplaceClient>,
    /// Where temporary files go.
    pub temporary: &'a Path,
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
        work_tree: work_tree::search(ground)?,
        ..Evidence::default()
    };
    let before = if demand.tier > Tier::Listed { Some(rebuild::Before::of(ground)?) } else { None };
    match startable(ground, demand).await? {
        Gathered::Seen(events) => Box::pin(run_integration(ground, demand, events, &mut evidence)).await?,
        reason => {
            evidence.deliveries = reason.clone().without();
            evidence.upstreams = reason.clone().without();
            evidence.latency = reason.without();
        }
    }
    if let Some(before) = before {
        evidence.rebuilt = before.after(ground, demand.dynamic)?;
        evidence.published = published::find(ground).await?;
    }
    Ok(evidence)
}

/// Builds the integration where that is wanted; gives the events that it takes, or says why it cannot be run.
async fn startable(ground: &Ground<'_>, demand: &Demand) -> Result<Gathered<Vec<EventType>>> {
    let manifest = &ground.project.manifest;
    if !demand.dynamic {
        return Ok(Gathered::NotRun("left out by --static".into()));
    }
    let events = exercise::subscribed_events(ground.project);
    if events.is_empty() {
        return Ok(Gathered::NotApplicable("the integration takes no events".into()));
    }
    if manifest.run.is_none() {
        return Ok(Gathered::NotRun("the manifest does not say how to start the integration".into()));
    }
    if demand.build && ground.project.has_build() {
        ground.output.status("Building", &manifest.integration.title);
        let built = settled(integration::build(ground.project, &ground.launch).await)?;
        return Ok(built.and(|()| events));
    }
    Ok(Gathered::Seen(events))
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
    if demand.tier == Tier::Listed {
        ground.output.status("Running", format!("{title} on a free port"));
        evidence.deliveries = exercises::run(ground, &events, &[Suite::Delivery], seed).await?;
        return Ok(());
    }
    ground.output.status("Measuring", format!("{title} at the rate that it declares"));
    evidence.latency = latency::run(ground, &events, seed).await?;
    ground.output.status("Running", format!("the suites of deliveries against {title}"));
    let suites = [Suite::Delivery, Suite::Signature, Suite::Replay, Suite::Robustness];
    let deliveries = exercises::run(ground, &events, &suites, seed);
    let upstreams = exercises::run(ground, &events, &[Suite::Upstream], seed);
    (evidence.deliveries, evidence.upstreams) = tokio::try_join!(deliveries, upstreams)?;
    Ok(())
}

/// An integration that cannot be built or started leaves its checks without an answer, and the others report all the same.
fn settled<T>(result: Result<T>) -> Result<Gathered<T>> {
    match result {
        Ok(seen) => Ok(Gathered::Seen(seen)),
        Err(error) if matches!(error.kind(), error::Kind::Interrupted | error::Kind::Bug) => Err(error),
        Err(error) => Ok(Gathered::Inconclusive(error.to_string())),
    }
}
