//! The catalogue. Reading needs no key; one that is sent with a search must hold all the same.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::auth::Authenticated;
use super::chunks::chunks;
use super::conditional;
use super::extract::{Path, Query};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Malformed, Missing, Unauthorized};
use super::reviews::may_review;
use crate::credential::Scope;
use crate::manifest::{Category, IntegrationName};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{SearchQuery, Sight, Signed};
use crate::wire::{self, Code, PackageList};

const DEFAULT_LIMIT: u32 = 20;
const LARGEST_LIMIT: u32 = 100;
/// Results beyond this are not reached by paging; a narrower search finds them.
const FURTHEST: u32 = 10_000;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Search {
    /// Words to look for; each may be the beginning of a word. Absent finds all, newest first.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Only this category.
    category: Option<Category>,
    /// Results on a page, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Searches the catalogue.
#[utoipa::path(
    get, path = "/v1/packages", tag = "packages", params(Search), security((), ("key" = [])),
    responses(
        (status = 200, description = "A page of integrations", body = PackageList),
        Malformed,
        Unauthorized,
        Broken,
    )
)]
pub(super) async fn search(
    State(state): State<Marketplace>,
    _who: Option<Authenticated>,
    Query(asked): Query<Search>,
) -> Answer<axum::Json<PackageList>> {
    let bad = |detail: &str| Failure::new(Code::BadRequest, detail);
    let words = asked.q.unwrap_or_default();
    let limit = asked.limit.unwrap_or(DEFAULT_LIMIT);
    if words.chars().count() > 200 || !(1..=LARGEST_LIMIT).contains(&limit) {
        return Err(bad("q has at most 200 characters, and limit is 1 to 100"));
    }
    let offset = asked.cursor.map_or(Ok(0), |cursor| cursor.parse::<u32>().ok().filter(|at| *at <= FURTHEST).ok_or(()));
    let offset = offset.map_err(|()| bad("the cursor is not one of next_cursor"))?;
    let query = SearchQuery { words, category: asked.category, offset: offset.into(), limit: i64::from(limit) + 1 };
    let mut data = state.0.storage.search(&query).await?;
    let more = data.len() > limit as usize;
    data.truncate(limit as usize);
    let next_cursor = Some(offset + limit).filter(|next| more && *next <= FURTHEST).map(|next| next.to_string());
    Ok(axum::Json(PackageList { data, next_cursor }))
}

pub(super) fn parsed(publisher: &str, name: &str) -> Answer<IntegrationName> {
    let text = format!("{publisher}/{name}");
    IntegrationName::parse(&text).map_err(|_| not_found(&text))
}

pub(super) fn not_found(what: &str) -> Failure {
    Failure::new(Code::NotFound, format!("there is no {what} in this marketplace"))
}

