//! Errors of the authorization server's endpoints (RFC 6749 section 5.2).

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::marketplace::api::{Refused, Worded};
use crate::marketplace::storage::StorageError;

/// A refused request.
#[derive(Debug)]
pub(super) struct OAuthError {
    pub(super) code: &'static str,
    pub(super) description: String,
    pub(super) status: StatusCode,
    challenge: bool,
    retry_after: Option<Duration>,
    /// Who was refused, for the audit log.
    client: Option<String>,
    /// Whether the audit log is to tell of it: it does not yet, and it is a refusal.
    noteworthy: bool,
}

pub(super) type Answer<T> = Result<T, OAuthError>;

#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ErrorDocument {
    /// What went wrong, for programs.
    error: &'static str,
    /// What went wrong, for people.
    error_description: String,
}

impl OAuthError {
    pub(super) fn new(code: &'static str, description: impl Into<String>) -> Self {
        let description = description.into();
        let status = StatusCode::BAD_REQUEST;
        OAuthError { code, description, status, challenge: false, retry_after: None, client: None, noteworthy: true }
    }

    /// What the audit log tells already, or what is no refusal but a "not yet".
    pub(super) fn noted(mut self) -> Self {
        self.noteworthy = false;
        self
    }

    /// Tells which client was refused, for the audit log.
    pub(super) fn by(mut self, client: &str) -> Self {
        self.client = Some(client.to_owned());
        self
    }

    /// The entry that the audit log is to have.
    pub(super) fn refused(&self) -> Option<Refused> {
        let (reason, credential) = (self.code, self.client.clone());
        let too_often = |wait| OAuthError::too_often(wait).into_response();
        let refused = self.noteworthy && !self.status.is_server_error();
        refused.then_some(Refused { reason, account: None, credential, too_often })
    }

    /// `invalid_request`.
    pub(super) fn request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    /// `invalid_client`; with a challenge where the client used the Authorization header.
    pub(super) fn client(description: impl Into<String>, challenge: bool) -> Self {
        OAuthError { status: StatusCode::UNAUTHORIZED, challenge, ..Self::new("invalid_client", description) }
    }

    /// Too many wrong attempts.
    pub(super) fn too_often(wait: Duration) -> Self {
        let slow = Self::new("slow_down", "too many attempts: wait a moment");
        OAuthError { status: StatusCode::TOO_MANY_REQUESTS, retry_after: Some(wait), noteworthy: false, ..slow }
    }
}

impl From<StorageError> for OAuthError {
    fn from(cause: StorageError) -> Self {
        let status = match cause {
            StorageError::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        OAuthError { status, ..Self::new("server_error", cause.to_string()) }
    }
}

impl From<getrandom::Error> for OAuthError {
    fn from(_: getrandom::Error) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        OAuthError { status, ..Self::new("server_error", "the system gives no randomness") }
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let refused = self.refused();
        let document = ErrorDocument { error: self.code, error_description: self.description };
        let mut response = (self.status, [(header::CACHE_CONTROL, "no-store")], axum::Json(document)).into_response();
        if self.challenge {
            let challenge = HeaderValue::from_static("Basic realm=\"proveniq\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(wait) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, wait.as_secs().max(1).into());
        }
        response.extensions_mut().insert(Worded);
        refused.map(|refused| response.extensions_mut().insert(refused));
        response
    }
}
