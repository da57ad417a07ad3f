//! A browser as far as an authorization needs one: keeps cookies, fills in forms, and follows redirects when it is told to.

mod form;

use std::time::Duration;

use reqwest::header::{COOKIE, HeaderName, HeaderValue, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, Method};
use url::Url;

use super::http;
use super::recorder::Record;
use crate::certification::{Heard, Party};
use crate::error::Result;
use crate::webhook::exchange::{CapturedRequest, Header, Reply};

pub use form::Form;

/// Time that one answer may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Largest page, in bytes.
const LARGEST: usize = 1 << 20;
/// Most cookies that are kept.
const MOST_COOKIES: usize = 100;

/// A browser with nothing in it.
#[derive(Debug)]
pub struct UserAgent {
    client: Client,
    cookies: Vec<Cookie>,
    /// Origin of the integration, whose pages are recorded.
    integration: url::Origin,
    record: Record,
}

/// A cookie (RFC 6265). Ports do not tell hosts apart.
#[derive(Debug)]
struct Cookie {
    host: String,
    path: String,
    name: String,
    value: String,
}

/// What the browser was given.
#[derive(Debug)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// Status of the answer.
    pub status: u16,
    /// Where it sends the browser on to.
    pub location: Option<Url>,
    /// Its text.
    pub html: String,
}

impl UserAgent {
    /// A fresh browser; what it asks the integration at `integration` is recorded.
    pub fn new(integration: &Url, record: Record) -> Result<Self> {
        let client = http::build(http::builder(integration, TIMEOUT).pool_max_idle_per_host(0))?;
        Ok(UserAgent { client, cookies: Vec::new(), integration: integration.origin(), record })
    }

    /// Opens an address; `None` where no answer comes. No redirect is followed.
    pub async fn open(&mut self, url: &Url) -> Option<Page> {
        self.ask(Method::GET, url, None, Vec::new()).await
    }

    /// Opens an address once more without keeping anything of the answer.
    pub async fn look_again(&self, url: &Url) {
        let cookies = Header::text(COOKIE.as_str(), &self.cookies_for(url));
        let request =
            CapturedRequest { method: "GET".into(), path: url.path().into(), headers: vec![cookies], body: Vec::new() };
        let reply = self.send(Method::GET, url, &request).await;
        self.record.add(Heard { party: Party::Integration, request, reply });
    }

