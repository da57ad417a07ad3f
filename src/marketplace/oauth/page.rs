//! Pages for people: small, without scripts, in nobody's frame.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::marketplace::api::{Refused, Worded};
use crate::marketplace::storage::StorageError;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#59636e;--line:#d1d9e0;--back:#f6f8fa;--card:#fff;--main:#1a5fb4}\
@media(prefers-color-scheme:dark){:root{--ink:#f0f6fc;--soft:#9198a1;--line:#3d444d;--back:#0d1117;--card:#151b23}}\
*{box-sizing:border-box}\
body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;\
color:var(--ink);background:var(--back)}\
main{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.5rem}\
main>small{color:var(--soft);letter-spacing:.02em}\
h1{font-size:1.3rem;line-height:1.3;margin:.25rem 0 1rem;overflow-wrap:anywhere}p{overflow-wrap:anywhere}\
ul{list-style:none;margin:1rem 0;padding:0;border:1px solid var(--line);border-radius:.5rem}\
li{padding:.6rem .8rem}li+li{border-top:1px solid var(--line)}\
small,code{font-size:.85rem;color:var(--soft);overflow-wrap:anywhere}\
form{margin-top:1rem;display:grid;gap:.75rem}label{display:grid;gap:.35rem;font-size:.9rem}\
button,input{font:inherit;min-height:2.75rem;padding:.5rem .8rem;border-radius:.5rem;border:1px solid var(--line);\
width:100%;color:inherit;background:transparent}\
input{letter-spacing:.06em}button{cursor:pointer}button.main{background:var(--main);border-color:var(--main);color:#fff}\
button.quiet{border-color:transparent;color:var(--soft);text-decoration:underline}\
:focus-visible{outline:3px solid #4493f8;outline-offset:2px}\
p.alert{border-left:4px solid #bf8700;padding-left:.75rem}";

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    title: String,
    body: String,
    status: StatusCode,
    /// Where its forms may lead besides here.
    form_targets: BTreeSet<&'static str>,
    refused: Option<Refused>,
}

impl Page {
    pub(super) fn new(title: impl Into<String>) -> Self {
        Page {
            title: title.into(),
            body: String::new(),
            status: StatusCode::OK,
            form_targets: BTreeSet::new(),
            refused: None,
        }
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Lets a form's answer redirect to an address, and from there on: browsers hold every redirect that follows to the
    /// policy of this page, and where another site leads on to is its own affair. So the policy names what is encrypted,
    /// and beyond that only what a program on loopback needs, which no policy could name as `[::1]`.
    pub(super) fn may_lead_to(mut self, uri: &str) -> Self {
        self.form_targets.insert("https:");
        if uri.starts_with("http:") {
            self.form_targets.insert("http:");
        }
        self
    }

    /// Says that the page refuses something, for the audit log.
    pub(super) fn refusing(mut self, reason: &'static str, account: Option<&str>) -> Self {
        let too_often = |wait| Refusal::too_often(wait).into_response();
        let account = account.map(str::to_owned);
        self.refused = Some(Refused { reason, account, credential: None, too_often });
        self
    }

    pub(super) fn paragraph(mut self, text: &str) -> Self {
        let _ = write!(self.body, "<p>{}</p>", escaped(text));
        self
    }

    /// What is wrong with what was sent, or what to look at before anything else: above the rest.
    pub(super) fn alert(mut self, text: &str) -> Self {
        self.body = format!("<p class=\"alert\" role=\"alert\">{}</p>{}", escaped(text), self.body);
        self
    }

    pub(super) fn note(mut self, text: &str) -> Self {
        let _ = write!(self.body, "<p><small>{}</small></p>", escaped(text));
        self
    }

    pub(super) fn list<'a>(mut self, entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.body.push_str("<ul>");
        for (code, text) in entries {
            let _ = write!(self.body, "<li>{}<br><code>{}</code></li>", escaped(text), escaped(code));
        }
        self.body.push_str("</ul>");
        self
    }

    pub(super) fn form(mut self, form: &Form) -> Self {
        self.body.push_str(&form.html);
        self.body.push_str("</form>");
        self
    }
}

/// A form that is posted to a path of this marketplace.
#[derive(Debug)]
pub(super) struct Form {
    html: String,
}

impl Form {
    pub(super) fn to(path: &str) -> Self {
        Form { html: format!("<form method=\"post\" action=\"{}\">", escaped(path)) }
    }

    pub(super) fn hidden(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.html, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value));
        self
    }

    pub(super) fn input(mut self, name: &str, label: &str, value: &str) -> Self {
        let (name, label, value) = (escaped(name), escaped(label), escaped(value));
        let _ = write!(
            self.html,
            "<label>{label}<input name=\"{name}\" value=\"{value}\" autocomplete=\"off\" autocapitalize=\"characters\" \
             spellcheck=\"false\" required autofocus></label>"
        );
        self
    }

    pub(super) fn button(mut self, (name, value): (&str, &str), label: &str, weight: Weight) -> Self {
        let class = match weight {
            Weight::Main => " class=\"main\"",
            Weight::Usual => "",
            Weight::Quiet => " class=\"quiet\"",
        };
        let (name, value, label) = (escaped(name), escaped(value), escaped(label));
        let _ = write!(self.html, "<button{class} name=\"{name}\" value=\"{value}\">{label}</button>");
        self
    }
}

/// Name and value of a button that alone sends its form.
pub(super) const GO: (&str, &str) = ("go", "1");

/// How much a button stands out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Weight {
    Main,
    Usual,
    Quiet,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let title = escaped(&self.title);
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title} · Proveniq</title>\
             <style>{STYLE}</style></head><body><main><small>Proveniq marketplace</small><h1>{title}</h1>{}</main>\
             </body></html>",
            self.body
        );
        let targets = ["'self'"].into_iter().chain(self.form_targets).collect::<Vec<_>>().join(" ");
        let policy = format!(
            "default-src 'none'; style-src 'unsafe-inline'; form-action {targets}; frame-ancestors 'none'; \
             base-uri 'none'"
        );
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
            ),
        ];
        let mut response = (self.status, headers, html).into_response();
        response.extensions_mut().insert(Worded);
        self.refused.map(|refused| response.extensions_mut().insert(refused));
        response
    }
}

