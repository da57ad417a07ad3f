//! Reviews of versions that claim more than `listed`, by the marketplace's reviewers.

use axum::Json as Body;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use super::auth::Authenticated;
use super::extract::{Json, Path, Query};
use super::lifecycle::reason;
use super::packages::{find_version, parsed, signed_version};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Elsewhere, Forbidden, Malformed, Missing, Unauthorized};
use crate::credential::Scope;
use crate::marketplace::Marketplace;
use crate::marketplace::registry::approve;
use crate::marketplace::storage::{Caller, Step, StorageError, Waiting};
use crate::wire::{Code, Decision, Review, ReviewQueue, SignedVersion, VersionStatus, WaitingVersion};

/// Versions on one page.
const PAGE: u32 = 50;
/// Versions beyond this are not reached by paging.
const FURTHEST: u32 = 100_000;
/// Most reasons of one decision.
const MOST_REASONS: usize = 50;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// The versions that await a review, the one that waits longest first.
#[utoipa::path(
    get, path = "/v1/reviews", tag = "reviews", security(("key" = ["packages:review"])), params(Page),
    responses(
        (status = 200, description = "A page of the queue", body = ReviewQueue),
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
) -> Answer<Body<ReviewQueue>> {
    must_review(&state, &who)?;
    let offset = page.cursor.map_or(Ok(0), |cursor| cursor.parse::<u32>().ok().filter(|at| *at <= FURTHEST).ok_or(()));
    let offset = offset.map_err(|()| Failure::new(Code::BadRequest, "the cursor is not one of next_cursor"))?;
    let mut waiting = state.0.storage.waiting(offset, PAGE + 1).await?;
    let more = waiting.len() > PAGE as usize;
    waiting.truncate(PAGE as usize);
    let told = |Waiting { id, version, title, position }| WaitingVersion { id, version, title, position };
    let next_cursor = Some(offset + PAGE).filter(|next| more && *next <= FURTHEST).map(|next| next.to_string());
    Ok(Body(ReviewQueue { data: waiting.into_iter().map(told).collect(), next_cursor }))
}

/// Decides on a version, once. Whoever belongs to its publisher does not, but in a sandbox.
#[utoipa::path(
    post, path = "/v1/packages/{publisher}/{name}/versions/{version}/review", tag = "reviews",
    security(("key" = ["packages:review"])), request_body = Review,
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
pub(super) async fn decide(
    State(state): State<Marketplace>,
    who: Authenticated,
    Path((publisher, name, version)): Path<(String, String, String)>,
    Json(review): Json<Review>,
) -> Answer<Body<SignedVersion>> {
    let caller = must_review(&state, &who)?;
    let reasons = reasons(&review)?;
    let name = parsed(&publisher, &name)?;
    must_be_a_stranger(&state, caller, name.publisher()).await?;
    let (id, before) = find_version(&state, Some(&who), &name, &version).await?;
    let elsewhere = |detail: String| Failure::new(Code::WrongStatus, detail).by(caller);
    if before.digest != review.digest {
        return Err(elsewhere(format!("{name} {version} has the digest {}, reviewed was another", before.digest)));
    }
    let now = Timestamp::now();
    let granted = granted(&state, &id, before.status, &review, now).await?;
    let step = match &granted {
        Some((tier, countersignature)) => Step::Approve { tier: *tier, countersignature },
        None => Step::Reject(&reasons),
    };
    let taken = state.0.storage.step(caller, (&name, &version), &step, now).await?;
    let (_, standing) = find_version(&state, Some(&who), &name, &version).await?;
    if !taken {
        return Err(elsewhere(format!("{name} {version} is {}, and awaits no review", standing.status)));
    }
    Ok(Body(signed_version(&state, &id, standing).await?))
}

/// What an approval grants; `None` for a rejection, and where nothing waits.
async fn granted(
    state: &Marketplace,
    id: &str,
    status: VersionStatus,
    review: &Review,
    now: Timestamp,
) -> Answer<Option<(crate::certification::Tier, crate::certification::attestation::Envelope)>> {
    if review.decision == Decision::Reject || status != VersionStatus::InReview {
        return Ok(None);
    }
    let damaged = |why: &str| StorageError::Damaged(format!("the countersignature of {id} cannot be used: {why}"));
    let before = state.0.storage.signed(id).await?.countersignature.ok_or_else(|| damaged("there is none"))?;
    Ok(Some(approve(&state.0, &before, now).map_err(|why| damaged(&why))?))
}

fn reasons(review: &Review) -> Answer<Vec<String>> {
    let bad = |detail: String| Err(Failure::new(Code::BadRequest, detail));
    match (review.decision, review.reasons.len()) {
        (Decision::Approve, 0) => Ok(Vec::new()),
        (Decision::Approve, _) => bad("an approval takes no reasons".into()),
        (Decision::Reject, 1..=MOST_REASONS) => review.reasons.iter().map(|text| reason(text)).collect(),
        (Decision::Reject, _) => bad(format!("a rejection gives 1 to {MOST_REASONS} reasons")),
    }
}

/// Whether somebody is a reviewer of this marketplace.
pub(super) fn may_review(state: &Marketplace, who: &Authenticated) -> bool {
    must_review(state, who).is_ok()
}

fn must_review<'a>(state: &Marketplace, who: &'a Authenticated) -> Answer<&'a Caller> {
    let caller = who.must_have(Scope::PackagesReview)?;
    let settings = &state.0.settings;
    if settings.sandbox || settings.reviewers.contains(&caller.account) {
        return Ok(caller);
    }
    let detail = "the account is no reviewer of this marketplace, which its operator says who is";
    Err(Failure::new(Code::MissingScope, detail).by(caller))
}

async fn must_be_a_stranger(state: &Marketplace, caller: &Caller, publisher: &str) -> Answer<()> {
    if state.0.settings.sandbox || state.0.storage.role_of(&caller.account, publisher).await?.is_none() {
        return Ok(());
    }
    let detail = format!("whoever belongs to {publisher} does not review its versions");
    Err(Failure::new(Code::NotYourPublisher, detail).by(caller))
}
