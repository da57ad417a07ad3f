//! Failures as the OpenAPI document tells them: one type for each group of problem codes.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use super::problem::describe;
use crate::wire::{Code, PROBLEM_CONTENT_TYPE};

/// Makes types that stand for groups of problem codes in `responses(...)`.
macro_rules! failures {
    ($($(#[$meta:meta])* $name:ident: $($code:ident),+;)+) => {
        $($(#[$meta])*
        pub(super) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                problems(&[$(Code::$code),+])
            }
        })+
    };
}

failures! {
    /// The request is not of the documented form.
    Malformed: BadRequest;
    /// There is no credential that holds.
    Unauthorized: Unauthenticated, KeyRevoked, KeyExpired, TokenRevoked, TokenExpired;
    /// The credential is not enough.
    Forbidden: MissingScope, NotYourPublisher;
    /// There is nothing of that name.
    Missing: NotFound;
    /// Something else is there already.
    Conflicting: NameTaken, NameLooksAlike, VersionExists, OffsetMismatch, AlreadyInstalled, ConsentMismatch, QuotaExceeded;
    /// It stands elsewhere.
    Elsewhere: WrongStatus;
    /// A publisher keeps an owner.
    LastOwner: LastOwner;
    /// It rotates already.
    Rotating: RotationUnderWay;
    /// The request came before.
    Spent: IdempotencyKeyReused;
    /// Too many bytes.
    Oversized: TooLarge;
    /// The package was refused.
    Unacceptable: Rejected, DigestMismatch;
    /// The payload was refused.
    Invalid: InvalidPayload, IdempotencyKeyReused;
    /// The log ends before the cursor.
    Ahead: CursorAhead;
    /// It took too long or something broke; any request may end so.
    Broken: Timeout, RateLimited, StorageFull, Internal;
}

/// One response for each status, its description made of the codes that come with it.
fn problems(codes: &[Code]) -> BTreeMap<String, RefOr<Response>> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for &code in codes {
        let (status, title) = describe(code);
        texts.entry(status.as_u16().to_string()).or_default().push(format!("{title} (`{code}`)"));
    }
    texts.into_iter().map(|(status, text)| (status, response(&text.join(". ")).into())).collect()
}

fn response(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content(PROBLEM_CONTENT_TYPE, content).build()
}
