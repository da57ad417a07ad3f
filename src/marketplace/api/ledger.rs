//! The ledger: a small write endpoint, and reading.

use axum::Json as Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use super::auth::Authenticated;
use super::events::{LogPage, page_of};
use super::extract::{Json, Query, idempotency_key};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Forbidden, Invalid, Malformed, Unauthorized};
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Appended, Caller, Credential, GrantKind};
use crate::wire::{AppendEntry, Code, LedgerEntry, LedgerPage};

/// Largest payload of an entry, in bytes of JSON.
const PAYLOAD_BYTES: usize = 64 << 10;

/// Appends an entry to the account's ledger, and `ledger.event.created` to its event log. With an `Idempotency-Key` the
/// same request may be sent again: it is answered as the first time.
#[utoipa::path(
    post, path = "/v1/ledger/events", tag = "ledger", security(("key" = ["ledger:events:write"])),
    request_body = AppendEntry,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible characters that name the request")),
    responses(
        (status = 201, description = "Appended, now or under this idempotency key before", body = LedgerEntry),
        Malformed,
        Unauthorized,
        Forbidden,
        Invalid,
        Broken,
    )
)]
pub(super) async fn append(
    State(state): State<Marketplace>,
    who: Authenticated,
    headers: HeaderMap,
    Json(request): Json<AppendEntry>,
) -> Answer<(StatusCode, Body<LedgerEntry>)> {
    let caller = who.must_have(Scope::LedgerEventsWrite)?;
    append_entry(&state, caller, &headers, request).await
}

/// Appends in the caller's account. An integration acts in its own name, and its idempotency keys are its own.
pub(super) async fn append_entry(
    state: &Marketplace,
    caller: &Caller,
    headers: &HeaderMap,
    mut request: AppendEntry,
) -> Answer<(StatusCode, Body<LedgerEntry>)> {
    let mut key = idempotency_key(headers)?.map(str::to_owned);
    if let Credential::Token(token) = &caller.credential
        && token.kind == GrantKind::Installation
    {
        request.actor = state.0.storage.integration_of_grant(&token.grant).await?;
        key = key.map(|key| format!("{} {key}", token.grant));
    }
    must_be_bounded(&request)?;
    match state.0.storage.append_to_ledger(caller, &request, key.as_deref(), Timestamp::now()).await? {
        Appended::New(entry) => {
            state.0.announce_change();
            Ok((StatusCode::CREATED, Body(*entry)))
        }
        Appended::Repeated(entry) => Ok((StatusCode::CREATED, Body(*entry))),
        Appended::OtherRequest => {
            Err(Failure::new(Code::IdempotencyKeyReused, "this Idempotency-Key came before with another request"))
        }
    }
}

fn must_be_bounded(request: &AppendEntry) -> Answer<()> {
    let wrong = |what: &str| Err(Failure::new(Code::InvalidPayload, what));
    let length = |text: &str| text.chars().count();
    if !(1..=128).contains(&length(&request.subject.id)) {
        return wrong("subject.id must have 1 to 128 characters");
    }
    if request.actor.as_deref().is_some_and(|actor| !(1..=256).contains(&length(actor))) {
        return wrong("actor must have 1 to 256 characters");
    }
    if serde_json::to_vec(&request.payload).map_or(usize::MAX, |text| text.len()) > PAYLOAD_BYTES {
        return wrong("payload must have 65,536 bytes of JSON at most");
    }
    Ok(())
}

/// Reads the account's ledger, oldest first.
#[utoipa::path(
    get, path = "/v1/ledger/events", tag = "ledger", security(("key" = ["ledger:events:read"])), params(LogPage),
    responses(
        (status = 200, description = "A page of the ledger", body = LedgerPage),
        Malformed,
        Unauthorized,
        Forbidden,
        Broken,
    )
)]
pub(super) async fn list(
    State(state): State<Marketplace>,
    who: Authenticated,
    Query(page): Query<LogPage>,
) -> Answer<Body<LedgerPage>> {
    list_entries(&state, who.must_have(Scope::LedgerEventsRead)?, &page).await
}

/// A page of the ledger of the caller's account.
pub(super) async fn list_entries(state: &Marketplace, caller: &Caller, page: &LogPage) -> Answer<Body<LedgerPage>> {
    let limit = page.limit()?;
    let asked = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let (data, more) = page_of(state.0.storage.ledger_after(&caller.account, page.after, asked).await?, limit);
    let next_cursor = data.last().filter(|_| more).map(|last| last.sequence.to_string());
    Ok(Body(LedgerPage { data, next_cursor }))
}
