//! How often a credential may ask (draft-ietf-httpapi-ratelimit-headers, RFC 6585 section 4).

use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::{FromRequestParts, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::auth::Authenticated;
use super::problem::Failure;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::Credential;
use crate::wire::Code;

/// Counts a request of a key, or of all tokens of a grant: a fresh token is no fresh allowance. Tells what is left.
pub(super) async fn per_credential(Extension(state): Extension<Marketplace>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let who = match <Authenticated as FromRequestParts<Marketplace>>::from_request_parts(&mut parts, &state).await {
        Ok(who) => who,
        Err(failure) => return failure.into_response(),
    };
    let throttle = &state.0.ledger_requests;
    let pass = throttle.attempt(counted(&who), Instant::now());
    parts.extensions.insert(who);
    let mut response = match pass.allowed {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(wait) => {
            let detail = format!("more than {} requests in {} s", throttle.burst(), throttle.window().as_secs());
            Failure::new(Code::RateLimited, detail).retry_after(wait).into_response()
        }
    };
    let policy = format!("\"default\";q={};w={}", throttle.burst(), whole_seconds(throttle.window()));
    let left = format!("\"default\";r={};t={}", pass.remaining, whole_seconds(pass.reset));
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn counted(who: &Authenticated) -> &str {
    match &who.0.credential {
        Credential::Key(key) => &key.id,
        Credential::Token(token) => &token.grant,
    }
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