/// A request of a browser that is not followed, told to the person and to nobody else.
#[derive(Debug)]
pub(super) struct Refusal {
    /// Why, as a code, for the audit log.
    reason: &'static str,
    title: String,
    detail: String,
    status: StatusCode,
    account: Option<String>,
    noteworthy: bool,
    retry_after: Option<Duration>,
}

impl Refusal {
    pub(super) fn new(reason: &'static str, title: impl Into<String>, detail: impl Into<String>) -> Self {
        let (title, detail, status) = (title.into(), detail.into(), StatusCode::BAD_REQUEST);
        Refusal { reason, title, detail, status, account: None, noteworthy: true, retry_after: None }
    }

    /// Tells who was refused, for the audit log.
    pub(super) fn by(mut self, account: Option<&str>) -> Self {
        self.account = account.map(str::to_owned);
        self
    }

    /// Too many attempts.
    pub(super) fn too_often(wait: Duration) -> Self {
        let detail = format!("Wait {} seconds, then try again.", wait.as_secs() + 1);
        let refusal = Refusal::new("rate_limited", "Too many attempts", detail);
        Refusal { status: StatusCode::TOO_MANY_REQUESTS, noteworthy: false, retry_after: Some(wait), ..refusal }
    }

    /// Something that is nobody's fault who asks.
    pub(super) fn broken(detail: impl Into<String>) -> Self {
        let refusal = Refusal::new("server_error", "Something broke in the marketplace", detail);
        Refusal { status: StatusCode::INTERNAL_SERVER_ERROR, noteworthy: false, ..refusal }
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// A form that is old, or that another site has sent.
    pub(super) fn foreign_form() -> Self {
        let detail = "The page was open too long, or another site has sent the form. Begin again where you came from.";
        Refusal::new("foreign_form", "This form does not count", detail).status(StatusCode::FORBIDDEN)
    }
}

impl From<StorageError> for Refusal {
    fn from(cause: StorageError) -> Self {
        Refusal::broken(cause.to_string())
    }
}

impl From<super::error::OAuthError> for Refusal {
    fn from(error: super::error::OAuthError) -> Self {
        let detail = format!("{}: {}", error.code, error.description);
        match error.status {
            StatusCode::BAD_REQUEST => Refusal::new(error.code, "This request cannot be followed", detail),
            _ => Refusal::broken(detail),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let page = Page::new(self.title).status(self.status).paragraph(&self.detail);
        let page = if self.noteworthy { page.refusing(self.reason, self.account.as_deref()) } else { page };
        let mut response = page.into_response();
        if let Some(wait) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, (wait.as_secs() + 1).into());
        }
        response
    }
}
