//! The authorization endpoint (RFC 6749 section 4.1.1, RFC 7636 section 4.3).

use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use url::Url;

use super::error::OAuthError;
use super::page::{Form as PageForm, Refusal};
use super::parameters::{Form, Parameters, Query};
use super::session::Browser;
use super::{consent, redirect, scope, sign_in};
use crate::credential::{ScopeSet, Token, TokenKind, pkce};
use crate::marketplace::Marketplace;
use crate::marketplace::api::Refused;
use crate::marketplace::storage::{Consent, Deed, OAuthClient, Trail};

/// Where the endpoint is.
pub(super) const PATH: &str = "/oauth/authorize";

/// Longest address that a browser is sent back to after it has signed in.
const LONGEST: usize = 4000;
/// What the page that asks for consent carries on; anything else in the address is not the page's affair.
const CARRIED: [&str; 7] =
    ["client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"];

/// A request that may be answered to the client: who it is and where it wants the answer are certain.
struct Request {
    client: OAuthClient,
    redirect_uri: String,
    state: Option<String>,
    asked: Result<Asked, OAuthError>,
}

/// What a client asks for.
struct Asked {
    scopes: ScopeSet,
    challenge: String,
}

/// Shows the person what the client asks for.
pub(super) async fn show(
    State(state): State<Marketplace>,
    browser: Browser,
    uri: Uri,
    query: Result<Query, OAuthError>,
) -> Result<Response, Refusal> {
    let Query(parameters) = query?;
    let request = understand(&state, &parameters).await?;
    let asked = match &request.asked {
        Ok(asked) => asked,
        Err(error) => {
            return refuse(&state, &request, error, None);
        }
    };
    let return_to = uri.path_and_query().map_or(PATH, |path| path.as_str());
    if return_to.len() > LONGEST {
        return Err(Refusal::new("invalid_request", "This request cannot be followed", "Its address is too long."));
    }
    if browser.account.is_none() {
        return Ok(sign_in::page(&state, return_to).into_response());
    }
    let known = CARRIED.iter().filter_map(|name| Some((*name, parameters.get(name)?)));
    let hidden = known.fold(PageForm::to(PATH), |form, (name, value)| form.hidden(name, value));
    let page = consent::page(&browser, &request.client, &asked.scopes, (hidden, &request.redirect_uri), return_to);
    Ok(page.may_lead_to(&request.redirect_uri).into_response())
}

/// Takes the person's decision.
pub(super) async fn decide(
    State(state): State<Marketplace>,
    Extension(trail): Extension<Trail>,
    browser: Browser,
    form: Result<Form, OAuthError>,
) -> Result<Response, Refusal> {
    let Form(parameters) = form?;
    let Some((account, _)) = browser.account.as_ref().filter(|_| browser.sent(parameters.get("form_token"))) else {
        return Err(Refusal::foreign_form());
    };
    let request = understand(&state, &parameters).await?;
    let asked = match &request.asked {
        Ok(asked) => asked,
        Err(error) => {
            return refuse(&state, &request, error, Some(account));
        }
    };
    if parameters.get("decision") != Some("allow") {
        let refused = Some("access_denied");
        let object = request.client.id.as_str();
        let deed = Deed { account: Some(account), action: "consent.give", object, refused, credential: None };
        state.0.storage.note_alone(Timestamp::now(), &trail, &deed).await?;
        return answer(&state, &request, &[("error", "access_denied"), ("error_description", "the person said no")]);
    }
    let code = Token::generate(TokenKind::Code).map_err(OAuthError::from)?;
    let now = Timestamp::now();
    let consent = Consent {
        client: &request.client,
        account,
        scopes: &asked.scopes,
        redirect_uri: &request.redirect_uri,
        challenge: &asked.challenge,
        expires_at: now.checked_add(state.0.settings.lifetimes.code).unwrap_or(now),
    };
    state.0.storage.consent(&consent, &code, &trail, now).await?;
    answer(&state, &request, &[("code", code.expose())])
}

/// What cannot be sent back to a client is an error for the person; the rest is for the client to hear.
async fn understand(state: &Marketplace, parameters: &Parameters) -> Result<Request, Refusal> {
    let unknown = || {
        let detail = "client_id names no client of this marketplace.";
        Refusal::new("unknown_client", "This application is not known here", detail)
    };
    let client = match parameters.get("client_id") {
        Some(id) => state.0.storage.find_client(id).await?.ok_or_else(unknown)?,
        None => return Err(unknown()),
    };
    let redirect_uri = parameters.get("redirect_uri").unwrap_or_default().to_owned();
    if !redirect::is_registered(&client.redirect_uris, &redirect_uri) {
        let detail = format!("redirect_uri is not one that {} has registered; nothing is sent there.", client.name);
        return Err(Refusal::new("redirect_uri", "This application asks for the answer elsewhere", detail));
    }
    let asked = asked(&client, parameters);
    Ok(Request { client, redirect_uri, state: parameters.get("state").map(str::to_owned), asked })
}

fn asked(client: &OAuthClient, parameters: &Parameters) -> Result<Asked, OAuthError> {
    if parameters.required("response_type")? != "code" {
        return Err(OAuthError::new("unsupported_response_type", "response_type must be code"));
    }
    if parameters.get("request").is_some() {
        return Err(OAuthError::new("request_not_supported", "request objects are not taken"));
    }
    if parameters.get("request_uri").is_some() {
        return Err(OAuthError::new("request_uri_not_supported", "request objects are not taken"));
    }
    if parameters.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(OAuthError::request("response_mode must be query"));
    }
    let challenge = parameters.required("code_challenge")?;
    if parameters.get("code_challenge_method") != Some("S256") {
        return Err(OAuthError::request("code_challenge_method must be S256"));
    }
    if !pkce::is_challenge(challenge) {
        return Err(OAuthError::request("code_challenge is not SHA-256 in base64url"));
    }
    let scopes = scope::within(scope::asked(parameters.get("scope"))?, &client.scopes)?;
    Ok(Asked { scopes, challenge: challenge.to_owned() })
}

/// Tells the client what is wrong with its request.
fn refuse(
    state: &Marketplace,
    request: &Request,
    error: &OAuthError,
    account: Option<&str>,
) -> Result<Response, Refusal> {
    let told = [("error", error.code), ("error_description", error.description.as_str())];
    let mut response = answer(state, request, &told)?;
    let (account, credential) = (account.map(str::to_owned), Some(request.client.id.clone()));
    let too_often = |wait| Refusal::too_often(wait).into_response();
    response.extensions_mut().insert(Refused { reason: error.code, account, credential, too_often });
    Ok(response)
}

/// Sends the browser back to the client, with `state` as it came and `iss` (RFC 9207).
fn answer(state: &Marketplace, request: &Request, parameters: &[(&str, &str)]) -> Result<Response, Refusal> {
    let broken = |_| Refusal::broken("The application's redirect URI is no URL.");
    let mut target = Url::parse(&request.redirect_uri).map_err(broken)?;
    {
        let mut query = target.query_pairs_mut();
        query.extend_pairs(parameters);
        query.extend_pairs(request.state.iter().map(|state| ("state", state.as_str())));
        query.append_pair("iss", &state.0.settings.url);
    }
    let headers = [
        (header::LOCATION, target.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
