//! A client of a marketplace's authorization server, as the public client that `proveniq login` is.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use url::Url;

use super::clock::Clock;
use super::http;
use crate::credential::{Login, Token, TokenKind};
use crate::error::{Error, Explain, Result};

/// The client that this program is.
const CLIENT: &str = "proveniq-cli";
/// Time that one request may take in all.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Largest answer, in bytes.
const LARGEST: usize = 1 << 16;
/// Longest error description that is repeated, in characters.
const LONGEST: usize = 300;

/// An authorization server that has described itself (RFC 8414).
#[derive(Debug, Clone)]
pub struct AuthorizationServer {
    http: Client,
    metadata: Metadata,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Clone, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    device_authorization_endpoint: Url,
    revocation_endpoint: Url,
    /// Whether it names itself in authorization responses (RFC 9207 section 3).
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// What a device authorization begins with (RFC 8628 section 3.2).
#[derive(Debug, Deserialize)]
pub struct DeviceCodes {
    /// What this program asks with.
    device_code: String,
    /// What the person types.
    pub user_code: String,
    /// Where the person types it.
    pub verification_uri: String,
    /// Seconds that the codes live.
    pub expires_in: u64,
    /// Seconds that must lie between two questions.
    #[serde(default = "usual_interval")]
    pub interval: u64,
}

fn usual_interval() -> u64 {
    5
}

/// What asking about a device code came to (RFC 8628 section 3.5).
#[derive(Debug)]
pub enum Polled {
    /// The person has decided: the tokens.
    Done(Login),
    /// The person has not decided yet.
    Pending,
    /// This program asks too often.
    SlowDown,
    /// The person said no.
    Denied,
    /// Nobody decided in time.
    Expired,
    /// No answer arrived, or the marketplace is in trouble.
    Unanswered,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    token_type: String,
    expires_in: i64,
    refresh_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// An answer that is no success.
enum Failure {
    Refused(Refusal),
    /// There is none, or the server is in trouble: it may be asked again.
    Unanswered(Error),
    Other(Error),
}

impl Failure {
    /// A refusal that repeats what was sent does not get it shown: codes, tokens and verifiers are secrets.
    fn without(self, form: &[(&str, &str)]) -> Self {
        let Failure::Refused(mut refusal) = self else { return self };
        let secrets = form.iter().filter(|(name, _)| !matches!(*name, "grant_type" | "client_id" | "redirect_uri"));
        for (name, secret) in secrets {
            let told = format!("[{name}]");
            refusal.error = refusal.error.replace(secret, &told);
            refusal.error_description = refusal.error_description.map(|text| text.replace(secret, &told));
        }
        Failure::Refused(refusal)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unanswered(error) | Failure::Other(error) => error,
            Failure::Refused(refusal) => {
                let text = refusal.error_description.unwrap_or(refusal.error);
                let text: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
                Error::auth(format!("the marketplace refused the sign-in: {text}"))
                    .hint("sign in again with `proveniq login`")
            }
        }
    }
}

impl AuthorizationServer {
    /// Asks the marketplace at `address` where everything is. Its word counts for its own origin alone.
    pub async fn discover(address: &str, clock: Arc<dyn Clock>) -> Result<Self> {
        let base = Url::parse(address).or_usage(|| format!("{address:?} is no marketplace address"))?;
        let http = http::client(&base, TIMEOUT)?;
        let url = base
            .join("/.well-known/oauth-authorization-server")
            .or_usage(|| format!("{address:?} is no marketplace address"))?;
        let metadata: Metadata = answer(http.get(url)).await?;
        let own = |url: &Url| url.origin() == base.origin();
        let endpoints = [
            &metadata.authorization_endpoint,
            &metadata.token_endpoint,
            &metadata.device_authorization_endpoint,
            &metadata.revocation_endpoint,
        ];
        let named = Url::parse(&metadata.issuer).is_ok_and(|issuer| own(&issuer));
        if !named || !endpoints.into_iter().all(own) {
            return Err(Error::auth(format!("the marketplace at {address} sends sign-ins elsewhere"))
                .hint("use the address that it calls itself by; secrets do not go to another one"));
        }
        Ok(AuthorizationServer { http, metadata, clock })
    }

    /// Tells whether an authorization response is from here, by what it names as its issuer (RFC 9207 section 2.4).
    pub fn is_issuer(&self, named: Option<&str>) -> bool {
        named.map_or(!self.metadata.authorization_response_iss_parameter_supported, |named| {
            named == self.metadata.issuer
        })
    }

    /// Where the person's browser is sent.
    pub fn authorization_url(&self, redirect_uri: &str, challenge: &str, state: &str, scopes: &str) -> Url {
        let mut url = self.metadata.authorization_endpoint.clone();
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("response_type", "code").append_pair("client_id", CLIENT);
            query.append_pair("redirect_uri", redirect_uri).append_pair("state", state);
            query.append_pair("code_challenge", challenge).append_pair("code_challenge_method", "S256");
            if !scopes.is_empty() {
                query.append_pair("scope", scopes);
            }
        }
        url
    }