    /// Sends a form of `page`, with fields filled in.
    pub async fn submit(&mut self, page: &Page, form: &Form, filled: &[(&str, &str)]) -> Option<Page> {
        let mut url = page.url.join(&form.action).ok()?;
        let hidden = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields = || hidden.clone().chain(filled.iter().copied());
        if !form.posts {
            url.query_pairs_mut().clear().extend_pairs(fields());
            return self.open(&url).await;
        }
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields()).finish();
        self.ask(Method::POST, &url, Some(&page.url), body.into_bytes()).await
    }

    async fn ask(&mut self, method: Method, url: &Url, from: Option<&Url>, body: Vec<u8>) -> Option<Page> {
        let mut headers = vec![Header::text("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
        if let Some(from) = from {
            headers.push(Header::text("content-type", "application/x-www-form-urlencoded"));
            headers.push(Header::text(ORIGIN.as_str(), &from.origin().ascii_serialization()));
        }
        let cookies = self.cookies_for(url);
        if !cookies.is_empty() {
            headers.push(Header::text(COOKIE.as_str(), &cookies));
        }
        let path = url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let request = CapturedRequest { method: method.to_string(), path, headers, body };
        let reply = self.send(method, url, &request).await;
        if url.origin() == self.integration {
            self.record.add(Heard { party: Party::Integration, request, reply: reply.clone() });
        }
        let reply = reply?;
        self.keep_cookies(url, &reply);
        let location = reply.headers.iter().find(|header| header.name == LOCATION.as_str());
        let location = location.and_then(|header| url.join(std::str::from_utf8(&header.value).ok()?).ok());
        let moved = (300..400).contains(&reply.status);
        let html = String::from_utf8_lossy(&reply.body).into_owned();
        Some(Page { url: url.clone(), status: reply.status, location: location.filter(|_| moved), html })
    }

    async fn send(&self, method: Method, url: &Url, request: &CapturedRequest) -> Option<Reply> {
        let mut prepared = self.client.request(method, url.clone()).body(request.body.clone());
        for header in &request.headers {
            prepared = prepared.header(header.name.as_str(), header.value.as_slice());
        }
        let response = prepared.send().await.ok()?;
        let status = response.status().as_u16();
        let header = |(name, value): (&HeaderName, &HeaderValue)| Header {
            name: name.to_string(),
            value: value.as_bytes().to_vec(),
        };
        let headers = response.headers().iter().map(header).collect();
        let (body, truncated) = http::read_bounded(response, LARGEST).await.ok()?;
        Some(Reply { status, headers, body, truncated })
    }

    fn cookies_for(&self, url: &Url) -> String {
        let host = url.host_str().unwrap_or_default();
        let fits = |cookie: &&Cookie| cookie.host == host && is_below(url.path(), &cookie.path);
        let pairs = self.cookies.iter().filter(fits).map(|cookie| format!("{}={}", cookie.name, cookie.value));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn keep_cookies(&mut self, url: &Url, reply: &Reply) {
        for header in reply.headers.iter().filter(|header| header.name == SET_COOKIE.as_str()) {
            let text = String::from_utf8_lossy(&header.value).into_owned();
            let Some((cookie, ends)) = parse_cookie(url, &text) else { continue };
            self.cookies
                .retain(|known| (&known.host, &known.path, &known.name) != (&cookie.host, &cookie.path, &cookie.name));
            if !ends && self.cookies.len() < MOST_COOKIES {
                self.cookies.push(cookie);
            }
        }
    }
}

/// Reads a `Set-Cookie` header; tells too whether it ends the cookie.
fn parse_cookie(url: &Url, text: &str) -> Option<(Cookie, bool)> {
    let mut parts = text.split(';').map(str::trim);
    let (name, value) = parts.next()?.split_once('=')?;
    let folder = url.path().rsplit_once('/').map_or("/", |(folder, _)| folder);
    let (mut path, mut ends) = (if folder.is_empty() { "/" } else { folder }.to_owned(), false);
    for part in parts {
        let (attribute, value) = part.split_once('=').unwrap_or((part, ""));
        if attribute.eq_ignore_ascii_case("path") && value.starts_with('/') {
            value.clone_into(&mut path);
        } else if attribute.eq_ignore_ascii_case("max-age") {
            ends = value.parse::<i64>().is_ok_and(|seconds| seconds <= 0);
        }
    }
    let host = url.host_str()?.to_owned();
    Some((Cookie { host, path, name: name.trim().to_owned(), value: value.trim().to_owned() }, ends))
}

/// Whether a cookie's path covers a path (RFC 6265 section 5.1.4).
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'))
}

impl Page {
    /// Its first form.
    pub fn form(&self) -> Option<Form> {
        Form::first(&self.html)
    }

    /// The first link that leads to `target`, whatever its query.
    pub fn link_to(&self, target: &Url) -> Option<Url> {
        let links = self.html.split("<a ").skip(1).filter_map(|tag| form::attribute(tag.split('>').next()?, "href"));
        let mut urls = links.filter_map(|link| self.url.join(&link).ok());
        urls.find(|url| url.origin() == target.origin() && url.path() == target.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_go_to_their_host_below_their_path() {
        let url = Url::parse("http://127.0.0.1:1/app/start").expect("URL");
        let (cookie, ends) = parse_cookie(&url, "a=b; HttpOnly; Max-Age=60").expect("cookie");
        assert_eq!((cookie.path.as_str(), cookie.value.as_str(), ends), ("/app", "b", false));
        assert!(parse_cookie(&url, "a=; Path=/; Max-Age=0").is_some_and(|(cookie, ends)| ends && cookie.path == "/"));
        assert!(is_below("/app/callback", "/app") && is_below("/app", "/app") && is_below("/x", "/"));
        assert!(!is_below("/apple", "/app") && !is_below("/", "/app"));
    }
}
