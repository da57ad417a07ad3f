//! A client of a marketplace's authorization server, as the public client that `proveniq login` is.

mod answer;

use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;
use url::Url;

use self::answer::{Failure, answer, no_server, unreachable};
use super::clock::Clock;
use super::http;
use crate::credential::{Login, Token, TokenKind};
use crate::error::{Error, Explain, Result};

/// The client that this program is.
const CLIENT: &str = "proveniq-cli";
/// What helps where tokens were lost.
const AGAIN: &str = "sign in again with `proveniq login`";
/// Time that one request may take in all.
const TIMEOUT: Duration = Duration::from_secs(20);

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
    Unanswered(Error),
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    token_type: String,
    expires_in: i64,
    refresh_token: Option<String>,
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

    /// Exchanges an authorization code. Where the answer is lost the code is sent once more: either it had not arrived, or
    /// the marketplace ends what it gave for it (RFC 6749 section 4.1.2).
    pub async fn redeem(&self, code: &str, redirect_uri: &str, verifier: &str) -> Result<Login> {
        let form = [("code", code), ("redirect_uri", redirect_uri), ("code_verifier", verifier)];
        let once = || self.tokens("authorization_code", &form);
        match once().await {
            Err(Failure::Lost(_) | Failure::Garbled(_)) => once().await.map_err(|failure| match failure {
                Failure::Refused(_) => tokens_lost(),
                Failure::Lost(error) | Failure::Garbled(error) => error.hint(AGAIN),
                failure => failure.into(),
            }),
            answered => Ok(answered?),
        }
    }

    /// Exchanges a refresh token for the next pair. The one before works no more once it has arrived, whatever becomes of
    /// the answer; where that is unknown the error is not one of authentication, and asking again tells.
    pub async fn refresh(&self, token: &Token) -> Result<Login> {
        let answered = self.tokens("refresh_token", &[("refresh_token", token.expose())]).await;
        answered.map_err(|failure| match failure {
            Failure::Refused(refusal) if !refusal.is_of_the_grant() => {
                Error::unreachable(format!("the marketplace gave no other tokens: {}", refusal.text()))
                    .hint("run the command again later; `proveniq doctor` tells which marketplace is used")
            }
            Failure::Lost(error) | Failure::Garbled(error) => {
                error.hint("run the command again: it tells whether the sign-in has ended")
            }
            failure => failure.into(),
        })
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
        let form = [("device_code", codes.device_code.as_str())];
        let once = || self.tokens("urn:ietf:params:oauth:grant-type:device_code", &form);
        match once().await {
            Ok(login) => Ok(Polled::Done(login)),
            Err(Failure::Refused(refusal)) => match refusal.error.as_str() {
                "authorization_pending" => Ok(Polled::Pending),
                "slow_down" => Ok(Polled::SlowDown),
                "access_denied" => Ok(Polled::Denied),
                "expired_token" => Ok(Polled::Expired),
                _ => Err(Failure::Refused(refusal).into()),
            },
            Err(Failure::Unserved(error) | Failure::Lost(error)) => Ok(Polled::Unanswered(error)),
            Err(Failure::Garbled(error)) => {
                // The marketplace ends what it gave for the code when that comes again.
                let _ = once().await;
                Err(error)
            }
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
        let nonsense = |why: &str| Failure::Garbled(no_server(&format!("it gave no tokens: {why}")));
        if !tokens.token_type.eq_ignore_ascii_case("bearer") {
            return Err(nonsense("they are of an unknown type"));
        }
        let access = Token::parse(TokenKind::Access, &tokens.access_token).map_err(nonsense)?;
        let refresh = tokens.refresh_token.map(|text| Token::parse(TokenKind::Refresh, &text)).transpose();
        Ok(Login::issued(access, refresh.map_err(nonsense)?, tokens.expires_in, self.clock.now()))
    }
}

/// The end of a sign-in whose tokens were given and never arrived.
pub fn tokens_lost() -> Error {
    Error::unreachable("the tokens were lost on the way; what the marketplace gave is revoked").hint(AGAIN)
}
