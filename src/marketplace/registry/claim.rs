//! What a publisher claims of an upload: a signed attestation, or for tier listed a bare list of verdicts.

use jiff::Timestamp;

use crate::certification::Tier;
use crate::certification::attestation::{
    CERTIFICATION, Claimed, Difference, Envelope, Predicate, Statement, Subject, claimed, yet_to_come,
};
use crate::credential::{Fingerprint, PublicKey};
use crate::wire::{Claim, CommitUpload, OpenUpload, RegisteredSigningKey, Rejection};

/// A claim that is complete, and whose it is.
#[derive(Debug)]
pub(in crate::marketplace) struct Submitted {
    pub(in crate::marketplace) claimed: Claimed,
    /// The key that signed it, and the envelope.
    pub(in crate::marketplace) attestation: Option<(Fingerprint, Envelope)>,
}

impl Submitted {
    /// Takes what came with a commit. `key` is the publisher's key that the envelope names, where there is one.
    pub(super) fn read(
        request: &CommitUpload,
        announced: &OpenUpload,
        key: Option<&RegisteredSigningKey>,
        now: Timestamp,
    ) -> Result<Self, Vec<Rejection>> {
        let read = match (&request.certification, &request.attestation) {
            (_, Some(envelope)) => attested(envelope, announced, key, now),
            (Some(claim), None) => bare(claim),
            (None, None) => {
                Err(vec![Difference::new("attestation", "there is neither an attestation nor a certification")])
            }
        };
        let submitted = read.map_err(rejections)?;
        let unmet = submitted.claimed.unmet();
        if unmet.is_empty() { Ok(submitted) } else { Err(rejections(unmet)) }
    }

    /// The claim as it is kept.
    pub(in crate::marketplace) fn claim(&self) -> Claim {
        let claimed = &self.claimed;
        Claim { rule_set: claimed.rules.version.to_owned(), tier: claimed.tier, checks: claimed.verdicts.clone() }
    }
}

pub(super) fn rejections(differences: Vec<Difference>) -> Vec<Rejection> {
    let rejection = |difference: Difference| Rejection { check: difference.check, message: difference.message };
    differences.into_iter().map(rejection).collect()
}

fn bare(claim: &Claim) -> Result<Submitted, Vec<Difference>> {
    if claim.tier != Tier::Listed {
        let message = format!("{} needs a signed attestation; without one a version is listed", claim.tier);
        return Err(vec![Difference::new("tier", message)]);
    }
    let claimed = Claimed::new(&claim.rule_set, claim.tier, claim.checks.clone())?;
    Ok(Submitted { claimed, attestation: None })
}

fn attested(
    envelope: &Envelope,
    announced: &OpenUpload,
    key: Option<&RegisteredSigningKey>,
    now: Timestamp,
) -> Result<Submitted, Vec<Difference>> {
    let refused = |message: String| vec![Difference::new("attestation", message)];
    let signed_by = envelope.signed_by().map_err(|why| refused(why.to_string()))?;
    let publisher = announced.name.publisher();
    let key =
        key.ok_or_else(|| refused(format!("it is signed by {signed_by}, which is no signing key of {publisher}")))?;
    if let Some(at) = key.revoked_at {
        return Err(refused(format!("it is signed by the key {:?}, which was revoked on {at}", key.name)));
    }
    let public = PublicKey::from_pem(&key.public_key).map_err(|why| refused(why.to_owned()))?;
    let opened = envelope.open(&public).map_err(|why| refused(why.to_string()))?;
    let statement: Statement<Predicate> =
        Statement::read(&opened, CERTIFICATION).map_err(|why| refused(why.to_string()))?;
    let expected = Subject::package(&announced.name, &announced.version, &announced.digest);
    if let Some(difference) = statement.subject().differs_from(&expected) {
        return Err(refused(difference));
    }
    if let Some(why) = yet_to_come(statement.predicate.time, now) {
        return Err(refused(why));
    }
    let claimed = claimed(&statement.predicate)?;
    Ok(Submitted { claimed, attestation: Some((public.fingerprint(), envelope.clone())) })
}
