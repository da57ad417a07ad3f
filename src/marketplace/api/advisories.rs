//! The advisories in which this marketplace looks dependencies up, for those who want to see what it sees.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::chunks::chunks;
use super::conditional::is_known;
use super::extract::Path;
use super::problem::{Answer, Failure};
use super::responses::{Broken, Malformed, Missing};
use crate::advisory::Ecosystem;
use crate::marketplace::Marketplace;
use crate::wire::Code;

/// The archive of a registry of packages, as OSV publishes it.
#[utoipa::path(
    get, path = "/v1/advisories/{ecosystem}/all.zip", tag = "advisories",
    params(("ecosystem" = String, Path, description = "npm, PyPI or crates.io")),
    responses(
        (status = 200, description = "The archive: OSV documents", body = Vec<u8>, content_type = "application/zip"),
        (status = 304, description = "As known"),
        Malformed,
        Missing,
        Broken,
    )
)]
pub(super) async fn archive(
    State(state): State<Marketplace>,
    Path(ecosystem): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let none = || Failure::new(Code::NotFound, format!("there are no advisories of {ecosystem:?} in this marketplace"));
    let shelf = state.0.settings.advisories.as_ref().ok_or_else(none)?;
    let path = Ecosystem::parse(&ecosystem).ok().and_then(|ecosystem| shelf.archive(ecosystem)).ok_or_else(none)?;
    let file = tokio::fs::File::open(path).await?;
    let metadata = file.metadata().await?;
    let changed = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let tag = format!("\"{:x}-{:x}\"", metadata.len(), changed.as_nanos());
    let headers_of_it = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers_of_it).into_response());
    }
    let content =
        [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_LENGTH, metadata.len().to_string())];
    Ok((headers_of_it, content, Body::from_stream(chunks(file))).into_response())
}
