//! What goes around every request: an identifier, and problem documents that carry it.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Failure;
use crate::package::hex;
use crate::wire::{Code, PROBLEM_CONTENT_TYPE};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an identifier and writes the problem document where it failed.
pub(super) async fn identified(request: Request, next: Next) -> Response {
    let mut random = [0; 8];
    // Without randomness the identifier is of no use, and the answer still is.
    let _ = getrandom::fill(&mut random);
    let id = format!("req_{}", hex(&random));
    let mut response = next.run(request).await;
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| foreign_failure(response.status()));
    if let Some(Failure(mut problem)) = failure {
        problem.request_id = Some(id.clone());
        let allow = response.headers().get(header::ALLOW).cloned();
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        response = (response.status(), [(header::CONTENT_TYPE, PROBLEM_CONTENT_TYPE)], body).into_response();
        allow.map(|allow| response.headers_mut().insert(header::ALLOW, allow));
        if problem.status == StatusCode::UNAUTHORIZED.as_u16() {
            let challenge = HeaderValue::from_static("Bearer realm=\"proveniq\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Failures that the framework answered by itself.
fn foreign_failure(status: StatusCode) -> Option<Failure> {
    match status {
        StatusCode::REQUEST_TIMEOUT => Some(Failure::new(Code::Timeout, "the request took too long")),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Failure::new(Code::TooLarge, "the body is too large")),
        status if status.is_client_error() => Some(Failure::new(Code::BadRequest, format!("answered {status}"))),
        status if status.is_server_error() => Some(Failure::new(Code::Internal, format!("answered {status}"))),
        _ => None,
    }
}
