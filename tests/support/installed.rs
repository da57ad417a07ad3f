//! An integration that is published, has an application, and is installed.

use serde_json::json;

use super::{Announced, Application, Files, Http, text};

/// The application of an integration, and one installation of it.
pub struct Installed {
    pub app: Application,
    pub installation: String,
}

impl Installed {
    /// Publishes, registers and installs with one credential: publisher and carrier are the same account.
    #[track_caller]
    pub fn new(url: &str, http: &Http, name: &str) -> Self {
        let scopes = ["ledger:events:read", "ledger:events:write"];
        publish_with_scopes(http, name, &scopes);
        let app = Application::register(url, http, &json!({"integration": name}));
        let installation = install(http, name, &scopes);
        Installed { app, installation }
    }

    /// Where the integration reaches the carrier's ledger.
    pub fn ledger(&self) -> String {
        format!("/v1/installations/{}/ledger/events", self.installation)
    }

    /// A fresh token for the installation.
    #[track_caller]
    pub fn token(&self) -> String {
        text(&self.app.exchange(&self.app.own_token(), &self.installation, &[]).expect(200), "access_token")
    }
}

/// Publishes the plain project under a name, as one that asks for scopes.
#[track_caller]
pub fn publish_with_scopes(http: &Http, name: &str, scopes: &[&str]) {
    publish_version(http, (name, "1.0.0"), scopes);
}

/// The same as a version.
#[track_caller]
pub fn publish_version(http: &Http, (name, version): (&str, &str), scopes: &[&str]) {
    let manifest = include_str!("../fixtures/plain/proveniq.toml").replace("acme/plain", name);
    let manifest = manifest.replace("\"1.0.0\"", &format!("{version:?}"));
    let manifest = format!("{manifest}\n[oauth]\nscopes = {scopes:?}\n");
    let api = format!("{}\nScopes: {}\n", include_str!("../fixtures/plain/docs/api.md"), scopes.join(", "));
    let files = Files::plain(name, version).replacing("proveniq.toml", manifest).replacing("docs/api.md", api);
    let root = format!("{}-{version}", name.split_once('/').expect("publisher").1);
    Announced::truly(name, version, files.pack(&root)).publish(http).expect(201);
}

/// Installs an integration with the consent to scopes; returns the identifier of the installation.
#[track_caller]
pub fn install(http: &Http, name: &str, scopes: &[&str]) -> String {
    text(&http.post("/v1/installations", &json!({"integration": name, "scopes": scopes})).expect(201), "id")
}
