//! An application that asks for tokens, in plain HTTP: what an OAuth library does, done by hand so that it can be done wrong.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::person::form;
use super::{Http, Person, Reply};

/// Where browsers are sent back to.
pub const REDIRECT: &str = "http://127.0.0.1:49152/callback";
/// A verifier; its challenge is computed.
pub const VERIFIER: &str = "0123456789abcdefghijklmnopqrstuvwxyz-._~ABCDEFG";
pub const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
pub const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
pub const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A registered client and its secret.
#[derive(Clone)]
pub struct Application {
    http: Http,
    /// The marketplace.
    pub url: String,
    pub id: String,
    pub secret: Option<String>,
}

impl Application {
    /// The command line itself, which is public.
    pub fn own(url: &str) -> Self {
        Application { http: Http::new(url, None), url: url.to_owned(), id: "proveniq-cli".into(), secret: None }
    }

    /// Registers a confidential client with the credential of `http`.
    pub fn register(url: &str, http: &Http, request: &Value) -> Self {
        let mut document = json!({
            "name": "Claim Sync", "redirect_uris": ["http://127.0.0.1/callback"],
            "scopes": ["ledger:events:read", "ledger:events:write", "installations:read"],
        });
        for (name, value) in request.as_object().expect("fields") {
            document[name] = value.clone();
        }
        let created = http.post("/v1/clients", &document).expect(201);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let id = text(&created["client"]["id"]).expect("id");
        Application { http: Http::new(url, None), url: url.to_owned(), id, secret: text(&created["secret"]) }
    }

    /// The same application without its secret.
    pub fn without_secret(&self) -> Self {
        Application { secret: None, ..self.clone() }
    }

    /// The same application with a secret that is none.
    pub fn with_wrong_secret(&self) -> Self {
        Application { secret: Some("x".into()), ..self.clone() }
    }

    /// The path at which a person is asked, with fields changed, added, or with an empty value left out.
    pub fn asks(&self, changed: &[(&str, &str)]) -> String {
        let challenge = challenge(VERIFIER);
        let fields = [
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", REDIRECT),
            ("state", "s&t=\u{e4}"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let kept = fields.into_iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        let added = changed.iter().copied().filter(|(_, value)| !value.is_empty());
        format!("/oauth/authorize?{}", form(&kept.chain(added).collect::<Vec<_>>()))
    }

    /// A code to which a person has agreed.
    #[track_caller]
    pub fn code(&self, person: &mut Person, changed: &[(&str, &str)]) -> String {
        parameter(&person.allows(&self.asks(changed)), "code").expect("code")
    }

    /// Posts a form to an endpoint, authenticated in the header where there is a secret, else by `client_id`.
    pub fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let content = ("content-type", "application/x-www-form-urlencoded");
        let Some(secret) = &self.secret else {
            let fields = [fields, &[("client_id", self.id.as_str())]].concat();
            return self.http.send("POST", path, &[content], form(&fields).as_bytes());
        };
        let basic = format!("Basic {}", STANDARD.encode(format!("{}:{secret}", self.id)));
        self.http.send("POST", path, &[content, ("authorization", &basic)], form(fields).as_bytes())
    }

    /// Asks the token endpoint.
    pub fn token(&self, grant: &str, fields: &[(&str, &str)]) -> Reply {
        self.posts("/oauth/token", &[fields, &[("grant_type", grant)]].concat())
    }

    pub fn redeem(&self, code: &str) -> Reply {
        self.token("authorization_code", &[("code", code), ("redirect_uri", REDIRECT), ("code_verifier", VERIFIER)])
    }

    pub fn refresh(&self, token: &str) -> Reply {
        self.token("refresh_token", &[("refresh_token", token)])
    }

    /// Exchanges a token of its own for one of an installation.
    pub fn exchange(&self, subject: &str, installation: &str, more: &[(&str, &str)]) -> Reply {
        let fields = [("subject_token", subject), ("subject_token_type", ACCESS_TOKEN), ("audience", installation)];
        self.token(EXCHANGE, &[&fields, more].concat())
    }

    /// A token for itself.
    #[track_caller]
    pub fn own_token(&self) -> String {
        text(&self.token("client_credentials", &[]).expect(200), "access_token")
    }

    /// What the marketplace says of a token to this application.
    #[track_caller]
    pub fn introspect(&self, token: &str) -> Value {
        self.posts("/oauth/introspect", &[("token", token)]).expect(200)
    }
}

/// A field of a document.
#[track_caller]
pub fn text(document: &Value, name: &str) -> String {
    document[name].as_str().unwrap_or_else(|| panic!("no {name} in {document}")).to_owned()
}

/// A parameter of an address.
pub fn parameter(address: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(address).expect("URL");
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// PKCE's challenge of a verifier.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

impl Reply {
    /// Expects an error document of OAuth (RFC 6749 section 5.2).
    #[track_caller]
    pub fn oauth_error(&self, status: u16, error: &str) -> Value {
        let document = self.expect(status);
        assert_eq!(document["error"], error, "{document}");
        assert!(document["error_description"].as_str().is_some_and(|text| !text.is_empty()), "{document}");
        assert_eq!(self.header("cache-control").as_deref(), Some("no-store"), "{}", self.head);
        document
    }
}
