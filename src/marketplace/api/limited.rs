//! How often a credential may ask (draft-ietf-httpapi-ratelimit-headers, RFC 6585 section 4).

use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::problem::Failure;
use crate::marketplace::Marketplace;
use crate::package::hex;
use crate::wire::Code;

/// Counts a request of the credential that it carries, whether or not that holds, and tells what is left.
pub(super) async fn per_credential(Extension(state): Extension<Marketplace>, request: Request, next: Next) -> Response {
    let throttle = &state.0.ledger_requests;
    let credential = request.headers().get(header::AUTHORIZATION).map_or(&b""[..], HeaderValue::as_bytes);
    let pass = throttle.attempt(&hex(&Sha256::digest(credential)), Instant::now());
    let mut response = match pass.allowed {
        Ok(()) => next.run(request).await,
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

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
