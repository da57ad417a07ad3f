//! Installations, and the ledger as an integration reaches it in one.

use axum::Json as Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::IntoParams;

use super::auth::Authenticated;
use super::events::{LogPage, page_of};
use super::extract::{Json, Path, Query};
use super::ledger::{append_entry, list_entries};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Conflicting, Elsewhere, Forbidden, Invalid, Malformed, Missing, Unauthorized};
use crate::credential::{Scope, ScopeSet};
use crate::manifest::{Manifest, check_settings};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Caller, Credential, GrantKind, InstallationsOf, NewInstallation};
use crate::wire::{
    AppendEntry, Code, Install, Installation, Installations, LedgerEntry, LedgerPage, Rejection, VersionStatus,
};

/// Installations on one page.
const PAGE: usize = 100;

#[derive(Deserialize, IntoParams)]
pub(super) struct Page {
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Installs an integration for the account: the person has agreed to exactly the scopes that the version declares.
#[utoipa::path(
    post, path = "/v1/installations", tag = "installations", security(("key" = ["installations:write"])),
    request_body = Install,
    responses(
        (status = 201, description = "Installed", body = Installation),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Conflicting,
        Elsewhere,
        Invalid,
        Broken,
    )
)]
pub(super) async fn install(
    State(state): State<Marketplace>,
    who: Authenticated,
    Json(request): Json<Install>,
) -> Answer<(StatusCode, Body<Installation>)> {
    let caller = who.must_have(Scope::InstallationsWrite)?;
    let manifest = state.0.storage.manifest_of(&request.integration, request.version.as_deref()).await?;
    let missing = || Failure::new(Code::NotFound, format!("{} is not published in that version", request.integration));
    let (manifest, status) = manifest.filter(|(_, status)| status.is_public()).ok_or_else(missing)?;
    if status != VersionStatus::Active {
        let version = &manifest.integration.version;
        return Err(Failure::new(Code::WrongStatus, format!("{} {version} is {status}", request.integration)));
    }
    let scopes = consented(&manifest, request.scopes).map_err(|failure| failure.by(caller))?;
    must_fit(&manifest, &request.settings)?;
    let new = NewInstallation { manifest: &manifest, scopes: &scopes, settings: &request.settings };
    let installed = state.0.storage.install(caller, &new, Timestamp::now()).await?;
    let taken = || Failure::new(Code::AlreadyInstalled, format!("{} is installed already", request.integration));
    let installation = installed.ok_or_else(taken)?;
    state.0.announce_change();
    Ok((StatusCode::CREATED, Body(installation)))
}

/// Consent is to what was shown: a version that asks for anything else needs to be asked about again.
fn consented(manifest: &Manifest, agreed: Vec<Scope>) -> Answer<ScopeSet> {
    let declared = ScopeSet::parse(&manifest.oauth.scopes.join(" ")).map_err(|why| {
        Failure::new(Code::InvalidPayload, format!("the integration declares what is no scope: {why}"))
    })?;
    if let Some(scope) = declared.to_vec().into_iter().find(|scope| !scope.is_of_carriers()) {
        let detail = format!("the integration declares {scope}, which no installation gives");
        return Err(Failure::new(Code::InvalidPayload, detail));
    }
    let agreed: ScopeSet = agreed.into_iter().collect();
    if agreed == declared {
        return Ok(declared);
    }
    let detail = format!("the version declares the scopes \"{declared}\", agreed was to \"{agreed}\"");
    Err(Failure::new(Code::ConsentMismatch, detail))
}

fn must_fit(manifest: &Manifest, settings: &Map<String, Value>) -> Answer<()> {
    let violations = check_settings(manifest.settings.as_ref(), settings);
    if violations.is_empty() {
        return Ok(());
    }
    let reasons = violations.into_iter().map(|(place, message)| Rejection { check: place, message });
    let detail = format!("the settings are not what {} wants", manifest.integration.name);
    Err(Failure::new(Code::InvalidPayload, detail).with_reasons(reasons.collect()))
}

