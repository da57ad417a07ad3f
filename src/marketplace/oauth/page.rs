//! Pages for people: small, without scripts, in nobody's frame.

use std::fmt::Write as _;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::marketplace::api::Worded;
use crate::marketplace::storage::StorageError;

const STYLE: &str = "\
:root{color-scheme:light dark}*{box-sizing:border-box}\
body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem}\
main{width:100%;max-width:26rem;border:1px solid #8886;border-radius:.75rem;padding:1.5rem 2rem}\
h1{font-size:1.25rem;margin:.25rem 0 1rem}ul{padding-left:1.2rem}code{overflow-wrap:anywhere}\
form{margin-top:1.25rem;display:grid;gap:.75rem}\
button,input{font:inherit;padding:.6rem .8rem;border-radius:.5rem;border:1px solid #8888;width:100%}\
button{cursor:pointer}button.main{background:#1a5fb4;border-color:#1a5fb4;color:#fff}\
small{opacity:.75}";

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    title: String,
    body: String,
    status: StatusCode,
    /// Where its forms may lead besides here.
    form_target: Option<String>,
}

impl Page {
    pub(super) fn new(title: impl Into<String>) -> Self {
        Page { title: title.into(), body: String::new(), status: StatusCode::OK, form_target: None }
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Lets a form's answer redirect to an origin: browsers hold redirects to the policy of the page.
    pub(super) fn may_lead_to(mut self, uri: &str) -> Self {
        let origin = url::Url::parse(uri).map(|url| url.origin().ascii_serialization());
        self.form_target = origin.ok().filter(|origin| origin != "null");
        self
    }

    pub(super) fn paragraph(mut self, text: &str) -> Self {
        let _ = write!(self.body, "<p>{}</p>", escaped(text));
        self
    }

    pub(super) fn note(mut self, text: &str) -> Self {
        let _ = write!(self.body, "<p><small>{}</small></p>", escaped(text));
        self
    }

    pub(super) fn list<'a>(mut self, entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.body.push_str("<ul>");
        for (code, text) in entries {
            let _ = write!(self.body, "<li>{} <br><small><code>{}</code></small></li>", escaped(text), escaped(code));
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

    pub(super) fn button(mut self, name: &str, value: &str, label: &str, main: bool) -> Self {
        let class = if main { " class=\"main\"" } else { "" };
        let (name, value, label) = (escaped(name), escaped(value), escaped(label));
        let _ = write!(self.html, "<button{class} name=\"{name}\" value=\"{value}\">{label}</button>");
        self
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let title = escaped(&self.title);
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · Proveniq</title>\
             <style>{STYLE}</style></head><body><main><small>Proveniq marketplace</small><h1>{title}</h1>{}</main>\
             </body></html>",
            self.body
        );
        let target = self.form_target.map(|origin| format!(" {origin}")).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'{target}; frame-ancestors 'none'; \
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
        response
    }
}

/// A request of a browser that is not followed, told to the person and to nobody else.
#[derive(Debug)]
pub(super) struct Refusal {
    title: String,
    detail: String,
    status: StatusCode,
}

impl Refusal {
    pub(super) fn new(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Refusal { title: title.into(), detail: detail.into(), status: StatusCode::BAD_REQUEST }
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// A form that is old, or that another site has sent.
    pub(super) fn foreign_form() -> Self {
        let detail = "The page was open too long, or another site has sent the form. Begin again where you came from.";
        Refusal::new("This form does not count", detail).status(StatusCode::FORBIDDEN)
    }
}

impl From<StorageError> for Refusal {
    fn from(cause: StorageError) -> Self {
        let refusal = Refusal::new("Something broke in the marketplace", cause.to_string());
        refusal.status(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<super::error::OAuthError> for Refusal {
    fn from(error: super::error::OAuthError) -> Self {
        Refusal::new("This request cannot be followed", format!("{}: {}", error.code, error.description))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        Page::new(self.title).status(self.status).paragraph(&self.detail).into_response()
    }
}
