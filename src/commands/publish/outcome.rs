//! What publishing came to.

use serde::Serialize;

use super::basis::Basis;
use crate::certification::Tier;
use crate::certification::attestation::{Countersignature, RestsOn};
use crate::commands::certify::{checks_table, details};
use crate::commands::standing;
use crate::commands::verify::steps_table;
use crate::error::Kind;
use crate::publication::{Plan, Step};
use crate::stages::pack::PackageFacts;
use crate::ui::{Page, Render, Tone};
use crate::wire::{Receipt, Version, VersionStatus};

/// What publishing came to.
#[derive(Serialize)]
pub(in crate::commands) struct Published {
    pub(super) marketplace: String,
    pub(super) package: PackageFacts,
    #[serde(flatten)]
    pub(super) basis: Basis,
    pub(super) plan: Option<Plan>,
    pub(super) dry_run: bool,
    /// Whether a reviewer's decision was waited for.
    #[serde(skip)]
    pub(super) waited: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<Receipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) receipt_path: Option<String>,
    /// What the marketplace signed, opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) countersigned: Option<Countersignature>,
}

impl Render for Published {
    fn schema(&self) -> &'static str {
        "proveniq.publish/1"
    }

    fn human(&self, page: &mut Page) {
        let package = &self.package;
        match &self.basis {
            Basis::Certification(certification) => {
                page.block(&checks_table(certification));
                let found = certification.checks.iter().filter(|check| !check.findings.is_empty());
                found.for_each(|check| details(page, check));
            }
            Basis::Verification(verification) => {
                page.block(&steps_table(verification));
            }
        }
        page.gap().toned(Tone::Strong, format!("{} {}", package.name, package.version));
        page.field("marketplace", &self.marketplace).field("digest", format!("sha256:{}", package.digest));
        page.field("size", format!("{} bytes, {} files", package.size, package.files));
        if let Some(receipt) = &self.receipt_path {
            page.field("receipt", receipt);
        }
        page.gap();
        if let Some(said) = &self.countersigned {
            page.wrapped("", Tone::Plain, ground(said)).gap();
        }
        for reason in self.receipt.iter().flat_map(|receipt| &receipt.version.reasons) {
            page.words("reason", reason.split_whitespace());
        }
        page.wrapped("", self.tone(), self.sentence());
    }

    fn verdict(&self) -> Option<Kind> {
        if self.published_otherwise().is_some() {
            return Some(Kind::Conflict);
        }
        match self.plan.as_ref().map(|plan| &plan.next) {
            Some(Step::Conflict { .. }) => Some(Kind::Conflict),
            _ => self.basis.kind().or_else(|| self.standing()),
        }
    }

    fn hints(&self) -> Vec<String> {
        let mut hints: Vec<_> = self.receipt.iter().map(|receipt| next(&receipt.version)).collect();
        if self.published_otherwise().is_some() {
            hints.push("to claim another tier, raise integration.version in proveniq.toml and publish that".into());
        }
        if let (Basis::Verification(_), false) = (&self.basis, self.basis.holds()) {
            hints.push("attest what is there now with `proveniq certify --tier TIER --attest FILE`".into());
        }
        hints
    }
}

impl Published {
    fn tone(&self) -> Tone {
        let status = self.receipt.as_ref().map(|receipt| receipt.version.status);
        match self.verdict() {
            Some(kind) if kind != Kind::Inconclusive => Tone::Bad,
            None if status != Some(VersionStatus::InReview) => Tone::Good,
            _ => Tone::Warn,
        }
    }

    /// How it ends for where the version stands: what awaits a review ends well, unless that was waited for.
    fn standing(&self) -> Option<Kind> {
        let kind = standing::kind(self.receipt.as_ref()?.version.status)?;
        (kind != Kind::Inconclusive || self.waited).then_some(kind)
    }

    /// The tier as which this very content was published before, where more is claimed now.
    fn published_otherwise(&self) -> Option<Tier> {
        let version = &self.receipt.as_ref().filter(|receipt| receipt.unchanged)?.version;
        let before = version.tier_claimed.map_or(version.tier, |claimed| claimed.max(version.tier));
        (before < self.basis.tier()?).then_some(before)
    }

    fn sentence(&self) -> String {
        if let Some(before) = self.published_otherwise() {
            return format!("unchanged: this very content was published as {before} before, and its claim stays");
        }
        match (&self.receipt, self.plan.as_ref().map(|plan| &plan.next)) {
            (Some(receipt), _) if receipt.unchanged => {
                let stands = standing::sentence(&receipt.version, None);
                format!("unchanged: this very content was sent before; {stands}")
            }
            (Some(Receipt { version, id, .. }), _) => {
                format!("{}; receipt {id}", standing::sentence(version, None))
            }
            (None, Some(Step::Send)) => "dry run: it would be published; nothing was changed".into(),
            (None, Some(Step::Unchanged { .. })) => "dry run: this very content is published already".into(),
            (None, Some(Step::Conflict { .. })) => "dry run: the version is published with other content".into(),
            (None, None) => match &self.basis {
                Basis::Certification(seen) => format!("not published: tier {} is not reached", seen.tier),
                Basis::Verification(_) => "not published: the attestation does not hold".into(),
            },
        }
    }
}

/// What to do next with a version.
fn next(version: &Version) -> String {
    match version.status {
        VersionStatus::InReview => {
            format!("follow it with `proveniq status {}@{} --wait`", version.name, version.version)
        }
        VersionStatus::Rejected => standing::AFTER_REJECTION.to_owned(),
        VersionStatus::Active | VersionStatus::Yanked => format!("see it with `proveniq info {}`", version.name),
    }
}

/// What the marketplace's countersignature rests on, in words.
fn ground(said: &Countersignature) -> String {
    let of = |ground: RestsOn| said.checks.iter().filter(move |check| check.rests_on == ground);
    let repeated = format!("the marketplace repeated {} checks on the package", of(RestsOn::Package).count());
    let claimed: Vec<_> = of(RestsOn::Publisher).map(|check| check.id.as_str()).collect();
    match claimed.as_slice() {
        [] => repeated,
        ids => format!("{repeated}; on your word alone: {}", ids.join(", ")),
    }
}
