//! What goes around every request: an identifier, problem documents that carry it, and the audit of refusals.

use std::net::SocketAddr;
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use super::problem::Failure;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Deed, Trail};
use crate::package::hex;
use crate::wire::{Code, PROBLEM_CONTENT_TYPE, Problem};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Marks a response of 4xx or 5xx that has the body it is meant to have.
#[derive(Debug, Clone, Copy)]
pub(in crate::marketplace) struct Worded;

/// Gives the request an identifier, and writes the problem document and the audit log's entry where it was refused.
pub(super) async fn identified(State(state): State<Marketplace>, mut request: Request, next: Next) -> Response {
    let mut random = [0; 8];
    // Without randomness the identifier is of no use, and the answer still is.
    let _ = getrandom::fill(&mut random);
    let id = format!("req_{}", hex(&random));
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let trail = Trail { request_id: Some(id.clone()), address };
    request.extensions_mut().insert(trail.clone());
    let asked = (request.method().clone(), request.uri().path().to_owned());
    let mut response = next.run(request).await;
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| foreign_failure(&response));
    if let Some(failure) = failure {
        let failure = noted(&state, &trail, &asked, failure).await;
        let allow = response.headers().get(header::ALLOW).cloned();
        response = worded(failure, &id);
        allow.map(|allow| response.headers_mut().insert(header::ALLOW, allow));
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Notes a refusal before it is told. An address that is refused again and again is slowed down instead, so that the log
/// cannot be flooded.
async fn noted(state: &Marketplace, trail: &Trail, (method, path): &(Method, String), failure: Failure) -> Failure {
    if !matches!(failure.problem.status, 401 | 403) {
        return failure;
    }
    let address = trail.address.map(|address| address.to_string()).unwrap_or_default();
    if let Err(wait) = state.0.refusals.attempt(&address, Instant::now()).allowed {
        let detail = "this address was refused too often; slow down";
        return Failure::new(Code::RateLimited, detail).retry_after(wait);
    }
    let (account, credential) = match &failure.by {
        Some(by) => (Some(by.account.as_str()), Some(by.credential.as_str())),
        None => (None, None),
    };
    let object: String = format!("{method} {path}").chars().take(200).collect();
    let refused = Some(failure.problem.code.as_str());
    let deed = Deed { account, credential, action: "request", object: &object, refused };
    match state.0.storage.note_alone(Timestamp::now(), trail, &deed).await {
        Ok(()) => failure,
        Err(cause) => cause.into(),
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
