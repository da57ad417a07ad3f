//! What a publisher does with a version after it was published.

use axum::Json as Body;
use axum::extract::State;
use jiff::Timestamp;

use super::auth::Authenticated;
use super::extract::{Json, Path};
use super::packages::{find_version, parsed, signed_version};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Elsewhere, Forbidden, Malformed, Missing, Unauthorized};
use super::uploads::must_publish_for;
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::Step;
use crate::wire::{Code, Deprecate, SignedVersion, VersionStatus, Yank};

/// Longest reason, in characters.
pub(super) const LONGEST_REASON: usize = 1000;

/// Publisher, name and version of a path.
type Named = (String, String, String);

/// Takes a version back: it can be downloaded still, and not be installed anew. Again is no error.
#[utoipa::path(
    post, path = "/v1/packages/{publisher}/{name}/versions/{version}/yank", tag = "packages",
    security(("key" = ["packages:publish"])), request_body = Yank,
    params(
        ("publisher" = String, Path, description = "Publisher"), ("name" = String, Path, description = "Name"),
        ("version" = String, Path, description = "Semantic version")
    ),
    responses(
        (status = 200, description = "The version as it stands now", body = SignedVersion),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Elsewhere,
        Broken,
    )
)]
pub(super) async fn yank(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(named): Path<Named>,
    Json(request): Json<Yank>,
) -> Answer<Body<SignedVersion>> {
    let reason = reason(&request.reason)?;
    step(&state, &who, &named, &Step::Yank(&reason), VersionStatus::Yanked).await
}

/// Gives a version again that was taken back.
#[utoipa::path(
    post, path = "/v1/packages/{publisher}/{name}/versions/{version}/unyank", tag = "packages",
    security(("key" = ["packages:publish"])),
    params(
        ("publisher" = String, Path, description = "Publisher"), ("name" = String, Path, description = "Name"),
        ("version" = String, Path, description = "Semantic version")
    ),
    responses(
        (status = 200, description = "The version as it stands now", body = SignedVersion),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Elsewhere,
        Broken,
    )
)]
pub(super) async fn unyank(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(named): Path<Named>,
) -> Answer<Body<SignedVersion>> {
    step(&state, &who, &named, &Step::Unyank, VersionStatus::Active).await
}

/// Says of a version that it should be left for another, or no longer. It can be installed all the same.
#[utoipa::path(
    put, path = "/v1/packages/{publisher}/{name}/versions/{version}/deprecation", tag = "packages",
    security(("key" = ["packages:publish"])), request_body = Deprecate,
    params(
        ("publisher" = String, Path, description = "Publisher"), ("name" = String, Path, description = "Name"),
        ("version" = String, Path, description = "Semantic version")
    ),
    responses(
        (status = 200, description = "The version as it stands now", body = SignedVersion),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn deprecate(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path((publisher, name, version)): Path<Named>,
    Json(request): Json<Deprecate>,
) -> Answer<Body<SignedVersion>> {
    let message = request.message.as_deref().map(reason).transpose()?;
    let caller = who.must_have(Scope::PackagesPublish)?;
    let name = parsed(&publisher, &name)?;
    find_version(&state, Some(&who), &name, &version).await?;
    must_publish_for(&state, caller, name.publisher()).await?;
    state.0.storage.deprecate(caller, (&name, &version), message.as_deref(), Timestamp::now()).await?;
    let (id, standing) = find_version(&state, Some(&who), &name, &version).await?;
    Ok(Body(signed_version(&state, &id, standing).await?))
}

async fn step(
    state: &Marketplace,
    who: &Authenticated,
    (publisher, name, version): &Named,
    step: &Step<'_>,
    wanted: VersionStatus,
) -> Answer<Body<SignedVersion>> {
    let caller = who.must_have(Scope::PackagesPublish)?;
    let name = parsed(publisher, name)?;
    find_version(state, Some(who), &name, version).await?;
    must_publish_for(state, caller, name.publisher()).await?;
    let taken = state.0.storage.step(caller, (&name, version), step, Timestamp::now()).await?;
    let (id, standing) = find_version(state, Some(who), &name, version).await?;
    if !taken && standing.status != wanted {
        return Err(Failure::new(Code::WrongStatus, format!("{name} {version} is {}", standing.status)).by(caller));
    }
    Ok(Body(signed_version(state, &id, standing).await?))
}

/// A reason that people can read: not empty, one paragraph, without control characters.
pub(super) fn reason(text: &str) -> Answer<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_REASON || text.chars().any(char::is_control) {
        let detail = format!("a reason has 1 to {LONGEST_REASON} characters, and no line ends");
        return Err(Failure::new(Code::BadRequest, detail));
    }
    Ok(text.to_owned())
}
