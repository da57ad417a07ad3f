//! What an account lets clients do: seeing it, and withdrawing it.

use axum::Json as Body;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;

use super::auth::Authenticated;
use super::events::page_of;
use super::extract::{Path, Query};
use super::keys::{Page, parse_cursor};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Forbidden, Malformed, Missing, Unauthorized};
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::wire::{Code, Consents};

/// Consents on one page.
const PAGE: usize = 100;

/// Lists what the person lets clients do, newest first: consents of which something is left.
#[utoipa::path(
    get, path = "/v1/consents", tag = "accounts", security(("key" = ["keys:read"])), params(Page),
    responses(
        (status = 200, description = "A page of consents", body = Consents),
        Malformed,
        Unauthorized,
        Forbidden,
        Broken,
    )
)]
pub(super) async fn list(
    State(state): State<Marketplace>,
    who: Authenticated,
    Query(page): Query<Page>,
) -> Answer<Body<Consents>> {
    let caller = who.must_have(Scope::KeysRead)?;
    let after = page.cursor.as_deref().map(parse_cursor).transpose()?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let found = state.0.storage.consents(&caller.account, after, limit, Timestamp::now()).await?;
    let (data, more) = page_of(found, PAGE);
    let next_cursor =
        data.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at.as_microsecond(), last.id));
    Ok(Body(Consents { data, next_cursor }))
}

/// Withdraws a consent, and with it every token that it gave, at once.
#[utoipa::path(
    delete, path = "/v1/consents/{id}", tag = "accounts", security(("key" = ["keys:write"])),
    params(("id" = String, Path, description = "Identifier of the consent")),
    responses((status = 204, description = "Withdrawn"), Malformed, Unauthorized, Forbidden, Missing, Broken)
)]
pub(super) async fn withdraw(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let caller = who.must_have(Scope::KeysWrite)?;
    if state.0.storage.withdraw_consent(caller, &id, Timestamp::now()).await? {
        state.0.announce_change();
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Failure::new(Code::NotFound, format!("there is no living consent {id:?}")).by(caller))
}
