//! Requests are sent with a credential that stays, or with one that is renewed on the way.

use std::fmt;

use futures_util::future::BoxFuture;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Request, RequestBuilder, Response, StatusCode};

use super::MarketplaceClient;
use crate::credential::Bearer;
use crate::error::{Error, Result};

/// Keeps a credential fresh.
pub trait Renewal: fmt::Debug + Send + Sync {
    /// The credential to send, renewed before where it is due.
    fn current(&self) -> BoxFuture<'_, Bearer>;
    /// Another credential than `refused`, which the marketplace did not take; `None` where there is none, and an error
    /// where it could not be had.
    fn renewed<'a>(&'a self, refused: &'a Bearer) -> BoxFuture<'a, Result<Option<Bearer>>>;
    /// The marketplace took the credential: says what there is to say of its renewal, since nothing else will.
    fn taken(&self) -> BoxFuture<'_, ()>;
}

/// Why a request has no answer.
#[derive(Debug)]
pub(super) enum Undelivered {
    /// It could not be sent, or its answer did not arrive.
    Transport(reqwest::Error),
    /// There is no credential to send it with.
    Renewal(Error),
}

impl From<reqwest::Error> for Undelivered {
    fn from(cause: reqwest::Error) -> Self {
        Undelivered::Transport(cause)
    }
}

impl MarketplaceClient {
    /// Sends a request. Where the credential can be renewed and was refused, the request was not followed: it is sent once
    /// more with another.
    pub(super) async fn deliver(&self, request: RequestBuilder) -> Result<Response, Undelivered> {
        let Some(renewal) = &self.renewal else { return Ok(request.send().await?) };
        let mut request = request.build()?;
        let sent = renewal.current().await;
        self.take_up(&mut request, &sent);
        let again = request.try_clone();
        let response = self.http.execute(request).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            renewal.taken().await;
            return Ok(response);
        }
        let Some(mut again) = again else { return Ok(response) };
        let Some(other) = renewal.renewed(&sent).await.map_err(Undelivered::Renewal)? else { return Ok(response) };
        self.take_up(&mut again, &other);
        Ok(self.http.execute(again).await?)
    }

    /// The failure of a request without an answer.
    pub(super) fn undelivered(&self, why: Undelivered) -> Error {
        match why {
            Undelivered::Transport(cause) => self.unreachable(&cause),
            Undelivered::Renewal(error) => error,
        }
    }

    fn take_up(&self, request: &mut Request, bearer: &Bearer) {
        if let Ok(mut header) = HeaderValue::from_str(&format!("Bearer {}", bearer.expose())) {
            header.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        *self.bearer.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(bearer.clone());
    }
}
