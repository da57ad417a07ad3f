//! `verify`: package, envelope, key, verification.

use serde::Serialize;

use crate::certification::attestation::RestsOn;
use crate::cli::VerifyArgs;
use crate::context::Context;
use crate::error::{Kind, Result};
use crate::stages::trusted_key;
use crate::stages::verify::{self, PackageRead, Verification};
use crate::ui::{Page, Render, Table, Tone};

/// Whether what is said of a package holds.
#[derive(Serialize)]
pub(super) struct Verified {
    verified: bool,
    #[serde(flatten)]
    verification: Verification,
}

/// Verifies what is said of a package.
pub(super) async fn run(context: &Context, args: VerifyArgs) -> Result<Verified> {
    let said = verify::read_said(&context.cwd.join(&args.attestation))?;
    let named = args.key.map(|path| trusted_key::named(&context.cwd.join(path))).transpose()?;
    let package = match verify::read_package(&context.cwd.join(&args.package), &context.dirs.temporary)? {
        PackageRead::Good(package) => package,
        PackageRead::Damaged(why) => return Ok(Verified::of(Verification::refused("package", why))),
    };
    let key = match (named, said.envelope.signed_by()) {
        (None, Ok(id)) => trusted_key::find(context, package.name().publisher(), id).await?,
        (named, _) => named,
    };
    let mut verification = verify::verify(&package, &said.envelope, key.as_ref(), context.clock.now());
    verification.hold_receipt(&said, &package);
    Ok(Verified::of(verification))
}

impl Verified {
    fn of(verification: Verification) -> Self {
        Verified { verified: verification.holds(), verification }
    }

    /// What the tier rests on, in words.
    fn ground(&self) -> Option<String> {
        let seen = &self.verification;
        let tier = seen.tier.filter(|_| self.verified)?;
        let on_word = seen.checks.iter().filter(|check| check.rests_on == RestsOn::Publisher);
        let ids: Vec<_> = on_word.map(|check| check.id.as_str()).collect();
        let word = if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") };
        let review =
            seen.tier_claimed.map(|claimed| format!("; {claimed} is claimed and awaits a reviewer's approval"));
        Some(format!("{tier}{}; on its publisher's word alone: {word}", review.unwrap_or_default()))
    }
}

impl Render for Verified {
    fn schema(&self) -> &'static str {
        "proveniq.verify/1"
    }

    fn human(&self, page: &mut Page) {
        page.block(&steps_table(&self.verification)).gap();
        match self.ground() {
            Some(ground) => page.toned(Tone::Good, format!("verified: {ground}")),
            None => page.toned(Tone::Bad, "not verified"),
        };
        if let Some(source) = self.verification.source.as_ref().filter(|_| self.verified) {
            let of = source.remote.as_ref().map(|remote| format!(" of {remote}")).unwrap_or_default();
            let dirty = if source.dirty { ", with changes" } else { "" };
            page.line(format!("made of commit {}{of}{dirty}, by its publisher's word", source.commit));
        }
    }

    fn verdict(&self) -> Option<Kind> {
        (!self.verified).then_some(Kind::Negative)
    }
}

/// What was looked at, a line for each.
pub(super) fn steps_table(verification: &Verification) -> String {
    let mut table = Table::bare();
    for step in &verification.steps {
        let (tone, word) = if step.holds { (Tone::Good, "holds") } else { (Tone::Bad, "FAILS") };
        table.row([(tone, word.into()), (Tone::Strong, step.step.into()), (Tone::Plain, step.detail.clone())]);
    }
    table.render()
}
