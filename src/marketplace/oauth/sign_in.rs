//! Signing in: the page, the built-in identity of a sandbox, and the way to another provider and back.

use std::time::Instant;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use sha2::{Digest as _, Sha256};

use super::error::OAuthError;
use super::guess::Guess;
use super::page::{Form as PageForm, GO, Page, Refusal, Weight};
use super::parameters::{Form, Query};
use super::provider::{self, Ticket};
use super::session::{Browser, cookie};
use super::settings::{Provider, SignIn};
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{Identity, SignInUnderWay, Trail};

/// Why a way of signing in that is not offered is refused, for the audit log.
const NO_PROVIDER: &str = "unknown_provider";

/// Time that a person has to sign in at another provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// The page that asks who it is. Afterwards the browser goes on to `return_to`.
pub(super) fn page(state: &Marketplace, return_to: &str) -> Page {
    let page = Page::new("Sign in");
    match &state.0.settings.sign_in {
        SignIn::BuiltIn { .. } => {
            let form = PageForm::to("/oauth/sign-in").hidden("return_to", return_to);
            let form = form.input("code", "Sign-in code of this sandbox", "").button(GO, "Sign in", Weight::Main);
            page.paragraph("This is a sandbox. Its built-in identity is for whoever runs it.")
                .form(&form)
                .note("`proveniq login` and `proveniq sandbox status --sign-in-code` show the code.")
        }
        SignIn::Providers(providers) => providers.iter().fold(page, |page, provider| {
            let kind = provider.kind;
            let form = PageForm::to(&format!("/oauth/sign-in/{}", kind.as_str())).hidden("return_to", return_to);
            page.form(&form.button(GO, &format!("Continue with {}", kind.title()), Weight::Main))
                .may_lead_to(&provider.url)
        }),
    }
}

/// Signs in the built-in identity.
pub(super) async fn with_code(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    _browser: Browser,
    form: Result<Form, OAuthError>,
) -> Result<Response, Refusal> {
    let Form(form) = form?;
    let return_to = own_path(form.get("return_to"))?;
    let SignIn::BuiltIn { code } = &state.0.settings.sign_in else {
        return Err(Refusal::new(
            NO_PROVIDER,
            "There is no built-in identity here",
            "Sign in with one of the offered accounts.",
        ));
    };
    let guess = Guess::begin(&state, &trail, None)?;
    let typed: String = form.get("code").unwrap_or_default().to_lowercase().split_whitespace().collect();
    let digest = |text: &str| Sha256::digest(text.replace('-', ""));
    if digest(&typed) != digest(code.expose_secret()) {
        let page = page(&state, return_to).alert("That is not the code.");
        return Ok(page.refusing("wrong_code", None).status(StatusCode::FORBIDDEN).into_response());
    }
    guess.was_right();
    let identity = Identity::new("sandbox", "built-in", "sandbox", Some("the sandbox's built-in identity"));
    begin_session(&state, &identity, &trail, return_to).await
}

/// Sends the browser to another provider.
pub(super) async fn at_provider(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    Path(kind): Path<String>,
    _browser: Browser,
    form: Result<Form, OAuthError>,
) -> Result<Response, Refusal> {
    let Form(form) = form?;
    let return_to = own_path(form.get("return_to"))?;
    let provider = find(&state, &kind)?;
    state.0.beginnings.attempt(&trail.place(), Instant::now()).allowed.map_err(Refusal::too_often)?;
    let random = |_| Refusal::broken("The system gives no randomness.");
    let session = Token::generate(TokenKind::Session).map_err(random)?;
    let sign_in = Token::generate(TokenKind::SignIn).map_err(random)?;
    let ticket = Ticket::generate().map_err(random)?;
    let now = Timestamp::now();
    let under_way = SignInUnderWay {
        provider: kind,
        session: session.digest(),
        verifier: ticket.verifier.clone(),
        nonce: ticket.nonce.clone(),
        return_to: return_to.to_owned(),
    };
    let target = provider::authorization_url(provider, &callback(&state, provider), &ticket, sign_in.expose()).await?;
    state.0.storage.begin_sign_in(&sign_in, &under_way, now.checked_add(PATIENCE).unwrap_or(now)).await?;
    Ok(redirect(&target, cookie(&state.0.settings.url, &session, PATIENCE)))
}

