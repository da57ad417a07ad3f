//! SEC-OAUTH-FLOW.

use crate::certification::authorization;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

pub(super) const CHECK: Check = Check {
    id: "SEC-OAUTH-FLOW",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "a person's authorization is bound to their browser by PKCE and state, and its tokens go nowhere else",
    mend: "use an OAuth library with PKCE S256 and a fresh state for each browser, check state before anything else, keep \
           the refresh token of each answer, and send tokens to PROVENIQ_API_URL alone",
    anchor: "oauth.start_path",
    revision: 1,
    run,
};

/// Below `premier` it counts where scopes are declared: without them nothing can be had by it.
fn run(subject: &Subject<'_>) -> Finished {
    let oauth = &subject.manifest.oauth;
    if subject.tier < Tier::Premier && oauth.scopes.is_empty() {
        return Finished::not_applicable("no scopes are declared; it counts from premier on");
    }
    subject.evidence.authorization.judge(|transcript| authorization::judge(transcript, &oauth.redirect_uris))
}
