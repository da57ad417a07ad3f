//! Refreshing (RFC 6749 section 6, RFC 9700 section 4.14): each refresh token works once, and the next one is used next.

use super::transcript::{Act, Party, Transcript};
use crate::certification::finding::Finding;

/// Refreshes that must be seen: the second one shows which token the first one left.
const NEEDED: usize = 2;

/// What refreshing came to.
pub(super) enum Refreshing {
    /// It holds, or does not.
    Judged(Vec<Finding>),
    /// It was not seen.
    Unseen(&'static str),
}

pub(super) fn judge(transcript: &Transcript) -> Refreshing {
    let mut sent: Vec<String> = Vec::new();
    let mut refreshed = 0;
    for request in transcript.token_requests().filter(|request| request.get("grant_type") == Some("refresh_token")) {
        let token = request.get("refresh_token").unwrap_or_default().to_owned();
        if sent.contains(&token) {
            let message =
                "a refresh token is sent a second time: the one that came with the answer must take its place";
            return Refreshing::Judged(vec![Finding::new(message).rule("refresh").content("refresh")]);
        }
        refreshed += usize::from(request.given.is_some());
        sent.push(token);
    }
    match refreshed {
        refreshed if refreshed >= NEEDED => Refreshing::Judged(Vec::new()),
        0 if goes_on_with_expired_tokens(transcript) => {
            let message = "an access token that has expired is not refreshed: a person must agree again";
            Refreshing::Judged(vec![Finding::new(message).rule("refresh").content("no refresh").warning()])
        }
        0 => Refreshing::Unseen(
            "no refresh was seen: neither a delivery nor the page behind the callback made it use its token at \
             PROVENIQ_API_URL",
        ),
        _ => Refreshing::Unseen("one refresh was seen and no second one, which would show the token that is kept"),
    }
}

/// Whether it was refused with its token, and asked for no other.
fn goes_on_with_expired_tokens(transcript: &Transcript) -> bool {
    let uses = transcript.steps.iter().filter(|step| step.act == Act::Use);
    let mut asked = uses.flat_map(|step| &step.heard).filter(|heard| heard.party == Party::Marketplace);
    asked.any(|heard| {
        heard.request.path.starts_with("/v1") && heard.reply.as_ref().is_some_and(|reply| reply.status == 401)
    })
}
