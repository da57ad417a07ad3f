//! Parameters of a query or a form (RFC 6749 section 3.1): none twice, none without bound.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;

use super::error::{Answer, OAuthError};

/// Most parameters of one request.
const MOST: usize = 40;
/// Longest value, in bytes.
const LONGEST: usize = 4096;

/// Parameters by name. One without a value counts as absent.
#[derive(Debug, Default, Clone)]
pub(super) struct Parameters(BTreeMap<String, String>);

/// The parameters of a form.
#[derive(Debug)]
pub(super) struct Form(pub(super) Parameters);

/// The parameters of a query.
#[derive(Debug)]
pub(super) struct Query(pub(super) Parameters);

impl Parameters {
    pub(super) fn parse(encoded: &[u8]) -> Answer<Self> {
        let mut parameters = BTreeMap::new();
        for (count, (name, value)) in url::form_urlencoded::parse(encoded).enumerate() {
            if count >= MOST || value.len() > LONGEST || name.len() > LONGEST {
                return Err(OAuthError::request("there are too many parameters, or one is too long"));
            }
            if value.chars().any(char::is_control) {
                return Err(OAuthError::request("a parameter holds a control character"));
            }
            if !value.is_empty() && parameters.insert(name.to_string(), value.to_string()).is_some() {
                // The value could be a secret; the name is the client's own word.
                return Err(OAuthError::request("a parameter is there twice"));
            }
        }
        Ok(Parameters(parameters))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn required(&self, name: &'static str) -> Answer<&str> {
        self.get(name).ok_or_else(|| OAuthError::request(format!("{name} is missing")))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = OAuthError;

    async fn from_request(request: Request, state: &S) -> Result<Self, OAuthError> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(OAuthError::request("the body must be application/x-www-form-urlencoded"));
        }
        let too_large = |_| OAuthError::request("the body is too large or was cut off");
        let body = Bytes::from_request(request, state).await.map_err(too_large)?;
        Parameters::parse(&body).map(Form)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = OAuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, OAuthError> {
        Parameters::parse(parts.uri.query().unwrap_or_default().as_bytes()).map(Query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_comes_once_and_an_empty_one_is_absent() {
        let parsed = Parameters::parse(b"a=1&b=&c=x%20y").expect("parameters");
        assert_eq!((parsed.get("a"), parsed.get("b"), parsed.get("c")), (Some("1"), None, Some("x y")));
        assert!(Parameters::parse(b"a=1&a=1").is_err());
        assert!(Parameters::parse(b"a=1%00").is_err());
        assert!(Parameters::parse(format!("a={}", "x".repeat(LONGEST + 1)).as_bytes()).is_err());
    }
}
