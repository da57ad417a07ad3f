//! `certify`: project, evidence, verdicts, reports.

mod baseline;
mod explain;
mod outcome;
mod reports;

use std::time::Duration;

use crate::adapters::integration::Launch;
use crate::certification::{RuleSet, Tier};
use crate::cli::{CertifyArgs, TierArg};
use crate::context::Context;
use crate::error::Result;
use crate::stages::certify::{self, Demand, Given, Ground};
use baseline::NewBaseline;
use outcome::Certified;
use reports::Reports;

pub(super) use outcome::{checks_table, details};

/// Time until an integration must be ready.
pub(super) const READY: Duration = Duration::from_secs(30);

/// Certifies the project of the working folder, or explains what is checked; prints it.
pub(super) async fn run(context: &Context, args: CertifyArgs) -> Result<u8> {
    if let Some(id) = &args.explain {
        return explain::run(context, id.as_deref());
    }
    baseline::refuse_for_premier(&args)?;
    let project = context.project()?;
    let tree = project.tree()?;
    let given = Given::read(&context.cwd, &project, &tree, args.baseline.as_deref(), &args.imports)?;
    let reports = Reports::open(context, &args.reports)?;
    let new_baseline = NewBaseline::open(context, args.write_baseline.as_deref())?;
    let launch = Launch { program: &context.program, ready_timeout: READY };
    let demand = Demand {
        tier: args.tier.into(),
        rules: RuleSet::current(),
        build: !args.no_build,
        dynamic: !args.only_static,
        seed: args.seed,
    };
    let (clock, output) = (&context.clock, &context.output);
    let ground = Ground { project: &project, tree: &tree, given: &given, launch, clock, output };
    let certification = certify::project(&ground, &demand).await?;
    let recorded = new_baseline.write(context, &certification)?;
    let identity = &project.manifest.integration;
    let (name, version) = (identity.name.to_string(), identity.version.to_string());
    let certified = Certified { name, version, certification, recorded };
    reports.finish(context, &certified, &tree, &project.below_repository())
}

impl From<TierArg> for Tier {
    fn from(tier: TierArg) -> Self {
        match tier {
            TierArg::Listed => Tier::Listed,
            TierArg::Verified => Tier::Verified,
            TierArg::Premier => Tier::Premier,
        }
    }
}
