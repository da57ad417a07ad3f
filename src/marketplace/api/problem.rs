//! Failures as problem documents (RFC 9457).

use std::any::Any;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::marketplace::storage::{Caller, StorageError};
use crate::wire::{Code, PROBLEM_TYPE, Problem, Rejection};

/// A failed request. The document is written by the outermost layer, which knows the request's identifier.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct Failure {
    pub(super) problem: Box<Problem>,
    /// Who was refused, where that is known.
    pub(super) by: Option<Box<RefusedCaller>>,
    /// When it is worth trying again.
    pub(super) retry_after: Option<Duration>,
}

/// Who was refused, and with which credential.
#[derive(Debug, Clone)]
pub(super) struct RefusedCaller {
    pub(super) account: String,
    pub(super) credential: String,
}

pub(in crate::marketplace) type Answer<T> = Result<T, Failure>;

impl Failure {
    pub(in crate::marketplace) fn new(code: Code, detail: impl Into<String>) -> Self {
        let (status, title) = describe(code);
        let problem = Problem {
            kind: format!("{PROBLEM_TYPE}{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            code,
            detail: detail.into(),
            request_id: None,
            reasons: Vec::new(),
        };
        Failure { problem: Box::new(problem), by: None, retry_after: None }
    }

    pub(super) fn with_reasons(mut self, reasons: Vec<Rejection>) -> Self {
        self.problem.reasons = reasons;
        self
    }

    /// Tells who was refused, for the audit log.
    pub(super) fn by(mut self, caller: &Caller) -> Self {
        let credential = caller.credential_id().to_owned();
        self.by = Some(Box::new(RefusedCaller { account: caller.account.clone(), credential }));
        self
    }

    /// Tells when it is worth trying again.
    pub(super) fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}

/// Status and title of a code.
pub(super) fn describe(code: Code) -> (StatusCode, &'static str) {
    match code {
        Code::BadRequest => (StatusCode::BAD_REQUEST, "The request is not of the documented form"),
        Code::Unauthenticated => (StatusCode::UNAUTHORIZED, "A valid credential is needed"),
        Code::KeyRevoked => (StatusCode::UNAUTHORIZED, "The key was revoked"),
        Code::KeyExpired => (StatusCode::UNAUTHORIZED, "The key has expired"),
        Code::TokenRevoked => (StatusCode::UNAUTHORIZED, "The access token was revoked"),
        Code::TokenExpired => (StatusCode::UNAUTHORIZED, "The access token has expired"),
        Code::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
        Code::MissingScope => (StatusCode::FORBIDDEN, "The credential is not enough"),
        Code::NotYourPublisher => (StatusCode::FORBIDDEN, "The publisher belongs to someone else"),
        Code::NotFound => (StatusCode::NOT_FOUND, "There is nothing of that name"),
        Code::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "The method is not allowed here"),
        Code::VersionExists => (StatusCode::CONFLICT, "The version exists with other content"),
        Code::WrongStatus => (StatusCode::CONFLICT, "The version stands elsewhere"),
        Code::NameLooksAlike => (StatusCode::CONFLICT, "The name is easily taken for another"),
        Code::NameTaken => (StatusCode::CONFLICT, "The name is taken"),
        Code::QuotaExceeded => (StatusCode::CONFLICT, "There are as many as there may be"),
        Code::LastOwner => (StatusCode::CONFLICT, "The publisher would have no owner"),
        Code::AlreadyInstalled => (StatusCode::CONFLICT, "The integration is installed already"),
        Code::ConsentMismatch => (StatusCode::CONFLICT, "The consent is to something else"),
        Code::RotationUnderWay => (StatusCode::CONFLICT, "It rotates already"),
        Code::OffsetMismatch => (StatusCode::CONFLICT, "The part does not begin where the upload ends"),
        Code::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
        Code::DigestMismatch => (StatusCode::UNPROCESSABLE_ENTITY, "The bytes are not what was announced"),
        Code::Rejected => (StatusCode::UNPROCESSABLE_ENTITY, "The package was refused"),
        Code::InvalidPayload => (StatusCode::UNPROCESSABLE_ENTITY, "The payload is not what its schema says"),
        Code::IdempotencyKeyReused => {
            (StatusCode::UNPROCESSABLE_ENTITY, "The idempotency key came before with another request")
        }
        Code::CursorAhead => (StatusCode::CONFLICT, "The cursor lies behind the end of the log"),
        Code::Timeout => (StatusCode::REQUEST_TIMEOUT, "The request took too long"),
        Code::StorageFull => (StatusCode::INSUFFICIENT_STORAGE, "The marketplace has no room left"),
        Code::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "Something broke in the marketplace"),
    }
}

impl From<StorageError> for Failure {
    fn from(cause: StorageError) -> Self {
        match cause {
            StorageError::Full(_) => Failure::new(Code::StorageFull, "there is no room left; nothing was changed"),
            // Causes name files of the server, which are nobody else's business.
            cause => Failure::new(Code::Internal, cause.to_string()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(cause: std::io::Error) -> Self {
        StorageError::from(cause).into()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

pub(super) async fn no_such_route(uri: Uri) -> Failure {
    Failure::new(Code::NotFound, format!("there is nothing at {}", uri.path()))
}

pub(super) async fn no_such_method(method: Method, uri: Uri) -> Failure {
    Failure::new(Code::MethodNotAllowed, format!("{method} is not allowed at {}", uri.path()))
}

pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response<Body> {
    Failure::new(Code::Internal, "a request handler broke").into_response()
}
