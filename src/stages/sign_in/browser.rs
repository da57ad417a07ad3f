//! Signing in through the person's browser: authorization code with PKCE and a loopback redirect (RFC 8252 section 7.3).

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use url::Url;

use super::Obtained;
use crate::adapters::authorization_server::AuthorizationServer;
use crate::adapters::browser;
use crate::adapters::local_endpoint::LocalEndpoint;
use crate::context::Context;
use crate::credential::pkce;
use crate::error::{Error, Explain, Kind, Result};
use crate::webhook::exchange::{CapturedRequest, Header, Reply};

/// Path that the browser comes back to.
const PATH: &str = "/callback";

/// Sends the person's browser to the marketplace and waits until it comes back.
pub async fn through_browser(
    context: &Context,
    server: &AuthorizationServer,
    scopes: &str,
    patience: Duration,
) -> Result<Obtained> {
    let no_randomness = || "the system gives no randomness".to_owned();
    let verifier = pkce::verifier().or_bug(no_randomness)?;
    let state = pkce::verifier().or_bug(no_randomness)?;
    let endpoint = LocalEndpoint::bind(0, &[]).await?;
    let redirect_uri = format!("{}{PATH}", endpoint.url());
    let challenge = pkce::challenge_of(verifier.expose_secret());
    let url = server.authorization_url(&redirect_uri, &challenge, state.expose_secret(), scopes);
    context.output.address("Sign in", url.as_str());
    let waiting = wait_for_code(endpoint, server, state, patience);
    let code = while_open(context, &url, waiting).await?;
    let finishing = context.interrupt.finishing()?;
    let login = server.redeem(code.expose_secret(), &redirect_uri, verifier.expose_secret()).await?;
    Ok(Obtained { login, finishing })
}

/// Opens the browser beside the waiting: one that runs in the terminal is there until it comes back, and one that never
/// ends must not outlast the waiting.
async fn while_open<T>(context: &Context, url: &Url, waiting: impl Future<Output = T>) -> T {
    let opening = async {
        // The address is on the screen: a person can also open it by hand.
        if let Err(error) = browser::open(url).await {
            context.output.warning(format!("{error}: open the address above yourself, or use --device"));
        }
        std::future::pending().await
    };
    tokio::select! {
        outcome = waiting => outcome,
        never = opening => never,
    }
}

/// Waits for the one request that counts. Whatever else knocks is answered and does not end the wait.
async fn wait_for_code(
    endpoint: LocalEndpoint,
    server: &AuthorizationServer,
    state: SecretString,
    patience: Duration,
) -> Result<SecretString> {
    let (came, mut coming) = mpsc::channel(1);
    let (stop, stopped) = watch::channel(false);
    let server = server.clone();
    let expected = Arc::new(Mutex::new(Some(state)));
    let handle = move |request: CapturedRequest| {
        let answer = answer_of(&request, &server, &expected);
        let came = came.clone();
        async move {
            match answer {
                Some(outcome) => {
                    let page = page_for(&outcome);
                    // Whoever waits has given up otherwise.
                    let _ = came.send(outcome).await;
                    page
                }
                None => page(404, "There is nothing here", "This page belongs to a sign-in that is under way."),
            }
        }
    };
    let serving = tokio::spawn(endpoint.serve(handle, |_| {}, stopped));
    let outcome = timeout(patience, coming.recv()).await;
    stop.send_replace(true);
    // Lets the page get to the browser.
    let _ = serving.await;
    match outcome {
        Ok(Some(outcome)) => outcome,
        Ok(None) => Err(Error::bug("the sign-in's endpoint ended")),
        Err(_) => Err(Error::new(Kind::Inconclusive, format!("nobody signed in within {} s", patience.as_secs()))
            .hint("run `proveniq login` again; --timeout gives more time, --device needs no browser here")),
    }
}

/// What a request says of the sign-in; `None` where it is not about it. The state counts once.
fn answer_of(
    request: &CapturedRequest,
    server: &AuthorizationServer,
    expected: &Mutex<Option<SecretString>>,
) -> Option<Result<SecretString>> {
    let query = request.path.strip_prefix(PATH)?.strip_prefix('?')?;
    let parameters: BTreeMap<_, _> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let get = |name: &str| parameters.get(name).map(String::as_str);
    let mut expected = expected.lock().unwrap_or_else(PoisonError::into_inner);
    let fits = expected.as_ref().is_some_and(|state| get("state") == Some(state.expose_secret()));
    if request.method != "GET" || !fits {
        return None;
    }
    *expected = None;
    if !server.is_issuer(get("iss")) {
        return Some(Err(Error::auth("the sign-in came back from another marketplace").hint("nothing was sent there")));
    }
    Some(match (get("code"), get("error")) {
        (Some(code), _) => Ok(code.to_owned().into()),
        (None, Some("access_denied")) => Err(Error::auth("the sign-in was refused in the browser")),
        (None, None) => Err(Error::auth("the marketplace did not sign you in: it sent no code")),
        (None, Some(error)) => {
            let why: String = error.chars().filter(char::is_ascii_graphic).take(60).collect();
            Err(Error::auth(format!("the marketplace did not sign you in: {why}")))
        }
    })
}

fn page_for(outcome: &Result<SecretString>) -> Reply {
    match outcome {
        Ok(_) => page(200, "Signed in", "You can close this page and go back to the terminal."),
        Err(_) => page(400, "Not signed in", "The terminal says why. You can close this page."),
    }
}

fn page(status: u16, title: &str, text: &str) -> Reply {
    let style = "font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:20vh auto;padding:1rem";
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><body style=\"{style}\"><h1>{title}</h1><p>{text}</p></body></html>"
    );
    let headers = [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ];
    let header = |(name, value): (&str, &str)| Header { name: name.to_owned(), value: value.as_bytes().to_vec() };
    Reply { status, headers: headers.into_iter().map(header).collect(), body: body.into_bytes(), truncated: false }
}
