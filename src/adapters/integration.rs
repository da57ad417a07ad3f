//! Builds and starts the integration of a project, and waits until it is ready.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::ExitStatus;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::Client;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::http;
use super::process::{Job, Supervised};
use super::project::Project;
use crate::error::{Error, Explain, Result};
use crate::manifest::Run;

/// Time that a build may take.
const BUILD_LIMIT: Duration = Duration::from_mins(10);
/// Time between two looks at whether it is ready.
const POLL: Duration = Duration::from_millis(20);

/// How to start an integration.
#[derive(Debug, Clone, Copy)]
pub struct Launch<'a> {
    /// Path of proveniq itself, which supervises.
    pub program: &'a Path,
    /// Time until it must be ready.
    pub ready_timeout: Duration,
}

/// What an integration finds around it.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Its signing secrets, separated by spaces; the value of `PROVENIQ_WEBHOOK_SECRET`.
    pub secrets: SecretString,
    /// Where the Proveniq Ledger API is, and who the integration is there.
    pub ledger: Option<LedgerAccess>,
    /// Addresses of upstreams, by the variables that hold them.
    pub upstreams: BTreeMap<String, String>,
    /// Port to listen on; a free one where none is given.
    pub port: Option<u16>,
}

/// Where the Proveniq Ledger API is, and who the integration is there.
#[derive(Debug, Clone)]
pub struct LedgerAccess {
    /// Base address, without a final slash.
    pub url: String,
    /// OAuth client and its secret, where there is one.
    pub client: Option<(String, SecretString)>,
}

/// An integration that runs. Dropping it ends it and all that it started.
#[derive(Debug)]
pub struct RunningIntegration {
    process: Supervised,
    /// Its webhook endpoint.
    pub endpoint: Url,
}

/// Runs `[run] build`, where there is one.
pub async fn build(project: &Project, launch: &Launch<'_>) -> Result<()> {
    let Some(words) = run_section(project)?.build.as_deref() else { return Ok(()) };
    let job = Job { words, folder: &project.root, environment: BTreeMap::new() };
    let mut process = Supervised::start(launch.program, &job)?;
    let command = words.join(" ");
    match process.wait(BUILD_LIMIT).await {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(Error::usage(format!("the build `{command}` failed: {status}"))
            .with_log(process.output())
            .hint("run it yourself in the project's folder; [run] build in proveniq.toml names it")),
        None => Err(Error::usage(format!("the build `{command}` took more than {} s", BUILD_LIMIT.as_secs()))
            .with_log(process.output())),
    }
}

/// Starts `[run] command` on a free port of loopback, and waits until it is ready.
pub async fn start(project: &Project, launch: &Launch<'_>, surroundings: &Surroundings) -> Result<RunningIntegration> {
    let run = run_section(project)?;
    let webhook = project.manifest.webhook.as_ref();
    let path = webhook.map_or("/", |webhook| webhook.path.as_str());
    let port = surroundings.port.map_or_else(free_port, Ok)?;
    let base = Url::parse(&format!("http://127.0.0.1:{port}")).or_bug(|| "cannot make the endpoint's URL".into())?;
    let endpoint = base.join(path).or_usage(|| format!("webhook.path {path:?} makes no URL"))?;
    let job = Job { words: &run.command, folder: &project.root, environment: surroundings.environment(port) };
    let process = Supervised::start(launch.program, &job)?;
    let mut running = RunningIntegration { process, endpoint };
    running.wait_until_ready(run, &base, launch.ready_timeout).await?;
    Ok(running)
}

fn run_section(project: &Project) -> Result<&Run> {
    project.manifest.run.as_ref().ok_or_else(|| {
        Error::usage("proveniq.toml does not say how to start the integration")
            .hint("add [run] with command = \"...\", or start it yourself and name its URL")
    })
}

