//! Build, start, deliver, watch; again on each change.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::mpsc;
use url::Url;

use super::records::Record;
use crate::adapters::forwarder::Forwarder;
use crate::adapters::integration::{self, Launch, LedgerAccess, RunningIntegration, Surroundings};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::project::Project;
use crate::adapters::stub::{Epoch, Stub};
use crate::adapters::watcher::Watcher;
use crate::cli::DevArgs;
use crate::commands::listen;
use crate::commands::test_webhook::Tested;
use crate::context::Context;
use crate::error::{Error, Explain as _, Result};
use crate::event::sample;
use crate::stages::exercise::{self, Exercise};
use crate::stages::integration_client;
use crate::stages::listen::{self as deliveries, Feed, Handler, Listen, Update};
use crate::stages::session::{self, Purpose};
use crate::stages::stubs::stub_answers;
use crate::ui::{Keys, Reader, Render};
use crate::webhook::SigningSecret;
use crate::wire::EmitEvent;

/// Time for each answer, as the marketplace gives it.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Oldest delivery that is passed on; see [`Listen::stale_after`].
const STALE: Duration = Duration::from_mins(1);
/// Time without a connection to the marketplace after which it cannot go on.
const GIVE_UP: Duration = Duration::from_mins(1);
const HELP: &str = "keys: e emit a sample event, s run the suites, r start anew, q end";

/// What ended a time of the integration.
enum Turn {
    Again,
    /// It does not run any more, or not at all; what there is to say was said.
    Down,
    End,
}

/// The inner loop of a session.
pub(super) struct InnerLoop<'a> {
    context: &'a Context,
    project: Project,
    launch: Launch<'a>,
    build: bool,
    client: MarketplaceClient,
    surroundings: Surroundings,
    secrets: Vec<SigningSecret>,
    endpoint: Url,
    stubs: Vec<(String, Stub)>,
    watcher: Watcher,
    keys: Option<Keys>,
    handler: Handler,
    updates: mpsc::Receiver<Arc<Update>>,
    cursor: Option<u64>,
    emitted: u64,
}

impl<'a> InnerLoop<'a> {
    /// Prepares what stays the same over all starts: port, stubs, watcher.
    pub(super) async fn new(context: &'a Context, project: Project, args: &DevArgs, port: u16) -> Result<Self> {
        let session = session::open(context, Purpose::Keys)?;
        let stubs = stubs(context, &project).await?;
        let surroundings = Surroundings {
            secrets: SecretString::default(),
            ledger: Some(LedgerAccess {
                url: session.client.address().trim_end_matches('/').to_owned(),
                client: integration_client::with_fresh_secret(&session.client, &project.manifest).await?,
            }),
            upstreams: stubs.iter().map(|(variable, stub)| (variable.clone(), stub.url())).collect(),
            port: Some(port),
        };
        let path = project.manifest.webhook.as_ref().map_or("/", |webhook| webhook.path.as_str());
        let endpoint = Url::parse(&format!("http://127.0.0.1:{port}{path}"));
        let endpoint = endpoint.or_usage(|| format!("webhook.path {path:?} makes no URL"))?;
        let feed = Feed::default();
        let updates = feed.subscribe();
        let forwarder = Forwarder::new(endpoint.clone(), TIMEOUT)?;
        let handler = Handler::new(Some(forwarder), None, feed).of_marketplace(session.client.origin());
        Ok(InnerLoop {
            launch: Launch { program: &context.program, ready_timeout: Duration::from_secs(args.ready_timeout) },
            build: !args.no_build && project.has_build(),
            watcher: Watcher::new(&project.root)?,
            keys: Keys::read(),
            client: session.client,
            context,
            project,
            surroundings,
            secrets: Vec::new(),
            endpoint,
            stubs,
            handler,
            updates,
            cursor: None,
            emitted: 0,
        })
    }

    /// Goes on until a person ends it or the marketplace is lost.
    pub(super) async fn run(mut self) -> Result<()> {
        if self.keys.is_some() {
            self.context.output.hint(HELP);
        }
        loop {
            let turn = match self.start().await {
                Ok(mut running) => self.deliver(&mut running).await?,
                Err(error) => self.down(error.to_string(), error.log().unwrap_or_default())?,
            };
            match turn {
                Turn::End => return Ok(()),
                Turn::Again => {}
                Turn::Down => {
                    if self.wait_for_change().await? {
                        return Ok(());
                    }
                }
            }
            self.tell(&Record::Changed {})?;
            self.reload();
        }
    }

    /// Builds and starts the integration.
    async fn start(&mut self) -> Result<RunningIntegration> {
        // Asked for at each start: while the secret rotates the integration is given both.
        let secrets = self.client.signing_secrets().await?;
        (self.secrets, self.surroundings.secrets) = (secrets.to_vec(), secrets.list());
        if self.build {
            self.context.output.status("Building", &self.project.manifest.integration.title);
            integration::build(&self.project, &self.launch).await?;
        }
        let running = integration::start(&self.project, &self.launch, &self.surroundings).await?;
        let stubs = self.stubs.iter().map(|(variable, stub)| (variable.clone(), stub.url())).collect();
        let marketplace = self.client.address().to_owned();
        self.tell(&Record::Started { endpoint: self.endpoint.to_string(), marketplace, stubs })?;
        Ok(running)
    }

