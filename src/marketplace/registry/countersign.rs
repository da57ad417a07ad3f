//! What this marketplace says of a package that it accepted, signed with its own key.

use jiff::Timestamp;

use super::examine::Accepted;
use crate::certification::attestation::{COUNTERSIGNATURE, Countersignature, Envelope, Statement, Subject};
use crate::certification::{NamedRules, Tier};
use crate::marketplace::state::Inner;
use crate::wire::OpenUpload;

/// Says which tier is granted, and what each verdict rests on.
pub(in crate::marketplace) fn countersign(
    inner: &Inner,
    accepted: &Accepted,
    announced: &OpenUpload,
    now: Timestamp,
) -> Envelope {
    let rules = accepted.submitted.claimed.rules;
    let countersignature = Countersignature {
        marketplace: inner.settings.url.clone(),
        time: now,
        rule_set: NamedRules { version: rules.version.to_owned(), digest: rules.digest() },
        tier: accepted.tier,
        tier_claimed: accepted.tier_claimed(),
        approved_at: None,
        attested_by: accepted.submitted.attestation.as_ref().map(|(key, _)| key.clone()),
        checks: accepted.endorsed.clone(),
    };
    let subject = Subject::package(&announced.name, &announced.version, &announced.digest);
    Statement::new(subject, COUNTERSIGNATURE, countersignature).sealed(&inner.key)
}

/// Says that a reviewer grants what was claimed. An error says why what was signed before cannot be read.
pub(in crate::marketplace) fn approve(
    inner: &Inner,
    before: &Envelope,
    now: Timestamp,
) -> Result<(Tier, Envelope), String> {
    let opened = before.open(&inner.key.public_key()).map_err(|why| why.to_string())?;
    let statement = Statement::<Countersignature>::read(&opened, COUNTERSIGNATURE).map_err(|why| why.to_string())?;
    let (subject, said) = (statement.subject().clone(), statement.predicate);
    let tier = said.tier_claimed.ok_or("no tier is claimed")?;
    // The time stays: it says when the marketplace saw the publisher's key to be good, and the package's suppressions to hold.
    let granted = Countersignature { tier, tier_claimed: None, approved_at: Some(now), ..said };
    Ok((tier, Statement::new(subject, COUNTERSIGNATURE, granted).sealed(&inner.key)))
}
