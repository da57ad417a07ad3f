//! Publishing: open an upload keyed by digest, send its parts, commit once.

use axum::Json as Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use tokio::runtime::Handle;

use super::accounts::role_or_founder;
use super::auth::Authenticated;
use super::extract::{Bytes, Json, Path};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Conflicting, Forbidden, Malformed, Missing, Oversized, Unacceptable, Unauthorized};
use crate::certification::CheckVerdict;
use crate::certification::attestation::Envelope;
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::marketplace::registry::{self, Outside, Refused};
use crate::marketplace::storage::{Caller, NewVersion, Published, StoredUpload};
use crate::package::is_digest;
use crate::wire::{
    Code, CommitUpload, OpenUpload, RECEIPT_SCHEMA, Receipt, RegisteredSigningKey, Role, UPLOAD_OFFSET, Upload, Version,
};

/// Opens an upload, or finds the one that is under way for the same bytes.
#[utoipa::path(
    post, path = "/v1/uploads", tag = "uploads", security(("key" = ["packages:publish"])), request_body = OpenUpload,
    responses(
        (status = 200, description = "The upload, and where its next part begins", body = Upload),
        Malformed,
        Unauthorized,
        Forbidden,
        Conflicting,
        Oversized,
        Broken,
    )
)]
pub(super) async fn open(
    State(state): State<Marketplace>,
    who: Authenticated,
    Json(announced): Json<OpenUpload>,
) -> Answer<Body<Upload>> {
    let caller = who.must_have(Scope::PackagesPublish)?;
    check_announcement(&state, &announced)?;
    must_publish_for(&state, caller, announced.name.publisher()).await?;
    if let Some((_, existing)) = state.0.storage.find_publication(&announced.name, &announced.version).await?
        && existing.digest != announced.digest
    {
        return Err(version_exists(&announced));
    }
    let upload = state.0.storage.open_upload(caller, &announced, Timestamp::now()).await?;
    describe(&state, &upload)
}

/// Whoever was taken out of a publisher meanwhile publishes nothing more.
pub(super) async fn must_publish_for(state: &Marketplace, caller: &Caller, publisher: &str) -> Answer<()> {
    let role = role_or_founder(state, caller, publisher).await?;
    if role.is_some_and(Role::may_publish) {
        return Ok(());
    }
    let who = if role.is_some() { "does not let viewers publish" } else { "belongs to another account" };
    Err(Failure::new(Code::NotYourPublisher, format!("the publisher {publisher} {who}")).by(caller))
}

fn check_announcement(state: &Marketplace, announced: &OpenUpload) -> Answer<()> {
    let bad = |detail: &str| Err(Failure::new(Code::BadRequest, detail));
    let version = semver::Version::parse(&announced.version);
    if announced.version.len() > 128 || version.is_err() {
        return bad("version is not a semantic version");
    }
    if !is_digest(&announced.digest) || !is_digest(&announced.blob_digest) {
        return bad("digest and blob_digest are SHA-256 in lower-case hex");
    }
    if announced.size == 0 {
        return bad("size is 0");
    }
    let most = state.0.settings.limits.compressed;
    if announced.size > most {
        return Err(Failure::new(
            Code::TooLarge,
            format!("the package has {} bytes; {most} are allowed", announced.size),
        ));
    }
    Ok(())
}

fn version_exists(announced: &OpenUpload) -> Failure {
    Failure::new(
        Code::VersionExists,
        format!("{} {} is published with other content", announced.name, announced.version),
    )
}

fn describe(state: &Marketplace, upload: &StoredUpload) -> Answer<Body<Upload>> {
    let offset = state.0.storage.blobs.received(&upload.id)?;
    Ok(Body(Upload { id: upload.id.clone(), offset, size: upload.announced.size }))
}

async fn find(state: &Marketplace, caller: &Caller, id: &str) -> Answer<StoredUpload> {
    let found = state.0.storage.find_upload(caller, id).await?;
    found.ok_or_else(|| Failure::new(Code::NotFound, format!("there is no upload {id:?}")))
}