/// An integration with its versions.
#[utoipa::path(
    get, path = "/v1/packages/{publisher}/{name}", tag = "packages", security((), ("key" = ["packages:read"])),
    params(("publisher" = String, Path, description = "Publisher"), ("name" = String, Path, description = "Name")),
    responses(
        (status = 200, description = "The integration", body = wire::Package),
        (status = 304, description = "As known"),
        Malformed,
        Unauthorized,
        Missing,
        Broken,
    )
)]
pub(super) async fn package(
    State(state): State<Marketplace>,
    who: Option<Authenticated>,
    Path((publisher, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let name = parsed(&publisher, &name)?;
    let sight = sight_of(&state, who.as_ref(), name.publisher()).await?;
    let package = state.0.storage.find_package(&name, sight).await?.ok_or_else(|| not_found(&name.to_string()))?;
    conditional::document(&headers, &package)
}

/// A version.
#[utoipa::path(
    get, path = "/v1/packages/{publisher}/{name}/versions/{version}", tag = "packages", security((), ("key" = ["packages:read"])),
    params(
        ("publisher" = String, Path, description = "Publisher"), ("name" = String, Path, description = "Name"),
        ("version" = String, Path, description = "Semantic version")
    ),
    responses(
        (status = 200, description = "The version", body = wire::SignedVersion),
        (status = 304, description = "As known"),
        Malformed,
        Unauthorized,
        Missing,
        Broken,
    )
)]
pub(super) async fn version(
    State(state): State<Marketplace>,
    who: Option<Authenticated>,
    Path((publisher, name, version)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let name = parsed(&publisher, &name)?;
    let (id, version) = find_version(&state, who.as_ref(), &name, &version).await?;
    conditional::document(&headers, &signed_version(&state, &id, version).await?)
}

/// A version with what was signed of it, and its place in the queue.
pub(super) async fn signed_version(
    state: &Marketplace,
    id: &str,
    version: wire::Version,
) -> Answer<wire::SignedVersion> {
    let Signed { attestation, countersignature } = state.0.storage.signed(id).await?;
    let queue_position = state.0.storage.queue_position(id).await?;
    Ok(wire::SignedVersion { version, attestation, countersignature, queue_position })
}

/// The manifest of a version, as proveniq.toml has it.
#[utoipa::path(
    get, path = "/v1/packages/{publisher}/{name}/versions/{version}/manifest", tag = "packages", security((), ("key" = ["packages:read"])),
    params(
        ("publisher" = String, Path, description = "Publisher"), ("name" = String, Path, description = "Name"),
        ("version" = String, Path, description = "Semantic version")
    ),
    responses(
        (status = 200, description = "The manifest", body = serde_json::Value),
        (status = 304, description = "As known"),
        Malformed,
        Unauthorized,
        Missing,
        Broken,
    )
)]
pub(super) async fn manifest(
    State(state): State<Marketplace>,
    who: Option<Authenticated>,
    Path((publisher, name, version)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let name = parsed(&publisher, &name)?;
    let sight = sight_of(&state, who.as_ref(), name.publisher()).await?;
    let found = state.0.storage.manifest_of(&name, Some(&version)).await?.filter(|(_, status)| sight.sees(*status));
    conditional::document(&headers, &found.ok_or_else(|| not_found(&format!("{name} {version}")))?.0)
}

/// A version that the asker may see, and the identifier of its publication.
pub(super) async fn find_version(
    state: &Marketplace,
    who: Option<&Authenticated>,
    name: &IntegrationName,
    version: &str,
) -> Answer<(String, wire::Version)> {
    let found = state.0.storage.find_publication(name, version).await?;
    let sight = sight_of(state, who, name.publisher()).await?;
    found.filter(|(_, version)| sight.sees(version.status)).ok_or_else(|| not_found(&format!("{name} {version}")))
}

/// What a publisher's members and reviewers see is more than what everybody does.
async fn sight_of(state: &Marketplace, who: Option<&Authenticated>, publisher: &str) -> Answer<Sight> {
    let Some(who) = who else { return Ok(Sight::Public) };
    if may_review(state, who) {
        return Ok(Sight::All);
    }
    let Ok(caller) = who.must_have(Scope::PackagesRead) else { return Ok(Sight::Public) };
    let role = state.0.storage.role_of(&caller.account, publisher).await?;
    Ok(if role.is_some() { Sight::All } else { Sight::Public })
}

/// The package of a version: a zstd-compressed tar.
#[utoipa::path(
    get, path = "/v1/packages/{publisher}/{name}/versions/{version}/download", tag = "packages", security((), ("key" = ["packages:read"])),
    params(
        ("publisher" = String, Path, description = "Publisher"), ("name" = String, Path, description = "Name"),
        ("version" = String, Path, description = "Semantic version")
    ),
    responses(
        (status = 200, description = "The package", body = Vec<u8>, content_type = "application/zstd"),
        Malformed,
        Unauthorized,
        Missing,
        Broken,
    )
)]
pub(super) async fn download(
    State(state): State<Marketplace>,
    who: Option<Authenticated>,
    Path((publisher, name, version)): Path<(String, String, String)>,
) -> Answer<Response> {
    let name = parsed(&publisher, &name)?;
    let (_, version) = find_version(&state, who.as_ref(), &name, &version).await?;
    let file = tokio::fs::File::open(state.0.storage.blobs.path(&version.blob_digest)).await?;
    if file.metadata().await?.len() != version.size {
        return Err(Failure::new(Code::Internal, "the stored package is damaged"));
    }
    let headers = [
        (header::CONTENT_TYPE, "application/zstd".to_owned()),
        (header::CONTENT_LENGTH, version.size.to_string()),
        (header::ETAG, format!("\"{}\"", version.blob_digest)),
    ];
    Ok((StatusCode::OK, headers, Body::from_stream(chunks(file))).into_response())
}
