//! Requests are sent with a credential that stays, or with one that is renewed on the way.

use std::fmt;

use futures_util::future::BoxFuture;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Request, RequestBuilder, Response, StatusCode};

use super::MarketplaceClient;
use crate::credential::Bearer;

/// Keeps a credential fresh.
pub trait Renewal: fmt::Debug + Send + Sync {
    /// The credential to send, renewed before where it is due.
    fn current(&self) -> BoxFuture<'_, Bearer>;
    /// Another credential than `refused`, which the marketplace did not take; `None` where there is none.
    fn renewed<'a>(&'a self, refused: &'a Bearer) -> BoxFuture<'a, Option<Bearer>>;
}

impl MarketplaceClient {
    /// Sends a request. Where the credential can be renewed and was refused, the request was not followed: it is sent once
    /// more with another.
    pub(super) async fn deliver(&self, request: RequestBuilder) -> reqwest::Result<Response> {
        let Some(renewal) = &self.renewal else { return request.send().await };
        let mut request = request.build()?;
        let sent = renewal.current().await;
        self.take_up(&mut request, &sent);
        let again = request.try_clone();
        let response = self.http.execute(request).await?;
        let Some(mut again) = again.filter(|_| response.status() == StatusCode::UNAUTHORIZED) else {
            return Ok(response);
        };
        let Some(other) = renewal.renewed(&sent).await else { return Ok(response) };
        self.take_up(&mut again, &other);
        self.http.execute(again).await
    }

    fn take_up(&self, request: &mut Request, bearer: &Bearer) {
        if let Ok(mut header) = HeaderValue::from_str(&format!("Bearer {}", bearer.expose())) {
            header.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        *self.bearer.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(bearer.clone());
    }
}
