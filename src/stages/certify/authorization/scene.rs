//! The scene: an embedded marketplace that ends with the audit, the integration as a client of it, and recorders in front
//! of all that it calls.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tempfile::TempDir;
use url::Url;

use crate::adapters::clock::Clock;
use crate::adapters::embedded::{Embedded, SandboxBehaviour};
use crate::adapters::integration::{self, LedgerAccess, RunningIntegration, Surroundings};
use crate::adapters::local_endpoint::LocalEndpoint;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::recorder::{Record, Recorder};
use crate::adapters::stub::{Epoch, Stub};
use crate::adapters::user_agent::UserAgent;
use crate::adapters::webhook_sender::WebhookSender;
use crate::certification::Party;
use crate::credential::{ScopeSet, sandbox_sign_in_code};
use crate::error::{Error, Explain, Result};
use crate::event::{EventType, sample};
use crate::manifest::Manifest;
use crate::stages::certify::Ground;
use crate::stages::certify::exercises::TIMEOUT;
use crate::stages::stubs::stub_answers;
use crate::webhook::{Delivery, Scheme, SignedEvent, Signer, SigningSecret};
use crate::wire::CreateClient;

/// Life of access tokens, so that they expire while the audit looks on.
pub(super) const LIFETIME: Duration = Duration::from_secs(2);

/// The scene.
pub(super) struct Scene {
    running: RunningIntegration,
    sender: WebhookSender,
    signer: Signer,
    clock: Arc<dyn Clock>,
    pub(super) record: Record,
    /// Address of the marketplace as the integration and browsers know it.
    pub(super) marketplace: Url,
    /// What the built-in identity types to sign in.
    pub(super) sign_in_code: SecretString,
    pub(super) client: (String, SecretString),
    recorders: Vec<Recorder>,
    _stubs: Vec<Stub>,
    embedded: Embedded,
    _folder: TempDir,
}

impl Scene {
    /// Starts everything.
    pub(super) async fn set(ground: &Ground<'_>) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("proveniq-audit-").tempdir_in(ground.temporary);
        let folder = folder.or_usage(|| "cannot make a temporary folder".into())?;
        let record = Record::default();
        let front = LocalEndpoint::bind(0, &[]).await?;
        let url = front.url();
        let behaviour = SandboxBehaviour {
            access_token_lifetime: u32::try_from(LIFETIME.as_secs()).ok(),
            url: Some(url.clone()),
            ..SandboxBehaviour::default()
        };
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let embedded = Embedded::start(folder.path(), anywhere, None, behaviour).await?;
        let client = register(&embedded, &ground.project.manifest).await?;
        let mut recorders = vec![Recorder::start(front, &embedded.url, Party::Marketplace, record.clone())?];
        let (mut stubs, mut upstreams) = (Vec::new(), BTreeMap::new());
        for upstream in &ground.project.manifest.upstream {
            let answers = stub_answers(ground.project, upstream)?;
            let stub = Stub::start(&upstream.name, answers, Epoch::new(ground.clock.now())).await?;
            let front = LocalEndpoint::bind(0, &[]).await?;
            upstreams.insert(upstream.env.clone(), front.url());
            recorders.push(Recorder::start(
                front,
                &stub.url(),
                Party::Upstream(upstream.name.clone()),
                record.clone(),
            )?);
            stubs.push(stub);
        }
        let secret = SigningSecret::generate().or_bug(|| "the system gives no randomness".into())?;
        let ledger = LedgerAccess { url: url.clone(), client: Some(client.clone()) };
        let secrets = secret.expose().to_owned().into();
        let surroundings = Surroundings { secrets, ledger: Some(ledger), upstreams, port: None };
        let running = integration::start(ground.project, &ground.launch, &surroundings).await?;
        Ok(Scene {
            sender: WebhookSender::new(running.endpoint.clone(), TIMEOUT)?,
            running,
            signer: Signer::symmetric(Scheme::Standard, [secret]),
            clock: Arc::clone(ground.clock),
            record,
            marketplace: Url::parse(&url).or_bug(|| "cannot make the marketplace's URL".into())?,
            sign_in_code: sandbox_sign_in_code(&embedded.token),
            client,
            recorders,
            _stubs: stubs,
            embedded,
            _folder: folder,
        })
    }

    /// A browser that knows nobody yet.
    pub(super) fn browser(&self) -> Result<UserAgent> {
        UserAgent::new(&self.running.endpoint, self.record.clone())
    }

    /// An address of the integration.
    pub(super) fn address(&self, path: &str) -> Result<Url> {
        self.running.endpoint.join(path).or_usage(|| format!("oauth.start_path {path:?} makes no URL"))
    }

    /// Sends a genuine delivery.
    pub(super) async fn deliver(&self, kind: EventType, seed: u64) -> Delivery {
        let event = SignedEvent::genuine(sample(kind, seed), &self.signer);
        self.sender.deliver(event.attempt(self.clock.now().as_second())).await
    }

    /// How the integration ended, where it has.
    pub(super) async fn ended(&mut self) -> Option<String> {
        self.running.ended(Duration::ZERO).await.map(|status| status.to_string())
    }

    /// Ends everything; gives the client that the integration was.
    pub(super) async fn end(self) -> Result<(String, String)> {
        let Scene { running, recorders, embedded, client: (id, secret), .. } = self;
        drop((running, recorders));
        embedded.stop().await?;
        Ok((id, secret.expose_secret().to_owned()))
    }
}

/// Registers the client that the integration is, as its manifest declares it.
async fn register(embedded: &Embedded, manifest: &Manifest) -> Result<(String, SecretString)> {
    let scopes = ScopeSet::parse(&manifest.oauth.scopes.join(" ")).map_err(Error::usage)?;
    let request = CreateClient {
        name: "the integration under audit".to_owned(),
        integration: None,
        redirect_uris: manifest.oauth.redirect_uris.clone(),
        scopes: scopes.to_vec(),
        public: false,
    };
    let marketplace = MarketplaceClient::new(&embedded.url, Some(embedded.token.clone()))?;
    let created = marketplace.create_client(&request).await?;
    let secret = created.secret.ok_or_else(|| Error::bug("a confidential client has no secret"))?;
    Ok((created.client.id, secret.into()))
}
