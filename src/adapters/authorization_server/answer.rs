//! What an authorization server answers, and what it may have done where it does not answer.

use reqwest::{RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::adapters::http;
use crate::error::Error;

/// Largest answer, in bytes.
const LARGEST: usize = 1 << 16;
/// Longest error description that is repeated, in characters.
const LONGEST: usize = 300;
/// Refusals that trying again does not change (RFC 6749 section 5.2).
const OF_THE_GRANT: [&str; 6] = [
    "invalid_grant",
    "invalid_client",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
];

/// A refusal in the server's words.
#[derive(Deserialize)]
pub(super) struct Refusal {
    pub(super) error: String,
    error_description: Option<String>,
}

impl Refusal {
    /// Tells whether it is about what was sent, and not about the time or the way.
    pub(super) fn is_of_the_grant(&self) -> bool {
        OF_THE_GRANT.contains(&self.error.as_str())
    }

    /// What it says, bounded.
    pub(super) fn text(&self) -> String {
        let text = self.error_description.as_ref().unwrap_or(&self.error);
        text.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
    }
}

/// An answer that is no success.
pub(super) enum Failure {
    Refused(Refusal),
    /// Nothing was done: the request did not arrive, or it came too early.
    Unserved(Error),
    /// No answer arrived, or the server failed: what was asked for may have been done.
    Lost(Error),
    /// A success that cannot be read: what it gave is lost.
    Garbled(Error),
    /// Not what an authorization server answers.
    Other(Error),
}

impl Failure {
    /// A refusal that repeats what was sent does not get it shown: codes, tokens and verifiers are secrets.
    pub(super) fn without(self, form: &[(&str, &str)]) -> Self {
        let Failure::Refused(mut refusal) = self else { return self };
        let secrets = form.iter().filter(|(name, _)| !matches!(*name, "grant_type" | "client_id" | "redirect_uri"));
        for (name, secret) in secrets {
            let told = format!("[{name}]");
            refusal.error = refusal.error.replace(secret, &told);
            refusal.error_description = refusal.error_description.map(|text| text.replace(secret, &told));
        }
        Failure::Refused(refusal)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unserved(error) | Failure::Garbled(error) | Failure::Other(error) => error,
            Failure::Lost(error) => error.hint("run the command again"),
            Failure::Refused(refusal) => {
                Error::auth(format!("the marketplace refused the sign-in: {}", refusal.text()))
                    .hint("sign in again with `proveniq login`")
            }
        }
    }
}

/// Sends a request, and reads what it gives.
pub(super) async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Failure> {
    let response = request.send().await.map_err(|cause| {
        if cause.is_connect() { Failure::Unserved(unreachable(&cause)) } else { Failure::Lost(unanswered(&cause)) }
    })?;
    let status = response.status();
    let read = http::read_bounded(response, LARGEST).await;
    let (body, _) = read.map_err(|cause| Failure::Lost(unanswered(&cause)))?;
    if status.is_success() {
        let nonsense = |_| Failure::Garbled(no_server(&format!("its answer is not what RFC 6749 says ({status})")));
        return serde_json::from_slice(&body).map_err(nonsense);
    }
    let error = || no_server(&format!("it answered {status}"));
    match (status, serde_json::from_slice(&body)) {
        (StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, _) => Err(Failure::Unserved(error())),
        (status, _) if status.is_server_error() => Err(Failure::Lost(error())),
        (status, Ok(refusal)) if status.is_client_error() => Err(Failure::Refused(refusal)),
        _ => Err(Failure::Other(error())),
    }
}

/// An answer that no authorization server gives.
pub(super) fn no_server(why: &str) -> Error {
    Error::unreachable(format!("nobody can sign in at this marketplace: {why}"))
        .hint("`proveniq doctor` tells which marketplace is used")
}

/// A marketplace that is not there.
pub(super) fn unreachable(cause: &reqwest::Error) -> Error {
    let what = if cause.is_timeout() { "did not answer in time" } else { "cannot be reached" };
    Error::unreachable(format!("the marketplace {what}"))
        .hint("start the local one with `proveniq sandbox start --detach`, or name another with --marketplace")
}

/// A marketplace that was there, and whose answer is not.
fn unanswered(cause: &reqwest::Error) -> Error {
    let what = if cause.is_timeout() { "did not answer in time" } else { "gave no answer" };
    Error::unreachable(format!("the marketplace {what}"))
}
