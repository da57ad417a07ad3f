//! Sending a request and making sense of the answer, whatever it is.

use std::sync::PoisonError;
use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::MarketplaceClient;
use super::renewal::Undelivered;
use crate::adapters::http;
use crate::adapters::webhook_sender::innermost;
use crate::error::{Error, Kind, Result};
use crate::wire::{Code, IDEMPOTENCY_KEY, PROBLEM_TYPE, Problem};

/// Largest JSON document that is read, in bytes.
const LARGEST: usize = 8 << 20;
/// Waits before a request that changes nothing twice is tried again.
const RETRIES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(600)];
/// Longest `Retry-After` that is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

impl MarketplaceClient {
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&'static str, String)]) -> Result<T> {
        let response = self.retried(|| Ok(self.request(Method::GET, path)?.query(query))).await?;
        self.document(response).await
    }

    pub(super) async fn find<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>> {
        let response = self.retried(|| self.request(Method::GET, path)).await?;
        if response.status() != StatusCode::NOT_FOUND {
            return self.document(response).await.map(Some);
        }
        match self.problem(response).await {
            (Some(Code::NotFound), _) => Ok(None),
            (_, error) => Err(error),
        }
    }

    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        self.send_request(self.request(method, path)?.json(body)).await
    }

    /// Sends a request that goes by a name, so that it can be told apart from any other.
    pub(super) async fn send_once<T: DeserializeOwned>(
        &self,
        path: &str,
        name: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        self.send_request(self.request(Method::POST, path)?.header(IDEMPOTENCY_KEY, name).json(body)).await
    }

    async fn send_request<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T> {
        let response = self.deliver(request).await.map_err(|why| self.undelivered(why))?;
        self.document(response).await
    }

    pub(super) async fn delete(&self, path: &str) -> Result<()> {
        let response = self.retried(|| self.request(Method::DELETE, path)).await?;
        self.successful(response).await.map(drop)
    }

    pub(super) fn request(&self, method: Method, path: &str) -> Result<RequestBuilder> {
        let url =
            self.base.join(path).map_err(|cause| Error::usage(format!("{path:?} makes no address")).because(cause))?;
        let request = self.http.request(method, url);
        Ok(match &*self.bearer.read().unwrap_or_else(PoisonError::into_inner) {
            Some(bearer) => request.bearer_auth(bearer.expose()),
            None => request,
        })
    }

    /// Sends a request that may be repeated, again where the marketplace could not be reached or was in trouble.
    pub(super) async fn retried(&self, request: impl Fn() -> Result<RequestBuilder>) -> Result<Response> {
        for wait in RETRIES {
            match self.deliver(request()?).await {
                Ok(response) if !worth_retrying(response.status()) => return Ok(response),
                Ok(response) => tokio::time::sleep(retry_after(&response).unwrap_or(wait)).await,
                Err(Undelivered::Transport(cause)) if !cause.is_timeout() => tokio::time::sleep(wait).await,
                Err(why) => return Err(self.undelivered(why)),
            }
        }
        self.deliver(request()?).await.map_err(|why| self.undelivered(why))
    }

    pub(super) async fn successful(&self, response: Response) -> Result<Response> {
        if response.status().is_success() { Ok(response) } else { Err(self.problem(response).await.1) }
    }

    pub(super) async fn document<T: DeserializeOwned>(&self, response: Response) -> Result<T> {
        let body = self.body(response).await?;
        // The parser repeats what it did not expect.
        let nonsense = |cause| self.nonsense("its answer is not the documented JSON").because(cause);
        serde_json::from_slice(&self.without_own_key(body)).map_err(nonsense)
    }

    /// A document that is verified byte for byte. It may hold the key, so that nothing repeats why it cannot be read.
    pub(super) async fn document_as_it_came<T: DeserializeOwned>(&self, response: Response) -> Result<T> {
        let body = self.body(response).await?;
        serde_json::from_slice(&body).map_err(|_| self.nonsense("its answer is not the documented JSON"))
    }

    async fn body(&self, response: Response) -> Result<Vec<u8>> {
        let response = self.successful(response).await?;
        let (body, cut) = http::read_bounded(response, LARGEST).await.map_err(|cause| self.unreachable(&cause))?;
        if cut {
            return Err(self.nonsense("its answer is too large"));
        }
        Ok(body)
    }

    /// Turns an answer that is no success into an error; the code where it is a proper problem document.
    async fn problem(&self, response: Response) -> (Option<Code>, Error) {
        let status = response.status();
        if status.is_redirection() {
            return (
                None,
                self.nonsense(&format!("it answers {status}; redirects are not followed, so that keys stay here")),
            );
        }
        let body = http::read_bounded(response, LARGEST).await.map(|(body, _)| body).unwrap_or_default();
        let body = self.without_own_key(body);
        match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) => (Some(problem.code), self.explain(problem, status)),
            Err(_) => (None, self.unexplained(status, &body)),
        }
    }

    /// An answer without a code that is known here: of a later marketplace, or of no marketplace at all.
    fn unexplained(&self, status: StatusCode, body: &[u8]) -> Error {
        let document: Value = serde_json::from_slice(body).unwrap_or_default();
        let is_problem = document["type"].as_str().is_some_and(|kind| kind.starts_with(PROBLEM_TYPE));
        match document["detail"].as_str().filter(|_| is_problem) {
            Some(detail) => Error::new(kind_of_status(status), self.without_key(detail))
                .hint(format!("the marketplace answered {status}: try again later, or with a newer proveniq")),
            None => {
                Error::new(kind_of_status(status), format!("the marketplace at {} answered {status}", self.address()))
                    .hint("is this the address of a marketplace? `proveniq doctor` tells which one is used")
            }
        }
    }

    /// A marketplace may repeat what it was sent: the key is taken out of an answer before anything reads it.
    fn without_own_key(&self, body: Vec<u8>) -> Vec<u8> {
        let held = self.bearer.read().unwrap_or_else(PoisonError::into_inner);
        let Some(key) = &*held else { return body };
        let mut places = memchr::memmem::find_iter(&body, key.expose()).peekable();
        if places.peek().is_none() {
            return body;
        }
        let mut kept = Vec::with_capacity(body.len());
        let mut from = 0;
        for at in places {
            kept.extend_from_slice(&body[from..at]);
            kept.extend_from_slice(format!("{}…", key.prefix()).as_bytes());
            from = at + key.expose().len();
        }
        kept.extend_from_slice(&body[from..]);
        kept
    }

    /// The same for words that were written in another way, such as with escapes.
    pub fn without_key(&self, text: &str) -> String {
        match &*self.bearer.read().unwrap_or_else(PoisonError::into_inner) {
            Some(bearer) => text.replace(bearer.expose(), &format!("{}…", bearer.prefix())),
            None => text.to_owned(),
        }
    }

    /// Says what a problem document means for a person.
    fn explain(&self, problem: Problem, status: StatusCode) -> Error {
        let (kind, hint) = meaning(problem.code);
        let mut message = self.without_key(&problem.detail);
        if status.is_server_error() {
            let request = problem.request_id.map(|id| format!(", request {id}")).unwrap_or_default();
            message = format!("the marketplace failed: {message} ({}{request})", status.as_u16());
        }
        let reasons = problem.reasons.iter().map(|reason| format!("{}: {}", reason.check, reason.message));
        reasons.fold(Error::new(kind, message), |error, reason| error.hint(self.without_key(&reason))).hint(hint)
    }

    pub(super) fn unreachable(&self, cause: &reqwest::Error) -> Error {
        let what = if cause.is_timeout() {
            format!("the marketplace at {} did not answer in time", self.address())
        } else {
            format!("the marketplace at {} cannot be reached: {}", self.address(), innermost(cause))
        };
        Error::unreachable(what)
            .hint("start the local one with `proveniq sandbox start --detach`, or name another with --marketplace")
    }

    pub(super) fn nonsense(&self, why: &str) -> Error {
        Error::unreachable(format!("what answers at {} is no marketplace: {why}", self.address()))
            .hint("check the address; `proveniq doctor` tells where it comes from")
    }
}

