//! `Manifest -> Package -> Certification`: evidence from the running integration, then the rule set over the files.

use std::time::Duration;

use super::exercise::{self, Exercise};
use crate::adapters::clock::Clock;
use crate::adapters::integration::{self, Launch};
use crate::adapters::project::Project;
use crate::certification::{Certification, Evidence, Kind, Subject, Tier, certify};
use crate::error::Result;
use crate::package::SourceTree;
use crate::ui::Output;
use crate::webhook::Suite;

/// Time for each answer.
const TIMEOUT: Duration = Duration::from_secs(15);

/// How evidence is gathered.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Build before the integration is started.
    pub build: bool,
    /// Start the integration at all.
    pub dynamic: bool,
}

/// Certifies a project: starts it where checks need it, then runs every check of the tier.
pub async fn project(
    project: &Project,
    tree: &dyn SourceTree,
    tier: Tier,
    effort: Effort,
    launch: &Launch<'_>,
    clock: &dyn Clock,
    output: &Output,
) -> Result<Certification> {
    let evidence = gather(project, effort, launch, clock, output).await?;
    output.status("Checking", format!("{} files against the rules of tier {tier}", tree.files().len()));
    let subject = Subject { manifest: &project.manifest, tree, evidence: &evidence };
    Ok(certify(&subject, tier, &[Kind::Static, Kind::Dynamic]))
}

async fn gather(
    project: &Project,
    effort: Effort,
    launch: &Launch<'_>,
    clock: &dyn Clock,
    output: &Output,
) -> Result<Evidence> {
    let missing = |why: &str| Evidence { suite: None, missing: Some(why.to_owned()) };
    let events = exercise::subscribed_events(project);
    if !effort.dynamic {
        return Ok(missing("left out by --static"));
    }
    if events.is_empty() || project.manifest.run.is_none() {
        return Ok(missing("the manifest names no events, or not how to start the integration"));
    }
    if effort.build && project.has_build() {
        output.status("Building", &project.manifest.integration.title);
        integration::build(project, launch).await?;
    }
    output.status("Running", format!("{} on a free port", project.manifest.integration.title));
    output.detail(format!("events: {}", events.iter().map(|event| event.as_str()).collect::<Vec<_>>().join(", ")));
    let exercise = Exercise::of_suites(events, &[Suite::Delivery, Suite::Signature], TIMEOUT)?;
    let exercised = exercise::integration(project, launch, &exercise, clock, &mut |_| {}).await?;
    Ok(Evidence { suite: Some(exercised.report), missing: None })
}