/// An upload, and where its next part begins.
#[utoipa::path(
    get, path = "/v1/uploads/{id}", tag = "uploads", security(("key" = ["packages:publish"])),
    params(("id" = String, Path, description = "Identifier of the upload")),
    responses(
        (status = 200, description = "The upload", body = Upload),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Broken,
    )
)]
pub(super) async fn show(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
) -> Answer<Body<Upload>> {
    let caller = who.must_have(Scope::PackagesPublish)?;
    describe(&state, &find(&state, caller, &id).await?)
}

/// Appends a part of at most 8 MiB, which begins where the upload ends.
#[utoipa::path(
    patch, path = "/v1/uploads/{id}", tag = "uploads", security(("key" = ["packages:publish"])),
    params(
        ("id" = String, Path, description = "Identifier of the upload"),
        ("upload-offset" = u64, Header, description = "Where the part begins, in bytes")
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "The upload after it", body = Upload),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Conflicting,
        Oversized,
        Broken,
    )
)]
pub(super) async fn append(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
    headers: HeaderMap,
    Bytes(part): Bytes,
) -> Answer<Body<Upload>> {
    let caller = who.must_have(Scope::PackagesPublish)?;
    let upload = find(&state, caller, &id).await?;
    let offset = headers.get(UPLOAD_OFFSET).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let offset = offset
        .ok_or_else(|| Failure::new(Code::BadRequest, format!("the header {UPLOAD_OFFSET} is missing or no number")))?;
    let size = upload.announced.size;
    if offset.saturating_add(part.len() as u64) > size {
        return Err(Failure::new(Code::TooLarge, format!("more than the announced {size} bytes")));
    }
    let blobs = state.0.storage.blobs.clone();
    let file = id.clone();
    let received = blocking(move || Ok(blobs.append(&file, offset, &part)?)).await?.map_err(|received| {
        Failure::new(Code::OffsetMismatch, format!("{received} bytes have arrived, the part begins at {offset}"))
    })?;
    Ok(Body(Upload { id, offset: received, size }))
}

/// Publishes what the upload holds: the one moment from which the version exists.
#[utoipa::path(
    post, path = "/v1/uploads/{id}/commit", tag = "uploads", security(("key" = ["packages:publish"])),
    params(("id" = String, Path, description = "Identifier of the upload")), request_body = CommitUpload,
    responses(
        (status = 200, description = "The same content was published before", body = Receipt),
        (status = 201, description = "Published", body = Receipt),
        Malformed,
        Unauthorized,
        Forbidden,
        Missing,
        Conflicting,
        Unacceptable,
        Broken,
    )
)]
pub(super) async fn commit(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path(id): Path<String>,
    Json(request): Json<CommitUpload>,
) -> Answer<Answered> {
    let caller = who.must_have(Scope::PackagesPublish)?;
    let upload = find(&state, caller, &id).await?;
    must_publish_for(&state, caller, upload.announced.name.publisher()).await?;
    match publish(&state, caller, &upload, &request).await {
        Err(failure) => published_meanwhile(&state, caller, &upload).await?.ok_or(failure),
        published => published,
    }
}

type Answered = (StatusCode, Body<Receipt>);

async fn publish(
    state: &Marketplace,
    caller: &Caller,
    upload: &StoredUpload,
    request: &CommitUpload,
) -> Answer<Answered> {
    let storage = &state.0.storage;
    let received = storage.blobs.received(&upload.id)?;
    if received != upload.announced.size {
        let detail = format!("{received} of {} bytes have arrived", upload.announced.size);
        return Err(Failure::new(Code::OffsetMismatch, detail));
    }
    let now = Timestamp::now();
    let accepted = examine(state, upload, request, now).await?;
    let blobs = storage.blobs.clone();
    let (file, digest) = (upload.id.clone(), upload.announced.blob_digest.clone());
    blocking(move || Ok(blobs.keep(&file, &digest)?)).await?;
    let countersignature = registry::countersign(&state.0, &accepted, &upload.announced, now);
    let new = NewVersion {
        upload,
        manifest: &accepted.manifest,
        tier: accepted.tier,
        claim: &accepted.submitted.claim(),
        checks: &accepted.seen,
        tier_claimed: accepted.tier_claimed(),
        attestation: accepted.submitted.attestation.as_ref().map(|(_, envelope)| envelope),
        countersignature: &countersignature,
    };
    match storage.publish(caller, &new, now).await? {
        Published::New { id, version } => {
            // The version counts from now on, whatever becomes of what is left of its upload.
            let _ = storage.blobs.discard(&upload.id);
            Ok(receipt(StatusCode::CREATED, id, version, accepted.seen, Some(countersignature)))
        }
        Published::Existing { id, version } => {
            storage.forget_upload(&upload.id).await?;
            if version.digest != upload.announced.digest {
                return Err(version_exists(&upload.announced));
            }
            let signed = storage.signed(&id).await?;
            Ok(receipt(StatusCode::OK, id, version, accepted.seen, signed.countersignature))
        }
    }
}

