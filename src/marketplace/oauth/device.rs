//! The device flow (RFC 8628): a device asks, and a person decides in a browser elsewhere.

use std::time::Instant;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::Serialize;

use super::error::{Answer, ErrorDocument, OAuthError};
use super::guess::Guess;
use super::page::{Form as PageForm, GO, Page, Refusal, Weight};
use super::parameters::{Form, Query};
use super::session::Browser;
use super::{client, consent, scope, sign_in, user_code};
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{NewDevice, Trail};

/// Where a person decides.
pub(super) const PATH: &str = "/oauth/device";

#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DeviceAuthorization {
    /// What the device asks with.
    device_code: String,
    /// What the person types.
    user_code: String,
    /// Where the person types it.
    verification_uri: String,
    /// The same with the code in it.
    verification_uri_complete: String,
    /// Lifetime of both codes, in seconds.
    expires_in: i64,
    /// Seconds that must lie between two questions.
    interval: i64,
}

/// Begins a device authorization (RFC 8628 section 3.1).
#[utoipa::path(
    post, path = "/oauth/device_authorization", tag = "oauth",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Codes for the device and the person", body = DeviceAuthorization),
        (status = 400, description = "The request is not followed", body = ErrorDocument),
        (status = 401, description = "The client is unknown", body = ErrorDocument),
        (status = 429, description = "Too many attempts", body = ErrorDocument),
        (status = 500, description = "Something broke", body = ErrorDocument),
    )
)]
pub(super) async fn begin(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    headers: HeaderMap,
    Form(form): Form,
) -> Answer<Response> {
    let client = client::authenticate(&state, &headers, &form).await?;
    let scopes = scope::asked(form.get("scope")).and_then(|asked| scope::within(asked, &client.scopes));
    let scopes = scopes.map_err(|error| error.by(&client.id))?;
    state.0.beginnings.attempt(&trail.place(), Instant::now()).allowed.map_err(OAuthError::too_often)?;
    let (storage, settings) = (&state.0.storage, &state.0.settings);
    let lifetimes = settings.lifetimes;
    let code = Token::generate(TokenKind::Device)?;
    let now = Timestamp::now();
    loop {
        let user_code = user_code::generate()?;
        let new = NewDevice {
            code: &code,
            user_code: &user_code,
            client: &client,
            scopes: &scopes,
            expires_at: now.checked_add(lifetimes.device).unwrap_or(now),
            interval: lifetimes.poll.as_secs(),
        };
        if !storage.store_device(&new).await? {
            continue;
        }
        let shown = user_code::shown(&user_code);
        let document = DeviceAuthorization {
            device_code: code.expose().to_owned(),
            verification_uri: format!("{}/device", settings.url),
            verification_uri_complete: format!("{}/device?user_code={shown}", settings.url),
            user_code: shown,
            expires_in: lifetimes.device.as_secs(),
            interval: lifetimes.poll.as_secs(),
        };
        return Ok(([(header::CACHE_CONTROL, "no-store")], Json(document)).into_response());
    }
}

/// An address that is short enough to be typed.
pub(super) async fn short(uri: axum::http::Uri) -> Redirect {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::to(&format!("{PATH}{query}"))
}

/// Shows where to type the code, or what the device asks for.
pub(super) async fn show(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    browser: Browser,
    query: Result<Query, OAuthError>,
) -> Result<Response, Refusal> {
    let Query(query) = query?;
    let typed = query.get("user_code");
    if browser.account.is_none() {
        let code = typed.and_then(user_code::typed);
        let return_to = code.map_or(PATH.to_owned(), |code| format!("{PATH}?user_code={}", user_code::shown(&code)));
        return Ok(sign_in::page(&state, &return_to).into_response());
    }
    match typed {
        None => Ok(ask_for_code(&browser, "").into_response()),
        Some(typed) => ask_for_consent(&state, &trail, &browser, typed).await,
    }
}

/// Takes a code that was typed, or the decision about one.
pub(super) async fn decide(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    browser: Browser,
    form: Result<Form, OAuthError>,
) -> Result<Response, Refusal> {
    let Form(form) = form?;
    let Some((account, _)) = browser.account.as_ref().filter(|_| browser.sent(form.get("form_token"))) else {
        return Err(Refusal::foreign_form());
    };
    let typed = form.get("user_code").unwrap_or_default();
    let Some(decision) = form.get("decision") else {
        return ask_for_consent(&state, &trail, &browser, typed).await;
    };
    let guess = Guess::begin(&state, &trail, Some(account))?;
    let approved = decision == "allow";
    let code = user_code::typed(typed).unwrap_or_default();
    let decided = state.0.storage.decide_device(&code, account, approved, &trail, Timestamp::now()).await?;
    if !decided {
        let refusal =
            Refusal::new("unknown_user_code", "This code is of no use", "It has expired, or was used before.");
        return Err(refusal.by(Some(account)));
    }
    guess.was_right();
    let page = if approved {
        Page::new("Done").paragraph("The device is signed in. You can close this page.")
    } else {
        Page::new("Refused").paragraph("The device gets nothing. You can close this page.")
    };
    Ok(page.into_response())
}

fn ask_for_code(browser: &Browser, typed: &str) -> Page {
    let form = PageForm::to(PATH).hidden("form_token", &browser.form_token());
    let form = form.input("user_code", "Code that the device shows", typed).button(GO, "Continue", Weight::Main);
    Page::new("Sign in a device").form(&form)
}

/// A look at a code that is wrong counts as a guess: codes are short.
async fn ask_for_consent(
    state: &Marketplace,
    trail: &Trail,
    browser: &Browser,
    typed: &str,
) -> Result<Response, Refusal> {
    let account = browser.account.as_ref().map(|(account, _)| account.as_str());
    let guess = Guess::begin(state, trail, account)?;
    let code = user_code::typed(typed).unwrap_or_default();
    let waiting = state.0.storage.waiting_device(&code, Timestamp::now()).await?;
    let client = match &waiting {
        Some(waiting) => state.0.storage.find_client(&waiting.client).await?,
        None => None,
    };
    let (Some(waiting), Some(client)) = (waiting, client) else {
        let page = ask_for_code(browser, "").alert("No device waits under that code. Is it typed right, and fresh?");
        return Ok(page.refusing("unknown_user_code", account).status(StatusCode::NOT_FOUND).into_response());
    };
    guess.was_right();
    let shown = user_code::shown(&code);
    let return_to = format!("{PATH}?user_code={shown}");
    let form = PageForm::to(PATH).hidden("user_code", &shown);
    let page = consent::page(browser, &client, &waiting.scopes, (form, "the device that shows the code"), &return_to);
    Ok(page.alert(&format!("Allow it only if the device in front of you shows {shown}.")).into_response())
}
