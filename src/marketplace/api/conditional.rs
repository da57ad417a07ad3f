//! Conditional answers: an entity tag, and 304 where the asker has that very document (RFC 9110 section 13.1.2).

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::{Answer, Failure};
use crate::package::hex;
use crate::wire::Code;

/// Answers with a document, or with 304 where `If-None-Match` names its tag.
pub(super) fn document(asked: &HeaderMap, document: &impl Serialize) -> Answer<Response> {
    let internal = |_| Failure::new(Code::Internal, "the document cannot be serialised");
    let body = serde_json::to_vec(document).map_err(internal)?;
    let tag = format!("\"{}\"", &hex(&Sha256::digest(&body))[..32]);
    let mut response = if is_known(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], body).into_response()
    };
    response
        .headers_mut()
        .insert(header::ETAG, HeaderValue::from_str(&tag).map_err(|_| Failure::new(Code::Internal, "no tag"))?);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// Whether `If-None-Match` names a tag.
pub(super) fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == tag)
}