/// The receipt of an upload that another request has committed while this one was at it, and whose bytes it took away.
async fn published_meanwhile(state: &Marketplace, caller: &Caller, upload: &StoredUpload) -> Answer<Option<Answered>> {
    let storage = &state.0.storage;
    if storage.find_upload(caller, &upload.id).await?.is_some() {
        return Ok(None);
    }
    let found = storage.find_publication(&upload.announced.name, &upload.announced.version).await?;
    let same = found.filter(|(_, version)| version.digest == upload.announced.digest);
    let Some((id, version)) = same else { return Ok(None) };
    let (checks, signed) = (storage.checks_of(&id).await?, storage.signed(&id).await?);
    Ok(Some(receipt(StatusCode::OK, id, version, checks, signed.countersignature)))
}

/// A receipt; whether anything changed is what the status says.
fn receipt(
    status: StatusCode,
    id: String,
    version: Version,
    checks: Vec<CheckVerdict>,
    countersignature: Option<Envelope>,
) -> Answered {
    let unchanged = status == StatusCode::OK;
    (status, Body(Receipt { schema: RECEIPT_SCHEMA.into(), id, unchanged, version, checks, countersignature }))
}

/// The publisher's key that an envelope says it is signed with.
async fn signing_key(
    state: &Marketplace,
    upload: &StoredUpload,
    request: &CommitUpload,
) -> Answer<Option<RegisteredSigningKey>> {
    let signed_by = request.attestation.as_ref().and_then(|envelope| envelope.signed_by().ok());
    let Some(signed_by) = signed_by else { return Ok(None) };
    Ok(state.0.storage.find_signing_key(upload.announced.name.publisher(), signed_by.as_str()).await?)
}

/// Examines an upload. One that is refused is forgotten, so that its bytes do not stay.
async fn examine(
    state: &Marketplace,
    upload: &StoredUpload,
    request: &CommitUpload,
    now: Timestamp,
) -> Answer<registry::Accepted> {
    let key = signing_key(state, upload, request).await?;
    let inner = state.0.clone();
    let (examined, request) = (upload.clone(), request.clone());
    let published = registry::published_before(&state.0, upload).await?;
    let runtime = Handle::current();
    let examining = move || {
        let look_up = |wanted| runtime.block_on(registry::look_up(&inner, wanted, now));
        let outside = Outside { published, look_up: &look_up };
        registry::examine(&inner, &examined, &request, key.as_ref(), outside, now)
    };
    let outcome = tokio::task::spawn_blocking(examining).await;
    let refused = match outcome {
        Err(_) => return Err(Failure::new(Code::Internal, "the package could not be examined")),
        Ok(Ok(accepted)) => return Ok(accepted),
        Ok(Err(refused)) => refused,
    };
    if let Refused::Storage(cause) = refused {
        return Err(cause.into());
    }
    state.0.storage.forget_upload(&upload.id).await?;
    let subject = format!("{} {}", upload.announced.name, upload.announced.version);
    Err(match refused {
        Refused::Digest(detail) => Failure::new(Code::DigestMismatch, detail),
        Refused::Rejected(reasons) => {
            Failure::new(Code::Rejected, format!("{subject} was refused")).with_reasons(reasons)
        }
        Refused::Storage(cause) => cause.into(),
    })
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let finished = tokio::task::spawn_blocking(work).await;
    finished.map_err(|_| Failure::new(Code::Internal, "a file could not be written"))?
}
