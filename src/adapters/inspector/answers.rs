//! Answers of the page's server: all with headers that keep others away from what they hold.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;

use crate::error::{Error, Kind};

/// An answer, whole or streamed.
pub(super) type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

const KEEP_AWAY: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// An answer of any kind.
pub(super) fn answer(status: StatusCode, content_type: &str, body: UnsyncBoxBody<Bytes, Infallible>) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    for (name, value) in KEEP_AWAY {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(content_type) {
        headers.insert(CONTENT_TYPE, value);
    }
    answer
}

/// An answer that is whole.
pub(super) fn whole(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Answer {
    answer(status, content_type, Full::new(body.into()).boxed_unsync())
}

/// A document.
pub(super) fn json(status: StatusCode, document: &impl Serialize) -> Answer {
    match serde_json::to_vec(document) {
        Ok(bytes) => whole(status, "application/json", bytes),
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the document cannot be written"),
    }
}

/// What was refused, and why.
pub(super) fn refused(status: StatusCode, why: &str) -> Answer {
    json(status, &serde_json::json!({"error": why, "hints": []}))
}

/// What went wrong, with its hints.
pub(super) fn failed(error: &Error) -> Answer {
    let status = if error.kind() == Kind::Bug { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::CONFLICT };
    let text = std::iter::once(error.message()).chain(error.causes().iter().map(String::as_str));
    let text = text.collect::<Vec<_>>().join(": ");
    json(status, &serde_json::json!({"error": text, "hints": error.hints()}))
}
