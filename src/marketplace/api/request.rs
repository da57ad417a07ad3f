//! What goes around every request: an identifier, problem documents that carry it, and the audit of refusals.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use super::problem::Failure;
use crate::marketplace::storage::{Deed, StorageError, Trail};
use crate::marketplace::{Marketplace, address};
use crate::package::hex;
use crate::wire::{Code, PROBLEM_CONTENT_TYPE, Problem};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Marks a response of 4xx or 5xx that has the body it is meant to have.
#[derive(Debug, Clone, Copy)]
pub(in crate::marketplace) struct Worded;

/// Marks a response that refuses something in words of its own, for the audit log.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct Refused {
    /// Why, as a code.
    pub(in crate::marketplace) reason: &'static str,
    /// Who was refused, where that is known.
    pub(in crate::marketplace) account: Option<String>,
    /// With what, where that is known.
    pub(in crate::marketplace) credential: Option<String>,
    /// What is answered instead where the address was refused too often.
    pub(in crate::marketplace) too_often: fn(Duration) -> Response,
}

/// Gives the request an identifier, and writes the problem document and the audit log's entry where it was refused.
pub(super) async fn identified(State(state): State<Marketplace>, mut request: Request, next: Next) -> Response {
    let mut random = [0; 8];
    // Without randomness the identifier is of no use, and the answer still is.
    let _ = getrandom::fill(&mut random);
    let id = format!("req_{}", hex(&random));
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = address::of(peer, request.headers(), &state.0.settings.trusted_proxies);
    let trail = Trail { request_id: Some(id.clone()), address };
    request.extensions_mut().insert(trail.clone());
    let asked = format!("{} {}", request.method(), without_secrets(request.uri().path()));
    let log = Log { state: &state, trail: &trail, asked: &asked };
    let mut response = next.run(request).await;
    if let Some(refused) = response.extensions_mut().remove::<Refused>() {
        response = log.told(response, &refused).await;
    }
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| foreign_failure(&response));
    if let Some(failure) = failure {
        let failure = log.noted(failure).await;
        let allow = response.headers().get(header::ALLOW).cloned();
        let limits = ["ratelimit", "ratelimit-policy"].map(|name| (name, response.headers().get(name).cloned()));
        response = worded(failure, &id);
        allow.map(|allow| response.headers_mut().insert(header::ALLOW, allow));
        for (name, value) in limits {
            value.map(|value| response.headers_mut().insert(name, value));
        }
    }
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        log.slowed_down().await;
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// A path as it may be kept: a secret that somebody put into it is not, and a word that cannot be a name is cut.
fn without_secrets(path: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let word = |word: &str| match word.find("pvq_").or_else(|| word.find("whsec_")) {
        Some(_) => "(a secret)".to_owned(),
        None => word.chars().filter(|c| !c.is_control()).take(64).collect(),
    };
    decoded.split('/').map(word).collect::<Vec<_>>().join("/").chars().take(200).collect()
}

/// The audit log as one request writes refusals to it.
struct Log<'a> {
    state: &'a Marketplace,
    trail: &'a Trail,
    /// Method and path.
    asked: &'a str,
}

impl Log<'_> {
    /// Notes a refusal before it is told. An address that is refused again and again is slowed down instead, so that the
    /// log cannot be flooded.
    async fn note(
        &self,
        account: Option<&str>,
        credential: Option<&str>,
        reason: &str,
    ) -> Result<Result<(), Duration>, StorageError> {
        if let Err(wait) = self.state.0.refusals.attempt(&self.trail.place(), Instant::now()).allowed {
            return Ok(Err(wait));
        }
        let deed = Deed { account, credential, action: "request", object: self.asked, refused: Some(reason) };
        self.state.0.storage.note_alone(Timestamp::now(), self.trail, &deed).await.map(Ok)
    }

    /// A problem: what was not allowed, and what a caller was refused.
    async fn noted(&self, failure: Failure) -> Failure {
        if !matches!(failure.problem.status, 401 | 403) && failure.by.is_none() {
            return failure;
        }
        let (account, credential) = match &failure.by {
            Some(by) => (Some(by.account.as_str()), Some(by.credential.as_str())),
            None => (None, None),
        };
        match self.note(account, credential, failure.problem.code.as_str()).await {
            Ok(Ok(())) => failure,
            Ok(Err(wait)) => {
                let detail = "this address was refused too often; slow down";
                Failure::new(Code::RateLimited, detail).retry_after(wait)
            }
            Err(cause) => cause.into(),
        }
    }

    /// A refusal that has its words already.
    async fn told(&self, response: Response, refused: &Refused) -> Response {
        let (account, credential) = (refused.account.as_deref(), refused.credential.as_deref());
        match self.note(account, credential, refused.reason).await {
            Ok(Ok(())) => response,
            Ok(Err(wait)) => (refused.too_often)(wait),
            Err(cause) => Failure::from(cause).into_response(),
        }
    }

    /// That an address asks too often is noted once in a while: noting each time would be what it could flood.
    async fn slowed_down(&self) {
        if self.state.0.slowed_down.attempt(&self.trail.place(), Instant::now()).allowed.is_ok() {
            let refused = Some(Code::RateLimited.as_str());
            let deed = Deed { action: "request", object: self.asked, refused, ..Deed::default() };
            // Nothing was changed, and the answer says no whether or not it can be noted.
            let _ = self.state.0.storage.note_alone(Timestamp::now(), self.trail, &deed).await;
        }
    }
}

fn worded(failure: Failure, id: &str) -> Response {
    let Failure { mut problem, retry_after, .. } = failure;
    problem.request_id = Some(id.to_owned());
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_CONTENT_TYPE)], body).into_response();
    if let Some(challenge) = challenge(&problem).and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    if let Some(wait) = retry_after {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        response.headers_mut().insert(header::RETRY_AFTER, seconds.max(1).into());
    }
    response
}

/// RFC 6750 section 3: what is wrong with the credential, in the challenge too.
fn challenge(problem: &Problem) -> Option<String> {
    let realm = "Bearer realm=\"proveniq\"";
    match problem.code {
        Code::Unauthenticated => Some(realm.to_owned()),
        Code::KeyRevoked | Code::KeyExpired | Code::TokenRevoked | Code::TokenExpired => {
            Some(format!("{realm}, error=\"invalid_token\""))
        }
        Code::MissingScope => Some(format!("{realm}, error=\"insufficient_scope\"")),
        _ => None,
    }
}

/// Failures that the framework answered by itself.
fn foreign_failure(response: &Response) -> Option<Failure> {
    if response.extensions().get::<Worded>().is_some() {
        return None;
    }
    match response.status() {
        StatusCode::REQUEST_TIMEOUT => Some(Failure::new(Code::Timeout, "the request took too long")),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Failure::new(Code::TooLarge, "the body is too large")),
        status if status.is_client_error() => Some(Failure::new(Code::BadRequest, format!("answered {status}"))),
        status if status.is_server_error() => Some(Failure::new(Code::Internal, format!("answered {status}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_path_is_not_kept() {
        assert_eq!(without_secrets("/v1/keys/key_0123"), "/v1/keys/key_0123");
        for path in ["/v1/keys/pvq_test_abc", "/v1/keys/%70vq_test_abc", "/v1/keys/xpvq_live_abc"] {
            assert_eq!(without_secrets(path), "/v1/keys/(a secret)");
        }
    }
}