    /// Delivers what the marketplace sends until the integration has to be started anew. Deliveries that come while it is
    /// down wait in the marketplace's log, and come afterwards.
    async fn deliver(&mut self, running: &mut RunningIntegration) -> Result<Turn> {
        loop {
            let listen = Listen {
                client: self.client.clone(),
                after: self.cursor,
                types: BTreeSet::new(),
                stale_after: STALE,
                give_up_after: GIVE_UP,
                limit: None,
            };
            let handler = self.handler.clone();
            let receiving = deliveries::receive(&listen, &handler, &self.context.clock);
            tokio::pin!(receiving);
            let key = loop {
                tokio::select! {
                    // What happened is told before anything else is looked at.
                    biased;
                    Some(update) = self.updates.recv() => {
                        if self.show(&update)? == Reader::Gone {
                            return Ok(Turn::End);
                        }
                    }
                    lost = &mut receiving => {
                        return lost.and(Err(Error::bug("receiving ended by itself")));
                    }
                    status = exit_of(running) => {
                        return self.down(format!("the integration ended: {status}"), &running.output());
                    }
                    changed = self.watcher.changed() => return changed.map(|()| Turn::Again),
                    key = next_key(&mut self.keys) => break key,
                }
            };
            match key {
                'q' => return Ok(Turn::End),
                'r' => return Ok(Turn::Again),
                'e' => self.emit().await?,
                's' => self.run_suites().await,
                _ => self.context.output.hint(HELP),
            }
        }
    }

    /// Waits for a change of a file; tells whether the person ends it instead.
    async fn wait_for_change(&mut self) -> Result<bool> {
        loop {
            tokio::select! {
                changed = self.watcher.changed() => return changed.map(|()| false),
                key = next_key(&mut self.keys) => match key {
                    'q' => return Ok(true),
                    'r' => return Ok(false),
                    _ => self.context.output.hint(HELP),
                },
            }
        }
    }

    fn show(&mut self, update: &Update) -> Result<Reader> {
        match update {
            Update::Connected { cursor, again, .. } => {
                let first = self.cursor.is_none();
                self.cursor = cursor.or(self.cursor);
                if !first && !again {
                    return Ok(Reader::Present);
                }
            }
            Update::Exchange(exchange) => self.cursor = exchange.cursor().or(self.cursor),
            Update::Lost { .. } | Update::Refused(_) => {}
        }
        self.context.output.record(&listen::Record::of(update, None))
    }

    /// Adds a sample of the next type that the integration subscribes to.
    async fn emit(&mut self) -> Result<()> {
        let kinds = exercise::subscribed_events(&self.project);
        let Some(kind) = kinds.get(usize::try_from(self.emitted).unwrap_or(0) % kinds.len().max(1)) else {
            return Ok(());
        };
        self.emitted += 1;
        let payload: serde_json::Value = serde_json::from_slice(&sample(*kind, exercise::fresh_seed()?).body)
            .or_bug(|| "a sample is no JSON".into())?;
        let request = EmitEvent { kind: *kind, data: payload.get("data").cloned(), body: None };
        let emitted = self.client.emit(&request).await?;
        self.context.output.status("Emitted", format!("{kind} {}", emitted.id));
        Ok(())
    }

    /// Runs the suites on an integration of their own. What goes wrong is told and ends nothing.
    async fn run_suites(&self) {
        self.context.output.status("Testing", &self.project.manifest.integration.title);
        let events = exercise::subscribed_events(&self.project);
        let tested = async {
            let exercise = Exercise::of_suites(events, &exercise::USUAL, TIMEOUT)?;
            let clock = &*self.context.clock;
            exercise::integration(&self.project, &self.launch, &exercise, clock, &mut |_| {}).await
        };
        let told = match tested.await {
            Ok(exercised) => self.context.output.record(&Tested::new(exercised)).map(drop),
            Err(error) => Err(error),
        };
        if let Err(error) = told {
            self.context.output.error(&error);
        }
    }

    /// Reads the manifest anew; one that does not hold is told when the integration is started.
    fn reload(&mut self) {
        if let Ok(project) = Project::find(&self.project.root) {
            self.project = project;
        }
    }

    /// Tells that the integration does not run.
    fn down(&self, why: String, output: &str) -> Result<Turn> {
        let output = self.secrets.iter().fold(output.to_owned(), |output, secret| secret.mask(&output));
        self.tell(&Record::Down { why, output })?;
        Ok(Turn::Down)
    }

    fn tell(&self, record: &impl Render) -> Result<()> {
        self.context.output.record(record).map(drop)
    }
}

/// Stubs for the upstreams whose variables are not set, so that the integration runs without them.
async fn stubs(context: &Context, project: &Project) -> Result<Vec<(String, Stub)>> {
    let epoch = Epoch::new(context.clock.now());
    let mut stubs = BTreeMap::new();
    for upstream in &project.manifest.upstream {
        if !context.environment.has(&upstream.env) {
            let stub = Stub::start(&upstream.name, stub_answers(project, upstream)?, epoch).await?;
            stubs.insert(upstream.env.clone(), stub);
        }
    }
    Ok(stubs.into_iter().collect())
}

async fn next_key(keys: &mut Option<Keys>) -> char {
    match keys {
        Some(keys) => keys.next().await,
        None => std::future::pending().await,
    }
}

/// Waits until the integration ends by itself.
async fn exit_of(running: &mut RunningIntegration) -> ExitStatus {
    loop {
        if let Some(status) = running.ended(Duration::from_hours(1)).await {
            return status;
        }
    }
}
