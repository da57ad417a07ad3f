//! `certify`: project, evidence, verdicts, reports.

mod baseline;
mod explain;
mod outcome;
mod reports;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::adapters::integration::Launch;
use crate::adapters::project::{Project, ProjectTree};
use crate::certification::{Certification, RuleSet, Tier};
use crate::cli::{CertifyArgs, TierArg};
use crate::context::Context;
use crate::credential::SigningKey;
use crate::error::Result;
use crate::stages::attest::{self, Attested};
use crate::stages::certify::{self, Demand, Given, Ground, Parts};
use crate::stages::{pack, rules, session, signing_key};
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
    let attest = args.attest.as_deref().map(|path| Attesting::prepare(context, &project, path)).transpose()?;
    let tree = project.tree()?;
    let mut given = Given::read(&context.cwd, &project, &tree, args.baseline.as_deref(), &args.imports)?;
    if args.history {
        given.history = certify::search_history(&project, &context.interrupt)?;
    }
    let reports = Reports::open(context, &project, &args.reports)?;
    let new_baseline = NewBaseline::open(context, &project, args.write_baseline.as_deref())?;
    let launch = Launch { program: &context.program, ready_timeout: READY };
    let rules = rules::named(args.rule_set.as_deref())?;
    let demand = Demand {
        tier: args.tier.into(),
        rules,
        build: !args.no_build,
        dynamic: !args.only_static,
        parts: parts(&args, rules)?,
        seed: args.seed,
    };
    let marketplace = session::catalogue(context)?;
    let ground = Ground {
        project: &project,
        tree: &tree,
        given: &given,
        launch,
        temporary: &context.dirs.temporary,
        clock: &context.clock,
        output: &context.output,
        marketplace: marketplace.as_ref(),
        advisories: &context.advisories(args.outside.osv_db.as_deref()),
        endpoints: &args.outside.endpoints,
    };
    let certification = certify::project(&ground, &demand).await?;
    let recorded = new_baseline.write(context, &certification)?;
    let attestation = attest.map(|attest| attest.finish(context, &project, &tree, &certification)).transpose()?;
    let identity = &project.manifest.integration;
    let (name, version) = (identity.name.to_string(), identity.version.to_string());
    let certified = Certified { name, version, certification, attestation, recorded };
    reports.finish(context, &certified, &tree, &project.below_repository())
}

/// An attestation that was asked for: where it goes and who signs it, known before anything is looked at.
struct Attesting {
    path: PathBuf,
    key: SigningKey,
}

impl Attesting {
    fn prepare(context: &Context, project: &Project, path: &Path) -> Result<Self> {
        let path = context.cwd.join(path);
        attest::refuse_place(project, &path)?;
        let key = signing_key::required(context, project.manifest.integration.name.publisher())?;
        Ok(Attesting { path, key })
    }

    fn finish(
        self,
        context: &Context,
        project: &Project,
        tree: &ProjectTree,
        certification: &Certification,
    ) -> Result<Attested> {
        let package = pack::build(project, tree, &context.dirs.temporary, &context.interrupt, &context.output)?;
        let envelope = attest::sign(certification, project, &package, &self.key, context.clock.now());
        attest::write(&self.path, &envelope)?;
        let signed_by = self.key.public_key().fingerprint();
        Ok(Attested { path: self.path, digest: package.built.digest, signed_by })
    }
}

/// What is gathered: all that the tier needs, or what the named checks go by.
fn parts(args: &CertifyArgs, rules: &RuleSet) -> Result<Parts> {
    match args.check.as_slice() {
        [] => Ok(Parts::of_tier(args.tier.into())),
        ids => Parts::of_checks(rules, ids, args.tier.into()),
    }
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
