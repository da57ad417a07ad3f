//! Starts the embedded marketplace: the one place where the client's side reaches into the server's.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::advisories::{AdvisorySource, Mirror};
use super::files::{self, Lock};
use crate::advisory::Shelf;
use crate::credential::{ApiKey, KeyKind};
use crate::error::{Error, Explain, Result};
use crate::marketplace::{Marketplace, Settings, SignIn, serve};
use crate::package::Limits;

pub use crate::marketplace::{LeakReporter, Lifetimes, Provider, ProviderKind, openapi_document};

/// Nobody else waits on a sandbox: devices may ask often.
const SANDBOX_POLL: SignedDuration = SignedDuration::from_secs(1);

/// What a sandbox does otherwise than by default.
#[derive(Debug, Clone, Default)]
pub struct SandboxBehaviour {
    /// Who may report leaked keys.
    pub leak_reporters: Vec<LeakReporter>,
    /// Life of access tokens in seconds.
    pub access_token_lifetime: Option<u32>,
    /// Address under which it is reached, where something stands in front of it; absent means where it listens.
    pub url: Option<String>,
    /// Folder of the cache of advisories.
    pub advisories: Option<PathBuf>,
}

impl SandboxBehaviour {
    fn lifetimes(&self) -> Lifetimes {
        let usual = Lifetimes { poll: SANDBOX_POLL, ..Lifetimes::default() };
        let access = self.access_token_lifetime.map(|seconds| SignedDuration::from_secs(seconds.into()));
        Lifetimes { access: access.unwrap_or(usual.access), ..usual }
    }
}

/// A marketplace for many users, as its configuration has it.
#[derive(Debug)]
pub struct Hosting {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Address under which it is reached; absent means where it listens.
    pub url: Option<String>,
    /// Folder of database and blobs.
    pub data: PathBuf,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How long tokens live.
    pub lifetimes: Lifetimes,
    /// How people sign in.
    pub providers: Vec<Provider>,
    /// Who may report leaked keys.
    pub leak_reporters: Vec<LeakReporter>,
    /// Accounts that review versions.
    pub reviewers: Vec<String>,
    /// Folder of archives of advisories.
    pub advisories: Option<PathBuf>,
}

/// Reads who may report leaked keys: a name, and a file that holds a public key as PEM.
pub fn read_leak_reporter(id: &str, file: &Path) -> Result<LeakReporter> {
    let pem = files::read_text(file, 1 << 14)?;
    let pem = pem.ok_or_else(|| Error::usage(format!("there is no file {}", file.display())))?;
    LeakReporter::from_pem(id, &pem).map_err(|why| Error::usage(format!("{} cannot be used: {why}", file.display())))
}

