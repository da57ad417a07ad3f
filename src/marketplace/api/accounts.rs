//! Who asks, and who belongs to a publisher.

use axum::Json as Body;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;

use super::auth::Authenticated;
use super::extract::{Json, Path};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Forbidden, LastOwner, Malformed, Missing, Unauthorized};
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Caller, Credential, Founded, GrantKind, MOST_PUBLISHERS, MemberChange};
use crate::wire::{Account, Code, CredentialKind, HeldCredential, Members, Role, SetMember};

/// The account that asks, and the credential that it asks with.
#[utoipa::path(
    get, path = "/v1/account", tag = "accounts", security(("key" = [])),
    responses((status = 200, description = "The account", body = Account), Unauthorized, Forbidden, Broken)
)]
pub(super) async fn account(State(state): State<Marketplace>, who: Authenticated) -> Answer<Body<Account>> {
    let caller = who.0;
    if matches!(&caller.credential, Credential::Token(token) if token.kind != GrantKind::Consent) {
        let detail = "an integration's token tells nothing of the account";
        return Err(Failure::new(Code::MissingScope, detail).by(&caller));
    }
    let (name, identities, publishers) = state.0.storage.account(&caller.account).await?;
    let (kind, credential_name) = match &caller.credential {
        Credential::Key(key) => (CredentialKind::Key, key.name.clone()),
        Credential::Token(token) => (CredentialKind::AccessToken, token.client.clone()),
    };
    let credential = HeldCredential {
        kind,
        id: caller.credential_id().to_owned(),
        name: credential_name,
        scopes: caller.scopes.to_vec(),
        expires_at: caller.expires_at(),
    };
    Ok(Body(Account { id: caller.account, name, identities, publishers, credential }))
}

/// The members of a publisher, for its members.
#[utoipa::path(
    get, path = "/v1/publishers/{publisher}/members", tag = "accounts", security(("key" = ["publishers:read"])),
    params(("publisher" = String, Path, description = "Name of the publisher")),
    responses(
        (status = 200, description = "The members", body = Members),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn members(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(publisher): Path<String>,
) -> Answer<Body<Members>> {
    let caller = who.must_have(Scope::PublishersRead)?;
    role(&state, caller, &publisher).await?;
    Ok(Body(Members { data: state.0.storage.members(&publisher).await? }))
}

/// Gives an account a role at a publisher; for its owners.
#[utoipa::path(
    put, path = "/v1/publishers/{publisher}/members/{account}", tag = "accounts",
    security(("key" = ["publishers:write"])), request_body = SetMember,
    params(
        ("publisher" = String, Path, description = "Name of the publisher"),
        ("account" = String, Path, description = "Identifier of the account, from `GET /v1/account`")
    ),
    responses(
        (status = 204, description = "The member has the role"),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        LastOwner,
        Broken,
    )
)]
pub(super) async fn set_member(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path((publisher, account)): Path<(String, String)>,
    Json(request): Json<SetMember>,
) -> Answer<StatusCode> {
    change(&state, &who, &publisher, &account, Some(request.role)).await
}

/// Takes a member out of a publisher; for its owners, and for the member.
#[utoipa::path(
    delete, path = "/v1/publishers/{publisher}/members/{account}", tag = "accounts",
    security(("key" = ["publishers:write"])),
    params(
        ("publisher" = String, Path, description = "Name of the publisher"),
        ("account" = String, Path, description = "Identifier of the account")
    ),
    responses(
        (status = 204, description = "The account is no member any more"),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        LastOwner,
        Broken,
    )
)]
pub(super) async fn remove_member(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path((publisher, account)): Path<(String, String)>,
) -> Answer<StatusCode> {
    change(&state, &who, &publisher, &account, None).await
}

async fn change(
    state: &Marketplace,
    who: &Authenticated,
    publisher: &str,
    account: &str,
    wanted: Option<Role>,
) -> Answer<StatusCode> {
    let caller = who.must_have(Scope::PublishersWrite)?;
    let leaves = wanted.is_none() && caller.account == account;
    if role(state, caller, publisher).await? != Role::Owner && !leaves {
        let detail = format!("only an owner of {publisher} says who belongs to it");
        return Err(Failure::new(Code::NotYourPublisher, detail).by(caller));
    }
    match state.0.storage.set_member(caller, publisher, account, wanted, Timestamp::now()).await? {
        MemberChange::Done => Ok(StatusCode::NO_CONTENT),
        MemberChange::Unknown => {
            Err(Failure::new(Code::NotFound, format!("there is no such account or member: {account}")).by(caller))
        }
        MemberChange::LastOwner => {
            Err(Failure::new(Code::LastOwner, format!("{publisher} would have no owner")).by(caller))
        }
    }
}

/// What the caller is for a publisher. A publisher that nobody has used becomes the caller's, who needs the right to found it.
pub(super) async fn role_or_founder(state: &Marketplace, caller: &Caller, publisher: &str) -> Answer<Option<Role>> {
    let storage = &state.0.storage;
    if !storage.is_founded(publisher).await? {
        must_found(state, caller, publisher)?;
        match storage.found_publisher(caller, publisher, Timestamp::now()).await? {
            Founded::Now | Founded::Before => {}
            Founded::TooMany => {
                let detail = format!("an account founds {MOST_PUBLISHERS} publishers at most");
                return Err(Failure::new(Code::QuotaExceeded, detail).by(caller));
            }
            Founded::LooksLike(other) => {
                let detail = format!("{publisher} is easily taken for {other}, which belongs to somebody else");
                return Err(Failure::new(Code::NameLooksAlike, detail).by(caller));
            }
        }
    }
    Ok(storage.role_of(&caller.account, publisher).await?)
}

/// A name is given for ever: neither an integration nor a key or program that was let in for something else takes one. In a
/// sandbox there is nobody to take it from.
fn must_found(state: &Marketplace, caller: &Caller, publisher: &str) -> Answer<()> {
    let of_a_person = match &caller.credential {
        Credential::Key(_) => true,
        Credential::Token(token) => token.kind == GrantKind::Consent,
    };
    if of_a_person && (state.0.settings.sandbox || caller.scopes.allows(Scope::PublishersWrite)) {
        return Ok(());
    }
    let needed = Scope::PublishersWrite;
    let detail = format!("nobody has used the publisher {publisher} yet, and to found it takes the scope {needed}");
    Err(Failure::new(Code::MissingScope, detail).by(caller))
}

/// What the caller is for a publisher; one who is nothing learns only that.
async fn role(state: &Marketplace, caller: &Caller, publisher: &str) -> Answer<Role> {
    let role = state.0.storage.role_of(&caller.account, publisher).await?;
    role.ok_or_else(|| Failure::new(Code::NotYourPublisher, format!("you do not belong to {publisher}")).by(caller))
}
