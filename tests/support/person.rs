//! A person in front of a browser that is none: it keeps cookies, fills in forms and follows redirects within one site.

use sha2::{Digest as _, Sha256};

use super::{Http, Reply, Sandbox, TestEnvironment};

/// A person at one marketplace.
pub struct Person {
    pub http: Http,
    origin: String,
    /// What the browser keeps, as `name=value`.
    pub cookie: Option<String>,
}

/// A form as it stands in a page.
pub struct PageForm {
    pub action: String,
    /// Hidden fields.
    pub fields: Vec<(String, String)>,
}

impl Person {
    /// Somebody who is not signed in.
    pub fn stranger(url: &str) -> Self {
        Person { http: Http::new(url, None), origin: url.to_owned(), cookie: None }
    }

    /// The built-in identity of a sandbox, signed in with its code.
    pub fn signed_in(environment: &TestEnvironment, sandbox: &Sandbox<'_>) -> Self {
        let mut person = Person::stranger(&sandbox.url);
        let page = person.open("/oauth/device");
        let code = sign_in_code(environment);
        let next = person.submit(&page, &[("code", &code)]);
        assert_eq!(next.status, 303, "{}", next.head);
        person
    }

    /// Opens a path.
    pub fn open(&mut self, path: &str) -> Reply {
        let cookie = self.cookie.clone().unwrap_or_default();
        let reply = self.http.send("GET", path, &[("cookie", &cookie)], b"");
        self.kept(reply)
    }

    /// Posts fields as a form, with the headers that a browser adds.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let origin = self.origin.clone();
        self.post_with(path, &[("origin", &origin)], fields)
    }

    /// Posts fields as a form, with headers of the test's choice.
    pub fn post_with(&mut self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Reply {
        let cookie = self.cookie.clone().unwrap_or_default();
        let own = [("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie.as_str())];
        let reply = self.http.send("POST", path, &[&own, headers].concat(), form(fields).as_bytes());
        self.kept(reply)
    }

    /// Fills in the first form of a page and sends it.
    #[track_caller]
    pub fn submit(&mut self, page: &Reply, filled: &[(&str, &str)]) -> Reply {
        let found = page_form(page);
        let hidden = found.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<_> = hidden.chain(filled.iter().copied()).collect();
        self.post(&found.action, &fields)
    }

    /// Agrees to what an application asks for; returns where the browser is sent.
    #[track_caller]
    pub fn allows(&mut self, path: &str) -> String {
        let page = self.open(path);
        let sent = self.submit(&page, &[("decision", "allow")]);
        assert_eq!(sent.status, 303, "{}{}", sent.head, String::from_utf8_lossy(&sent.body));
        sent.header("location").expect("location")
    }

    fn kept(&mut self, reply: Reply) -> Reply {
        if let Some(cookie) = reply.header("set-cookie") {
            let pair = cookie.split(';').next().expect("cookie").to_owned();
            self.cookie = (!cookie.contains("Max-Age=0")).then_some(pair);
        }
        reply
    }
}

/// The sign-in code of the environment's sandbox, derived as `docs/identity.md` tells.
pub fn sign_in_code(environment: &TestEnvironment) -> String {
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let digest = Sha256::digest(format!("proveniq sandbox sign-in\n{}", token.trim()));
    let digits = proveniq::package::hex(&digest[..6]);
    format!("{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..])
}

/// Fields as `application/x-www-form-urlencoded`.
pub fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The first form of a page.
#[track_caller]
pub fn page_form(page: &Reply) -> PageForm {
    let html = String::from_utf8_lossy(&page.body).into_owned();
    let form = html.split("<form").nth(1).unwrap_or_else(|| panic!("no form in {}{html}", page.head));
    let form = form.split("</form>").next().expect("form");
    let action = attribute(form.split('>').next().expect("tag"), "action").expect("action");
    let hidden = form.split("<input").skip(1).map(|tag| tag.split('>').next().expect("tag"));
    let hidden = hidden.filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"));
    let fields = hidden.map(|tag| (attribute(tag, "name").expect("name"), attribute(tag, "value").expect("value")));
    PageForm { action, fields: fields.collect() }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!("{name}=\""))?.1.split('"').next()?;
    let plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    Some(plain.replace("&amp;", "&"))
}
