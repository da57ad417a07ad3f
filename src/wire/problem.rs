//! Problem details (RFC 9457) with stable codes.

use serde::{Deserialize, Serialize};

use crate::manifest::vocabulary;

/// Media type of a problem document.
pub const PROBLEM_CONTENT_TYPE: &str = "application/problem+json";

/// What the `type` of a problem begins with; the code follows.
pub const PROBLEM_TYPE: &str = "urn:proveniq:problem:";

vocabulary! {
    /// What went wrong, for programs.
    Code, "problem code" {
        /// The request is not of the documented form.
        BadRequest = "bad_request",
        /// There is no credential, or it is unknown.
        Unauthenticated = "unauthenticated",
        /// The key was revoked.
        KeyRevoked = "key_revoked",
        /// The key's lifetime has passed.
        KeyExpired = "key_expired",
        /// The access token was revoked, or what it was given for has ended.
        TokenRevoked = "token_revoked",
        /// The access token's lifetime has passed.
        TokenExpired = "token_expired",
        /// Too many requests in too short a time.
        RateLimited = "rate_limited",
        /// The credential lacks a scope.
        MissingScope = "missing_scope",
        /// The publisher belongs to someone else.
        NotYourPublisher = "not_your_publisher",
        /// There is nothing of that name.
        NotFound = "not_found",
        /// The method is not allowed here.
        MethodNotAllowed = "method_not_allowed",
        /// The version exists with other content.
        VersionExists = "version_exists",
        /// The version does not stand where that could be done.
        WrongStatus = "wrong_status",
        /// The publisher's name is easily taken for another's.
        NameLooksAlike = "name_looks_alike",
        /// A key of that name exists.
        NameTaken = "name_taken",
        /// The account or publisher has as many of these as it may have.
        QuotaExceeded = "quota_exceeded",
        /// A publisher would be left without an owner.
        LastOwner = "last_owner",
        /// The integration is installed already.
        AlreadyInstalled = "already_installed",
        /// What was agreed to is not what the version declares.
        ConsentMismatch = "consent_mismatch",
        /// Another rotation of the same key or secret is under way, or was finished.
        RotationUnderWay = "rotation_under_way",
        /// The part does not begin where the upload ends.
        OffsetMismatch = "offset_mismatch",
        /// The body or the package is too large.
        TooLarge = "too_large",
        /// The bytes are not what was announced.
        DigestMismatch = "digest_mismatch",
        /// The package was checked and refused.
        Rejected = "rejected",
        /// The payload is not what its schema says.
        InvalidPayload = "invalid_payload",
        /// The idempotency key came before with another request.
        IdempotencyKeyReused = "idempotency_key_reused",
        /// The cursor lies behind the end of the log.
        CursorAhead = "cursor_ahead",
        /// The request took too long.
        Timeout = "timeout",
        /// The marketplace has no room left.
        StorageFull = "storage_full",
        /// Something broke in the marketplace.
        Internal = "internal",
    }
}

/// A problem document (RFC 9457 section 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Identifies the kind of problem: `urn:proveniq:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short text of the kind.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: Code,
    /// What is wrong with this request.
    pub detail: String,
    /// Identifies the request in the marketplace's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Why a package or a payload was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Rejection>,
}

/// One reason why a package or a payload was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Rejection {
    /// Check that failed, `package`, or the place in the payload.
    pub check: String,
    /// What is wrong, with its place.
    pub message: String,
}
