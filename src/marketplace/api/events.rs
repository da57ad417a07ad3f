//! The event log: adding and reading.

use axum::Json as Body;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use super::auth::Authenticated;
use super::extract::{Json, Query};
use super::problem::{Answer, Failure};
use super::responses::{Broken, Forbidden, Invalid, Malformed, Oversized, Unauthorized};
use crate::credential::Scope;
use crate::event::{EventType, validate};
use crate::marketplace::Marketplace;
use crate::wire::{Code, EVENT_BYTES, EmitEvent, Emitted, EventList, LoggedEvent, Rejection};

/// Most entries on one page.
const LARGEST_PAGE: u32 = 100;

#[derive(Deserialize, IntoParams)]
pub(super) struct LogPage {
    /// Cursor behind which the page begins, from an event or `next_cursor` [default: 0, the beginning]
    #[serde(default)]
    pub(super) after: u64,
    /// Entries on the page, 1 to 100 [default: 50]
    limit: Option<u32>,
}

impl LogPage {
    pub(super) fn limit(&self) -> Answer<usize> {
        let limit = self.limit.unwrap_or(50);
        if !(1..=LARGEST_PAGE).contains(&limit) {
            return Err(Failure::new(Code::BadRequest, format!("limit must be 1 to {LARGEST_PAGE}")));
        }
        usize::try_from(limit).map_err(|_| Failure::new(Code::BadRequest, "limit is too large"))
    }
}

/// Takes the page out of one entry more than fits on it; tells whether there are more.
pub(super) fn page_of<T>(mut data: Vec<T>, limit: usize) -> (Vec<T>, bool) {
    let more = data.len() > limit;
    data.truncate(limit);
    (data, more)
}

/// Adds an event to the account's log. A sandbox alone takes events: elsewhere they come from what happens.
#[utoipa::path(
    post, path = "/v1/events", tag = "events", security(("key" = ["events:write"])), request_body = EmitEvent,
    responses(
        (status = 201, description = "Added", body = Emitted),
        Malformed,
        Unauthorized,
        Forbidden,
        Oversized,
        Invalid,
        Broken,
    )
)]
pub(super) async fn emit(
    State(state): State<Marketplace>,
    who: Authenticated,
    Json(request): Json<EmitEvent>,
) -> Answer<(StatusCode, Body<Emitted>)> {
    let caller = who.must_have(Scope::EventsWrite)?;
    if !state.0.settings.sandbox {
        return Err(Failure::new(Code::BadRequest, "only a sandbox takes events from outside"));
    }
    let now = Timestamp::now();
    let body = body_of(&request, now)?;
    let emitted = state.0.storage.emit(caller, request.kind, &body, now).await?;
    state.0.announce_change();
    Ok((StatusCode::CREATED, Body(emitted)))
}

/// The exact body: the one that was given, or one made around the data. Either must be what the schema says.
fn body_of(request: &EmitEvent, now: Timestamp) -> Answer<Vec<u8>> {
    let body = match (&request.data, &request.body) {
        (Some(data), None) => {
            let payload = serde_json::json!({"type": request.kind, "timestamp": now.to_string(), "data": data});
            payload.to_string().into_bytes()
        }
        (None, Some(encoded)) => {
            STANDARD.decode(encoded).map_err(|_| Failure::new(Code::BadRequest, "body is not base64"))?
        }
        _ => return Err(Failure::new(Code::BadRequest, "exactly one of data and body is needed")),
    };
    if body.len() > EVENT_BYTES {
        return Err(Failure::new(Code::TooLarge, format!("the event is larger than {EVENT_BYTES} bytes")));
    }
    let payload = serde_json::from_slice(&body)
        .map_err(|why| Failure::new(Code::InvalidPayload, format!("the body is no JSON: {why}")))?;
    must_hold(request.kind, &payload)?;
    Ok(body)
}

fn must_hold(kind: EventType, payload: &Value) -> Answer<()> {
    let violations = validate(kind, payload);
    if violations.is_empty() {
        return Ok(());
    }
    let reasons = violations.into_iter().map(|wrong| Rejection {
        check: if wrong.place.is_empty() { "/".to_owned() } else { wrong.place },
        message: wrong.message,
    });
    let detail = format!("the payload is not what the schema of {kind} says");
    Err(Failure::new(Code::InvalidPayload, detail).with_reasons(reasons.collect()))
}

/// Reads the account's log, oldest first.
#[utoipa::path(
    get, path = "/v1/events", tag = "events", security(("key" = ["events:read"])), params(LogPage),
    responses(
        (status = 200, description = "A page of the log", body = EventList),
        Malformed,
        Unauthorized,
        Forbidden,
        Broken,
    )
)]
pub(super) async fn list(
    State(state): State<Marketplace>,
    who: Authenticated,
    Query(page): Query<LogPage>,
) -> Answer<Body<EventList>> {
    let caller = who.must_have(Scope::EventsRead)?;
    let limit = page.limit()?;
    let asked = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let stored = state.0.storage.events_after(&caller.account, page.after, asked).await?;
    let (stored, more) = page_of(stored, limit);
    let next_cursor = stored.last().filter(|_| more).map(|last| last.event.cursor.to_string());
    let logged = stored.into_iter().map(|one| LoggedEvent { event: one.event, body: STANDARD.encode(one.body) });
    Ok(Body(EventList { data: logged.collect(), next_cursor }))
}
