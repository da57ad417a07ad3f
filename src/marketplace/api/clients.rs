//! OAuth clients of integrations.

use axum::Json as Body;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;

use super::accounts::role_or_founder;
use super::auth::Authenticated;
use super::extract::{Json, Path};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Conflicting, Forbidden, Malformed, Missing, Unauthorized};
use crate::credential::{Scope, ScopeSet, Token, TokenKind, key_name, looks_like_ours};
use crate::marketplace::Marketplace;
use crate::marketplace::oauth::check_registered;
use crate::marketplace::storage::{ClientMade, MOST_CLIENTS, NewClient};
use crate::wire::{ClientList, Code, CreateClient, CreatedClient, Role};

/// Most redirect URIs of one client.
const MOST_REDIRECTS: usize = 10;

/// Registers an OAuth client. A confidential one gets a secret, which is shown this once.
#[utoipa::path(
    post, path = "/v1/clients", tag = "clients", security(("key" = ["clients:write"])), request_body = CreateClient,
    responses(
        (status = 201, description = "Registered", body = CreatedClient),
        Malformed,
        Unauthorized,
        Forbidden,
        Conflicting,
        Broken,
    )
)]
pub(super) async fn create(
    State(state): State<Marketplace>,
    who: Authenticated,
    Json(request): Json<CreateClient>,
) -> Answer<(StatusCode, Body<CreatedClient>)> {
    let caller = who.must_have(Scope::ClientsWrite)?;
    let bad = |why: String| Failure::new(Code::BadRequest, why);
    let name = key_name(&request.name).map_err(|_| bad("name must have 1 to 64 characters".into()))?;
    if looks_like_ours(&name) {
        return Err(bad("the marketplace's own name is not for others".into()));
    }
    if request.redirect_uris.len() > MOST_REDIRECTS {
        return Err(bad(format!("a client has {MOST_REDIRECTS} redirect URIs at most")));
    }
    request.redirect_uris.iter().try_for_each(|uri| check_registered(uri)).map_err(bad)?;
    let scopes: ScopeSet = request.scopes.iter().copied().collect();
    if let Some(integration) = &request.integration {
        let role = role_or_founder(&state, caller, integration.publisher()).await?;
        if !role.is_some_and(Role::may_publish) {
            let detail = format!("you may not publish for {}", integration.publisher());
            return Err(Failure::new(Code::NotYourPublisher, detail).by(caller));
        }
    }
    let random = |_| Failure::new(Code::Internal, "the system gives no randomness");
    let secret = (!request.public).then(|| Token::generate(TokenKind::ClientSecret)).transpose().map_err(random)?;
    let new = NewClient {
        name: &name,
        secret: secret.as_ref(),
        integration: request.integration.as_ref(),
        redirect_uris: &request.redirect_uris,
        scopes: &scopes,
    };
    let stored = state.0.storage.register_client(caller, &new, Timestamp::now()).await?;
    match stored {
        ClientMade::Made(client) => {
            let secret = secret.map(|secret| secret.expose().to_owned());
            Ok((StatusCode::CREATED, Body(CreatedClient { client: *client, secret })))
        }
        ClientMade::HasOne => {
            let detail = "the integration has a client: ask for another secret of it, or end it first";
            Err(Failure::new(Code::NameTaken, detail))
        }
        ClientMade::TooMany => {
            let detail =
                format!("a publisher, and an account outside of publishers, has {MOST_CLIENTS} clients at most");
            Err(Failure::new(Code::QuotaExceeded, detail).by(caller))
        }
    }
}

/// The account's living clients.
#[utoipa::path(
    get, path = "/v1/clients", tag = "clients", security(("key" = ["clients:write"])),
    responses((status = 200, description = "The clients", body = ClientList), Unauthorized, Forbidden, Broken)
)]
pub(super) async fn list(State(state): State<Marketplace>, who: Authenticated) -> Answer<Body<ClientList>> {
    let caller = who.must_have(Scope::ClientsWrite)?;
    Ok(Body(ClientList { data: state.0.storage.clients_of(&caller.account).await? }))
}

/// Gives a confidential client another secret, which is shown this once. The one before works no more.
#[utoipa::path(
    post, path = "/v1/clients/{id}/secret", tag = "clients", security(("key" = ["clients:write"])),
    params(("id" = String, Path, description = "The `client_id`")),
    responses(
        (status = 200, description = "The client and its secret", body = CreatedClient),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn replace_secret(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
) -> Answer<Body<CreatedClient>> {
    let caller = who.must_have(Scope::ClientsWrite)?;
    let random = |_| Failure::new(Code::Internal, "the system gives no randomness");
    let secret = Token::generate(TokenKind::ClientSecret).map_err(random)?;
    let replaced = state.0.storage.replace_client_secret(caller, &id, &secret, Timestamp::now()).await?;
    let missing = || Failure::new(Code::NotFound, format!("there is no confidential client {id:?}")).by(caller);
    let client = replaced.ok_or_else(missing)?;
    Ok(Body(CreatedClient { client, secret: Some(secret.expose().to_owned()) }))
}

/// Ends a client, and with it every token that it was given.
#[utoipa::path(
    delete, path = "/v1/clients/{id}", tag = "clients", security(("key" = ["clients:write"])),
    params(("id" = String, Path, description = "The `client_id`")),
    responses((status = 204, description = "Ended"), Malformed, Unauthorized, Forbidden, Missing, Broken)
)]
pub(super) async fn end(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let caller = who.must_have(Scope::ClientsWrite)?;
    if state.0.storage.end_client(caller, &id, Timestamp::now()).await? {
        state.0.announce_change();
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Failure::new(Code::NotFound, format!("there is no client {id:?}")).by(caller))
}