/// A marketplace that is served by this process.
#[derive(Debug)]
pub struct Served {
    /// Its address.
    pub url: String,
    /// Where it listens.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

/// Keeps other processes from serving from the same folder; given up when it is dropped.
#[derive(Debug)]
pub struct ServedLock(#[expect(dead_code, reason = "holds the lock while it is there")] Lock);

impl ServedLock {
    /// Takes the lock of a folder.
    pub fn take(data: &Path) -> Result<Self> {
        Lock::try_take(&data.join("lock"))?.map(ServedLock).ok_or_else(|| {
            Error::conflict(format!("another process serves from {}", data.display()))
                .hint("stop that one first, or take another folder")
        })
    }
}

/// A sandbox that runs in this process.
#[derive(Debug)]
pub struct Embedded {
    /// Its address.
    pub url: String,
    /// Random text that tells this start from another.
    pub instance: String,
    /// Credential of the built-in identity.
    pub token: ApiKey,
    served: Served,
}

impl Embedded {
    /// Starts a sandbox on `address` with its data in `data`. `token` is kept where it is given, so that other processes
    /// that hold it stay admitted; one that was revoked is replaced.
    pub async fn start(
        data: &Path,
        address: SocketAddr,
        token: Option<ApiKey>,
        behaviour: SandboxBehaviour,
    ) -> Result<Self> {
        let other = "another program uses this port: take another with --port, or --port 0 for a free one";
        let (listener, bound) = listen(address, other).await?;
        let generate = || ApiKey::generate(KeyKind::Test).or_bug(|| "the system gives no randomness".into());
        let settings = |token: &ApiKey| Settings {
            data: data.to_owned(),
            sandbox: true,
            limits: Limits::default(),
            url: behaviour.url.clone().unwrap_or_else(|| url_of(bound)),
            trusted_proxies: Vec::new(),
            sign_in: SignIn::built_in(token),
            lifetimes: behaviour.lifetimes(),
            leak_reporters: behaviour.leak_reporters.clone(),
            reviewers: Vec::new(),
            advisories: behaviour.advisories.clone().map(|folder| shelf(AdvisorySource::Cache(folder))),
        };
        let failed = || cannot_use(data);
        let mut token = token.map_or_else(generate, Ok)?;
        let mut marketplace = open(settings(&token)).await?;
        if !marketplace.admit_bootstrap(&token).await.or_usage(failed)? {
            token = generate()?;
            marketplace = open(settings(&token)).await?;
            marketplace.admit_bootstrap(&token).await.or_usage(failed)?;
        }
        let instance = marketplace.instance().to_owned();
        let served = Served::start(listener, marketplace, url_of(bound), bound);
        Ok(Embedded { url: url_of(bound), instance, token, served })
    }

    /// Finishes the requests under way and stops.
    pub async fn stop(self) -> Result<()> {
        self.served.stop().await
    }
}

impl Served {
    /// Starts a marketplace for many users.
    pub async fn host(hosting: Hosting) -> Result<Self> {
        let other = "another program uses this port: name another in `listen`";
        let (listener, bound) = listen(hosting.listen, other).await?;
        let url = hosting.url.unwrap_or_else(|| url_of(bound));
        let cache = hosting.data.join("advisories");
        let mirror = |archives: PathBuf| shelf(AdvisorySource::Mirror(Arc::new(Mirror::new(&archives, &cache))));
        let settings = Settings {
            reviewers: hosting.reviewers,
            advisories: hosting.advisories.map(mirror),
            data: hosting.data,
            sandbox: false,
            limits: Limits::default(),
            url: url.clone(),
            trusted_proxies: hosting.trusted_proxies,
            sign_in: SignIn::Providers(hosting.providers),
            lifetimes: hosting.lifetimes,
            leak_reporters: hosting.leak_reporters,
        };
        Ok(Served::start(listener, open(settings).await?, url, bound))
    }

    fn start(listener: TcpListener, marketplace: Marketplace, url: String, address: SocketAddr) -> Self {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(listener, marketplace, async {
            // The sender may also be dropped: then too it is time to stop.
            let _ = stopped.await;
        }));
        Served { url, address, stop, task }
    }

    /// Finishes the requests under way and stops.
    pub async fn stop(self) -> Result<()> {
        // A server that has ended by itself needs no sign.
        let _ = self.stop.send(());
        let served = self.task.await.or_bug(|| "the marketplace broke".into())?;
        served.or_usage(|| "the marketplace could not go on".into())
    }
}

fn shelf(source: AdvisorySource) -> Arc<dyn Shelf> {
    Arc::new(source)
}

/// `taken` says what to do where another program listens there.
async fn listen(address: SocketAddr, taken: &str) -> Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await.map_err(|cause| cannot_listen(address, cause, taken))?;
    let bound = listener.local_addr().or_usage(|| "cannot tell the port".into())?;
    Ok((listener, bound))
}

async fn open(settings: Settings) -> Result<Marketplace> {
    let data = settings.data.clone();
    Marketplace::open(settings).await.or_usage(|| cannot_use(&data))
}

fn cannot_use(data: &Path) -> String {
    format!("the marketplace cannot use {}", data.display())
}

/// The address under which this machine reaches what listens there: "all addresses" is reached through loopback.
fn url_of(bound: SocketAddr) -> String {
    let reached = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), bound.port()),
        IpAddr::V6(ip) if ip.is_unspecified() => SocketAddr::new(Ipv6Addr::LOCALHOST.into(), bound.port()),
        _ => bound,
    };
    format!("http://{reached}")
}

fn cannot_listen(address: SocketAddr, cause: std::io::Error, taken: &str) -> Error {
    let in_use = cause.kind() == std::io::ErrorKind::AddrInUse;
    let error = Error::usage(format!("cannot listen on {address}")).because(cause);
    if in_use { error.hint(taken) } else { error }
}
