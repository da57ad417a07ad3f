//! What a publication rests on: a certification of now, or an attestation that was made before.

use serde::Serialize;

use super::Publishing;
use crate::adapters::integration::Launch;
use crate::certification::attestation::Envelope;
use crate::certification::{Certification, Tier};
use crate::cli::PublishArgs;
use crate::commands::certify::READY;
use crate::credential::SigningKey;
use crate::error::{Error, Kind, Result};
use crate::stages::certify::{self, Demand, Given, Ground, Parts};
use crate::stages::pack::{self, Package};
use crate::stages::verify::{self, PackageRead, Verification};
use crate::stages::{attest, publish, rules, signing_key, trusted_key};
use crate::wire::CommitUpload;

/// What a publication rests on.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Basis {
    /// What was found just now.
    Certification(Certification),
    /// What was attested before, held against the package.
    Verification(Verification),
}

/// What is sent, and what it rests on.
pub(super) struct Prepared {
    pub(super) basis: Basis,
    pub(super) package: Package,
    pub(super) claim: CommitUpload,
}

impl Basis {
    /// Whether it may be published.
    pub(super) fn holds(&self) -> bool {
        match self {
            Basis::Certification(certification) => certification.reached,
            Basis::Verification(verification) => verification.holds(),
        }
    }

    /// The tier that is shown.
    pub(super) fn tier(&self) -> Option<Tier> {
        match self {
            Basis::Certification(certification) => Some(certification.tier),
            Basis::Verification(verification) => verification.tier,
        }
    }

    /// How a command ends that publishes nothing for want of it.
    pub(super) fn kind(&self) -> Option<Kind> {
        match self {
            Basis::Certification(certification) => certification.kind(),
            Basis::Verification(verification) => (!verification.holds()).then_some(Kind::Negative),
        }
    }
}

impl Publishing<'_> {
    /// Certifies the project by the rules that both sides carry, packs it, and signs what was found where there is a key.
    pub(super) async fn certified(&self, args: &PublishArgs) -> Result<Prepared> {
        let context = self.context;
        let tier = args.tier.map_or(Tier::Listed, Tier::from);
        let rules = rules::agreed(self.service)?;
        let key = self.signer(tier)?;
        let demand =
            Demand { tier, rules, build: !args.no_build, dynamic: true, parts: Parts::of_tier(tier), seed: None };
        let ground = Ground {
            project: self.project,
            tree: self.tree,
            given: &Given::default(),
            launch: Launch { program: &context.program, ready_timeout: READY },
            temporary: &context.dirs.temporary,
            clock: &context.clock,
            output: &context.output,
            marketplace: Some(&self.session.client),
            advisories: &context.advisories(args.outside.osv_db.as_deref()),
            endpoints: &args.outside.endpoints,
        };
        let certification = certify::project(&ground, &demand).await?;
        let package = self.packed()?;
        let sign = |key| attest::sign(&certification, self.project, &package, key, context.clock.now());
        let claim = publish::claim(&certification, key.as_ref().map(sign));
        Ok(Prepared { basis: Basis::Certification(certification), package, claim })
    }

    /// Packs the project and holds an attestation of its publisher against the package: what the marketplace would refuse is
    /// told before anything is sent.
    pub(super) async fn attested(&self, envelope: Envelope, tier: Option<Tier>) -> Result<Prepared> {
        let context = self.context;
        rules::agreed(self.service)?;
        let signed_by = envelope.signed_by().map_err(|why| Error::usage(why.to_string()))?;
        let publisher = self.project.manifest.integration.name.publisher();
        let key = trusted_key::find(context, publisher, signed_by).await?;
        let package = self.packed()?;
        let verification = match verify::read_package(package.file.path(), &context.dirs.temporary)? {
            PackageRead::Good(read) => verify::claim(&read, &envelope, key.as_ref(), None, context.clock.now()),
            PackageRead::Damaged(why) => Verification::refused("package", why),
        };
        if let (Some(asked), Some(attested)) = (tier, verification.tier.filter(|attested| Some(*attested) != tier)) {
            return Err(Error::usage(format!("the attestation is for tier {attested}, not for {asked}"))
                .hint(format!("attest another with `proveniq certify --tier {asked} --attest FILE`")));
        }
        let claim = CommitUpload { certification: None, attestation: Some(envelope) };
        Ok(Prepared { basis: Basis::Verification(verification), package, claim })
    }

    fn packed(&self) -> Result<Package> {
        let context = self.context;
        pack::build(self.project, self.tree, &context.dirs.temporary, &context.interrupt, &context.output)
    }

    /// The publisher's signing key, which a tier above listed needs.
    fn signer(&self, tier: Tier) -> Result<Option<SigningKey>> {
        let publisher = self.project.manifest.integration.name.publisher();
        if tier == Tier::Listed {
            return signing_key::find(self.context, publisher);
        }
        signing_key::required(self.context, publisher).map(Some)
    }
}
