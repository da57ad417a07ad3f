//! The audit log: chains of hashes that anybody with the scope can verify, and the entries that are theirs to read.

use axum::Json as Body;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::auth::Authenticated;
use super::events::page_of;
use super::extract::{Path, Query};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Forbidden, Malformed, Unauthorized};
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{AuditReader, Caller};
use crate::wire::{AuditChains, AuditPage, Code};

/// Entries on one page.
const PAGE: usize = 500;

#[derive(Deserialize, IntoParams)]
pub(super) struct Page {
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// The chains, oldest first, and where each ends.
#[utoipa::path(
    get, path = "/v1/audit/chains", tag = "audit", security(("key" = ["audit:read"])), params(Page),
    responses((status = 200, description = "A page of chains", body = AuditChains), Malformed, Unauthorized, Forbidden, Broken)
)]
pub(super) async fn chains(
    State(state): State<Marketplace>,
    who: Authenticated,
    Query(page): Query<Page>,
) -> Answer<Body<AuditChains>> {
    who.must_have(Scope::AuditRead)?;
    let found = state.0.storage.audit_chains(page.cursor.as_deref().unwrap_or_default(), asked()).await?;
    let (data, more) = page_of(found, PAGE);
    let next_cursor = data.last().filter(|_| more).map(|chain| chain.id.clone());
    Ok(Body(AuditChains { data, next_cursor }))
}

/// The entries of a chain. Of another account's entries only the digest is told, with which the chain can be verified.
#[utoipa::path(
    get, path = "/v1/audit/chains/{id}", tag = "audit", security(("key" = ["audit:read"])),
    params(("id" = String, Path, description = "Identifier of the chain"), Page),
    responses((status = 200, description = "A page of the chain", body = AuditPage), Malformed, Unauthorized, Forbidden, Broken)
)]
pub(super) async fn entries(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
    Query(page): Query<Page>,
) -> Answer<Body<AuditPage>> {
    let caller = who.must_have(Scope::AuditRead)?;
    let malformed = |_| Failure::new(Code::BadRequest, "the cursor is not one of next_cursor");
    let after = page.cursor.map(|cursor| cursor.parse()).transpose().map_err(malformed)?.unwrap_or(0);
    let found = state.0.storage.audit_entries(&id, after, asked(), &reader(&state, caller)).await?;
    let (data, more) = page_of(found, PAGE);
    let next_cursor = data.last().filter(|_| more).map(|record| record.sequence.to_string());
    Ok(Body(AuditPage { data, next_cursor }))
}

/// Whoever runs a sandbox reads everything; elsewhere each account reads its own.
fn reader(state: &Marketplace, caller: &Caller) -> AuditReader {
    let operator = state.0.settings.sandbox && caller.account == crate::marketplace::storage::BUILT_IN;
    if operator { AuditReader::Everything } else { AuditReader::Account(caller.account.clone()) }
}

fn asked() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}