    /// Exchanges an authorization code.
    pub async fn redeem(&self, code: &str, redirect_uri: &str, verifier: &str) -> Result<Login> {
        let form = [("code", code), ("redirect_uri", redirect_uri), ("code_verifier", verifier)];
        Ok(self.tokens("authorization_code", &form).await?)
    }

    /// Exchanges a refresh token for the next pair. The one before works no more, whatever becomes of the answer.
    pub async fn refresh(&self, token: &Token) -> Result<Login> {
        Ok(self.tokens("refresh_token", &[("refresh_token", token.expose())]).await?)
    }

    /// Begins a device authorization.
    pub async fn begin_device(&self, scopes: &str) -> Result<DeviceCodes> {
        let mut form = vec![("client_id", CLIENT)];
        form.extend((!scopes.is_empty()).then_some(("scope", scopes)));
        let url = self.metadata.device_authorization_endpoint.clone();
        let codes: DeviceCodes = answer(self.http.post(url).form(&form)).await?;
        let here = |url: Url| url.origin() == self.metadata.device_authorization_endpoint.origin();
        if Url::parse(&codes.verification_uri).is_ok_and(here) {
            return Ok(codes);
        }
        Err(Error::auth("the marketplace sends people who sign in elsewhere")
            .hint("nothing was sent there; use the address that the marketplace calls itself by"))
    }

    /// Asks whether the person has decided.
    pub async fn poll_device(&self, codes: &DeviceCodes) -> Result<Polled> {
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        match self.tokens(grant, &[("device_code", &codes.device_code)]).await {
            Ok(login) => Ok(Polled::Done(login)),
            Err(Failure::Refused(refusal)) => match refusal.error.as_str() {
                "authorization_pending" => Ok(Polled::Pending),
                "slow_down" => Ok(Polled::SlowDown),
                "access_denied" => Ok(Polled::Denied),
                "expired_token" => Ok(Polled::Expired),
                _ => Err(Failure::Refused(refusal).into()),
            },
            Err(Failure::Unanswered(_)) => Ok(Polled::Unanswered),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Revokes a token, and everything that rests on the same consent where it is a refresh token.
    pub async fn revoke(&self, token: &Token) -> Result<()> {
        let form = [("client_id", CLIENT), ("token", token.expose())];
        let url = self.metadata.revocation_endpoint.clone();
        let response = self.http.post(url).form(&form).send().await.map_err(|cause| unreachable(&cause))?;
        if response.status().is_success() {
            return Ok(());
        }
        Err(Error::unreachable(format!(
            "the marketplace did not revoke the sign-in: it answered {}",
            response.status()
        )))
    }

    async fn tokens(&self, grant: &str, form: &[(&str, &str)]) -> Result<Login, Failure> {
        let form: Vec<_> =
            [("grant_type", grant), ("client_id", CLIENT)].into_iter().chain(form.iter().copied()).collect();
        let answered = answer(self.http.post(self.metadata.token_endpoint.clone()).form(&form)).await;
        let tokens: Tokens = answered.map_err(|failure| failure.without(&form))?;
        let nonsense = |why: &str| Failure::Other(no_server(&format!("it gave no tokens: {why}")));
        if !tokens.token_type.eq_ignore_ascii_case("bearer") {
            return Err(nonsense("they are of an unknown type"));
        }
        let access = Token::parse(TokenKind::Access, &tokens.access_token).map_err(nonsense)?;
        let refresh = tokens.refresh_token.map(|text| Token::parse(TokenKind::Refresh, &text)).transpose();
        Ok(Login::issued(access, refresh.map_err(nonsense)?, tokens.expires_in, self.clock.now()))
    }
}

async fn answer<T: serde::de::DeserializeOwned>(request: RequestBuilder) -> Result<T, Failure> {
    let response = request.send().await.map_err(|cause| Failure::Unanswered(unreachable(&cause)))?;
    let status = response.status();
    let read = http::read_bounded(response, LARGEST).await;
    let (body, _) = read.map_err(|cause| Failure::Unanswered(unreachable(&cause)))?;
    if status.is_success() {
        let nonsense = |_| Failure::Other(no_server(&format!("its answer is not what RFC 6749 says ({status})")));
        return serde_json::from_slice(&body).map_err(nonsense);
    }
    match serde_json::from_slice(&body) {
        Ok(refusal) if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => {
            Err(Failure::Refused(refusal))
        }
        _ => {
            let error = no_server(&format!("it answered {status}"));
            let trouble = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
            Err(if trouble { Failure::Unanswered(error) } else { Failure::Other(error) })
        }
    }
}

fn no_server(why: &str) -> Error {
    Error::unreachable(format!("nobody can sign in at this marketplace: {why}"))
        .hint("`proveniq doctor` tells which marketplace is used")
}

fn unreachable(cause: &reqwest::Error) -> Error {
    let what = if cause.is_timeout() { "did not answer in time" } else { "cannot be reached" };
    Error::unreachable(format!("the marketplace {what}"))
        .hint("start the local one with `proveniq sandbox start --detach`, or name another with --marketplace")
}
