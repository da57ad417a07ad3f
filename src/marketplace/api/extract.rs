//! Request parts whose refusal is a problem document.

use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::problem::{Answer, Failure};
use crate::wire::{Code, IDEMPOTENCY_KEY};

/// Longest idempotency key, in characters.
const KEY_CHARACTERS: usize = 255;

/// A JSON body.
pub(super) struct Json<T>(pub(super) T);

/// Parts of the path.
pub(super) struct Path<T>(pub(super) T);

/// Parts of the query.
pub(super) struct Query<T>(pub(super) T);

/// A raw body.
pub(super) struct Bytes(pub(super) axum::body::Bytes);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        Ok(Json(axum::Json::from_request(request, state).await?.0))
    }
}

impl<S: Send + Sync> FromRequest<S> for Bytes {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        Ok(Bytes(axum::body::Bytes::from_request(request, state).await?))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Ok(Path(axum::extract::Path::from_request_parts(parts, state).await?.0))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Ok(Query(axum::extract::Query::from_request_parts(parts, state).await?.0))
    }
}

/// The request's `Idempotency-Key`, where it has one.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Answer<Option<&str>> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    must_be_idempotency_key(value.to_str().unwrap_or_default()).map(Some)
}

/// Refuses what no `Idempotency-Key` can be. A space is none of its characters: it separates what one is kept under.
pub(super) fn must_be_idempotency_key(text: &str) -> Answer<&str> {
    if (1..=KEY_CHARACTERS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(text);
    }
    let wrong = format!("Idempotency-Key must have 1 to {KEY_CHARACTERS} visible characters");
    Err(Failure::new(Code::BadRequest, wrong))
}

/// Makes a rejection of the framework a problem.
macro_rules! rejections {
    ($($rejection:ident),+) => {
        $(impl From<$rejection> for Failure {
            fn from(rejection: $rejection) -> Self {
                let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
                Failure::new(if too_large { Code::TooLarge } else { Code::BadRequest }, rejection.body_text())
            }
        })+
    };
}
rejections!(JsonRejection, PathRejection, QueryRejection, BytesRejection);