impl Surroundings {
    fn environment(&self, port: u16) -> BTreeMap<String, String> {
        let mut environment = self.upstreams.clone();
        environment.insert("PORT".to_owned(), port.to_string());
        environment.insert("PROVENIQ_WEBHOOK_SECRET".to_owned(), self.secrets.expose_secret().to_owned());
        if let Some(ledger) = &self.ledger {
            environment.insert("PROVENIQ_API_URL".to_owned(), ledger.url.clone());
            environment.insert("PROVENIQ_TOKEN_URL".to_owned(), format!("{}/oauth/token", ledger.url));
        }
        if let Some((id, secret)) = self.ledger.as_ref().and_then(|ledger| ledger.client.as_ref()) {
            environment.insert("PROVENIQ_CLIENT_ID".to_owned(), id.clone());
            environment.insert("PROVENIQ_CLIENT_SECRET".to_owned(), secret.expose_secret().to_owned());
        }
        environment
    }
}

/// Ports that are given out: below those that systems take for outgoing connections (32768 and up on Linux, 49152 and up
/// elsewhere), so that none is taken between the look and the integration's own bind.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// Ports that this process has given out. Integrations are started side by side, and each must get one of its own.
static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Returns a port that nothing listens on now, and that was not given out before.
pub fn free_port() -> Result<u16> {
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    for _ in 0..1000 {
        let mut random = [0; 2];
        getrandom::fill(&mut random).or_bug(|| "the system gives no randomness".into())?;
        let port = PORTS.start + u16::from_le_bytes(random) % (PORTS.end - PORTS.start);
        if !given.contains(&port) && TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            given.insert(port);
            return Ok(port);
        }
    }
    Err(Error::unreachable(format!("no port of {} to {} is free", PORTS.start, PORTS.end)))
}

impl RunningIntegration {
    /// How it ended, if it has or does so within `patience`.
    pub async fn ended(&mut self, patience: Duration) -> Option<ExitStatus> {
        match self.process.try_wait() {
            Some(status) => Some(status),
            None => self.process.wait(patience).await,
        }
    }

    /// Ends it, and all that it started, as `kill -9` does.
    pub async fn crash(&mut self) {
        self.process.crash().await;
    }

    /// The end of what it wrote.
    pub fn output(&self) -> String {
        self.process.output()
    }

    async fn wait_until_ready(&mut self, run: &Run, base: &Url, limit: Duration) -> Result<()> {
        let started = Instant::now();
        let client = http::client(base, Duration::from_secs(5))?;
        let ready = run
            .ready
            .as_deref()
            .map(|path| base.join(path))
            .transpose()
            .or_usage(|| "run.ready makes no URL".into())?;
        let command = run.command.join(" ");
        loop {
            if let Some(status) = self.process.try_wait() {
                return Err(Error::unreachable(format!(
                    "the integration ended before it was ready: `{command}`: {status}"
                ))
                .with_log(self.settled_output().await)
                .hint("it must listen on the port in the variable PORT"));
            }
            if is_ready(&client, ready.as_ref(), base).await {
                return Ok(());
            }
            if started.elapsed() > limit {
                let place = ready.as_ref().map_or_else(|| "its port".to_owned(), |url| url.path().to_owned());
                return Err(Error::unreachable(format!(
                    "the integration was not ready within {} s: {place} does not answer 2xx",
                    limit.as_secs()
                ))
                .with_log(self.output())
                .hint(
                    "it must listen on 127.0.0.1 at the port in the variable PORT; give it longer with --ready-timeout",
                ));
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// The output once the reader has seen its end, or after a moment.
    async fn settled_output(&self) -> String {
        tokio::time::sleep(POLL).await;
        self.output()
    }
}

async fn is_ready(client: &Client, ready: Option<&Url>, base: &Url) -> bool {
    match ready {
        Some(url) => client.get(url.clone()).send().await.is_ok_and(|response| response.status().is_success()),
        None => TcpStream::connect((Ipv4Addr::LOCALHOST, base.port().unwrap_or(80))).is_ok(),
    }
}