/// Living installations: the account's, or with an integration's own token those of the integration.
#[utoipa::path(
    get, path = "/v1/installations", tag = "installations", security(("key" = ["installations:read"])), params(Page),
    responses(
        (status = 200, description = "A page of installations", body = Installations),
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
) -> Answer<Body<Installations>> {
    let caller = who.must_have(Scope::InstallationsRead)?;
    let after = page.cursor.as_deref().map(super::keys::parse_cursor).transpose()?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let (data, more) = page_of(state.0.storage.installations(whose(caller), after, limit).await?, PAGE);
    let cursor = |last: &Installation| format!("{}.{}", last.created_at.as_microsecond(), last.id);
    let next_cursor = data.last().filter(|_| more).map(cursor);
    Ok(Body(Installations { data, next_cursor }))
}

fn whose(caller: &Caller) -> InstallationsOf<'_> {
    match &caller.credential {
        Credential::Token(token) if token.kind == GrantKind::Client => InstallationsOf::Client(&token.client),
        _ => InstallationsOf::Account(&caller.account),
    }
}

/// Ends an installation, and with it every token of it, at once.
#[utoipa::path(
    delete, path = "/v1/installations/{id}", tag = "installations", security(("key" = ["installations:write"])),
    params(("id" = String, Path, description = "Identifier of the installation")),
    responses((status = 204, description = "Ended"), Malformed, Unauthorized, Forbidden, Missing, Broken)
)]
pub(super) async fn uninstall(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let caller = who.must_have(Scope::InstallationsWrite)?;
    if state.0.storage.uninstall(caller, &id, Timestamp::now()).await? {
        state.0.announce_change();
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(none(&id).by(caller))
}

/// Appends to the ledger of an installation's carrier, in the integration's name.
#[utoipa::path(
    post, path = "/v1/installations/{id}/ledger/events", tag = "ledger",
    security(("key" = ["ledger:events:write"])), request_body = AppendEntry,
    params(
        ("id" = String, Path, description = "Identifier of the installation"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible characters that name the request")
    ),
    responses(
        (status = 201, description = "Appended, now or under this idempotency key before", body = LedgerEntry),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Invalid,
        Broken,
    )
)]
pub(super) async fn append(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(request): Json<AppendEntry>,
) -> Answer<(StatusCode, Body<LedgerEntry>)> {
    let caller = who.must_have(Scope::LedgerEventsWrite)?;
    within(&state, caller, &id).await?;
    append_entry(&state, caller, &headers, request).await
}

/// Reads the ledger of an installation's carrier, oldest first.
#[utoipa::path(
    get, path = "/v1/installations/{id}/ledger/events", tag = "ledger", security(("key" = ["ledger:events:read"])),
    params(("id" = String, Path, description = "Identifier of the installation"), LogPage),
    responses(
        (status = 200, description = "A page of the ledger", body = LedgerPage),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn entries(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
    Query(page): Query<LogPage>,
) -> Answer<Body<LedgerPage>> {
    let caller = who.must_have(Scope::LedgerEventsRead)?;
    within(&state, caller, &id).await?;
    list_entries(&state, caller, &page).await
}

/// The installation, where the caller is its carrier, or an integration with a token for this very one.
async fn within(state: &Marketplace, caller: &Caller, id: &str) -> Answer<Installation> {
    let found = state.0.storage.find_installation(id).await?;
    let allowed = |(installation, grant): &(Installation, String)| match &caller.credential {
        Credential::Token(token) if token.kind == GrantKind::Installation => token.grant == *grant,
        _ => installation.carrier_id == crate::marketplace::storage::carrier_of(&caller.account),
    };
    found.filter(allowed).map(|(installation, _)| installation).ok_or_else(|| none(id).by(caller))
}

fn none(id: &str) -> Failure {
    Failure::new(Code::NotFound, format!("there is no living installation {id:?}"))
}