/// Takes the browser back from another provider.
pub(super) async fn back(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    Path(kind): Path<String>,
    browser: Browser,
    query: Result<Query, OAuthError>,
) -> Result<Response, Refusal> {
    let Query(query) = query?;
    let lost = || {
        let detail = "It took too long or began elsewhere. Begin again.";
        Refusal::new("sign_in_not_under_way", "This sign-in is not under way", detail)
    };
    let sign_in = Token::parse(TokenKind::SignIn, query.get("state").unwrap_or_default()).map_err(|_| lost())?;
    let under_way = state.0.storage.take_sign_in(&sign_in, Timestamp::now()).await?.ok_or_else(lost)?;
    let provider = find(&state, &kind)?;
    let same_browser = browser.session.as_ref().is_some_and(|session| session.digest() == under_way.session);
    if !same_browser || under_way.provider != kind {
        return Err(lost());
    }
    let title = provider.kind.title();
    let Some(code) = query.get("code") else {
        // The provider's code for why, not any text that an address may hold.
        let why = query.get("error").filter(|why| why.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        let detail = format!("It said: {}.", why.unwrap_or("no code"));
        return Err(Refusal::new("provider", format!("{title} did not sign you in"), detail));
    };
    let ticket = Ticket { verifier: under_way.verifier, nonce: under_way.nonce };
    let identity = provider::identify(provider, &callback(&state, provider), &ticket, code).await?;
    begin_session(&state, &identity, &trail, &under_way.return_to).await
}

/// Ends the session of the browser.
pub(super) async fn out(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    browser: Browser,
    form: Result<Form, OAuthError>,
) -> Result<Response, Refusal> {
    let Form(form) = form?;
    let (Some(session), Some((account, _))) = (&browser.session, &browser.account) else {
        return Err(Refusal::foreign_form());
    };
    if !browser.sent(form.get("form_token")) {
        return Err(Refusal::foreign_form());
    }
    let return_to = own_path(form.get("return_to"))?;
    state.0.storage.end_session(session, account, &trail, Timestamp::now()).await?;
    Ok(redirect(return_to, cookie(&state.0.settings.url, session, SignedDuration::ZERO)))
}

async fn begin_session(
    state: &Marketplace,
    identity: &Identity,
    trail: &Trail,
    return_to: &str,
) -> Result<Response, Refusal> {
    let (storage, settings) = (&state.0.storage, &state.0.settings);
    let now = Timestamp::now();
    let account = storage.sign_in(identity, trail, now).await?;
    let session = Token::generate(TokenKind::Session).map_err(OAuthError::from)?;
    let lifetime = settings.lifetimes.session;
    storage.begin_session(&session, &account, now.checked_add(lifetime).unwrap_or(now), now).await?;
    Ok(redirect(return_to, cookie(&settings.url, &session, lifetime)))
}

/// A path of the authorization server: never another site.
fn own_path(path: Option<&str>) -> Result<&str, Refusal> {
    let path = path.filter(|path| path.starts_with("/oauth/") && !path.contains('\\'));
    path.ok_or_else(|| Refusal::new("return_to", "This form does not count", "It does not say where to go on."))
}

fn find<'a>(state: &'a Marketplace, kind: &str) -> Result<&'a Provider, Refusal> {
    let SignIn::Providers(providers) = &state.0.settings.sign_in else {
        let detail = "This is a sandbox with a built-in identity.";
        return Err(Refusal::new(NO_PROVIDER, "There is no such provider here", detail));
    };
    let found = providers.iter().find(|provider| provider.kind.as_str() == kind);
    let detail = "Sign in with one of the offered accounts.";
    found.ok_or_else(|| Refusal::new(NO_PROVIDER, "There is no such provider here", detail))
}

fn callback(state: &Marketplace, provider: &Provider) -> String {
    format!("{}/oauth/callback/{}", state.0.settings.url, provider.kind.as_str())
}

fn redirect(target: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(target) = HeaderValue::from_str(target) {
        headers.insert(header::LOCATION, target);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    cookie.map(|cookie| headers.insert(header::SET_COOKIE, cookie));
    response
}
