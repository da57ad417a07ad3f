//! What this marketplace says of a package that it accepted, signed with its own key.

use jiff::Timestamp;

use super::examine::Accepted;
use crate::certification::NamedRules;
use crate::certification::attestation::{COUNTERSIGNATURE, Countersignature, Envelope, Statement, Subject};
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
        attested_by: accepted.submitted.attestation.as_ref().map(|(key, _)| key.clone()),
        checks: accepted.endorsed.clone(),
    };
    let subject = Subject::package(&announced.name, &announced.version, &announced.digest);
    Statement::new(subject, COUNTERSIGNATURE, countersignature).sealed(&inner.key)
}