fn worth_retrying(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504)
}

/// The wait that the marketplace asks for in seconds (RFC 9110 section 10.2.3), where it is short.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get("retry-after")?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds)).filter(|wait| *wait <= PATIENCE)
}

fn kind_of_status(status: StatusCode) -> Kind {
    match status.as_u16() {
        401 | 403 => Kind::Auth,
        409 => Kind::Conflict,
        _ => Kind::Unreachable,
    }
}

/// What a code means here: the kind of end, and what to do next.
fn meaning(code: Code) -> (Kind, &'static str) {
    match code {
        Code::Unauthenticated => (Kind::Auth, "create a key with `proveniq keys create`, or set PROVENIQ_API_KEY"),
        Code::KeyRevoked | Code::KeyExpired => (Kind::Auth, "create another with `proveniq keys create`"),
        Code::TokenRevoked | Code::TokenExpired => (Kind::Auth, "sign in again with `proveniq login`"),
        Code::RateLimited => (Kind::Unreachable, "wait a moment and try again"),
        Code::MissingScope => {
            (Kind::Auth, "use a credential with that scope: see `proveniq whoami` and `proveniq keys list`")
        }
        Code::NotYourPublisher => {
            (Kind::Auth, "publish under a publisher of yours: set integration.name in proveniq.toml")
        }
        Code::NotFound => (Kind::Negative, "look for it with `proveniq search`"),
        Code::VersionExists => {
            (Kind::Conflict, "versions are never reused: raise integration.version in proveniq.toml")
        }
        Code::NameLooksAlike => (Kind::Conflict, "take a publisher's name that nobody takes for another's"),
        Code::WrongStatus => (Kind::Conflict, "see where the version stands with `proveniq status NAME@VERSION`"),
        Code::NameTaken => (Kind::Conflict, "take another name, or revoke that key first"),
        Code::QuotaExceeded => (
            Kind::Conflict,
            "end what nothing needs any more: keys with `proveniq keys list` and `proveniq keys revoke`",
        ),
        Code::LastOwner => (Kind::Conflict, "make somebody else an owner first"),
        Code::AlreadyInstalled => (Kind::Conflict, "end that installation first with `proveniq uninstall NAME`"),
        Code::ConsentMismatch => (Kind::Conflict, "the version has changed meanwhile: install again to see its scopes"),
        Code::RotationUnderWay => (
            Kind::Conflict,
            "wait until the other rotation is done, and take over what it made; one that was given up makes room with --replace",
        ),
        Code::OffsetMismatch => (Kind::Conflict, "run the command again: it goes on where the upload stands"),
        Code::Rejected => (Kind::Negative, "mend what is listed and publish again"),
        Code::TooLarge => (Kind::Usage, "leave files out with [package] exclude"),
        Code::BadRequest | Code::MethodNotAllowed => {
            (Kind::Usage, "the program and the marketplace may be of different versions")
        }
        Code::DigestMismatch => (Kind::Unreachable, "the bytes changed on the way: run the command again"),
        Code::InvalidPayload => (Kind::Usage, "mend what is named; a schema says what is taken"),
        Code::IdempotencyKeyReused => (Kind::Conflict, "use a fresh key for each new entry"),
        Code::CursorAhead => {
            (Kind::Conflict, "the marketplace's log was emptied since: begin again without --resume and --since")
        }
        Code::Timeout | Code::StorageFull | Code::Internal => {
            (Kind::Unreachable, "try again later; nothing was published")
        }
    }
}
