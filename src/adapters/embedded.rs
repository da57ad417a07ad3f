//! Starts the embedded marketplace: the one place where the client's side reaches into the server's.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::credential::{ApiKey, KeyKind};
use crate::error::{Error, Explain, Result};
use crate::marketplace::{Lifetimes, Marketplace, Settings, SignIn, serve};
use crate::package::Limits;

pub use crate::marketplace::{LeakReporter, openapi_document};

/// Nobody else waits on a sandbox: devices may ask often.
const SANDBOX_POLL: SignedDuration = SignedDuration::from_secs(1);

/// A marketplace that runs in this process.
#[derive(Debug)]
pub struct Embedded {
    /// Its address.
    pub url: String,
    /// Random text that tells this start from another.
    pub instance: String,
    /// Credential of the built-in identity.
    pub token: ApiKey,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

impl Embedded {
    /// Starts a sandbox on `address` with its data in `data`. `token` is kept where it is given, so that other processes
    /// that hold it stay admitted; one that was revoked is replaced. `leak_reporters` may report leaked keys.
    pub async fn start(
        data: &Path,
        address: SocketAddr,
        token: Option<ApiKey>,
        leak_reporters: Vec<LeakReporter>,
    ) -> Result<Self> {
        let listener = TcpListener::bind(address).await.map_err(|cause| cannot_listen(address, cause))?;
        let bound = listener.local_addr().or_usage(|| "cannot tell the port".into())?;
        let generate = || ApiKey::generate(KeyKind::Test).or_bug(|| "the system gives no randomness".into());
        let settings = |token: &ApiKey| Settings {
            data: data.to_owned(),
            sandbox: true,
            limits: Limits::default(),
            url: url_of(bound),
            trusted_proxies: Vec::new(),
            sign_in: SignIn::built_in(token),
            lifetimes: Lifetimes { poll: SANDBOX_POLL, ..Lifetimes::default() },
            leak_reporters: leak_reporters.clone(),
        };
        let failed = || format!("the marketplace cannot use {}", data.display());
        let mut token = token.map_or_else(generate, Ok)?;
        let mut marketplace = Marketplace::open(settings(&token)).await.or_usage(failed)?;
        if !marketplace.admit_bootstrap(&token).await.or_usage(failed)? {
            token = generate()?;
            marketplace = Marketplace::open(settings(&token)).await.or_usage(failed)?;
            marketplace.admit_bootstrap(&token).await.or_usage(failed)?;
        }
        let instance = marketplace.instance().to_owned();
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(serve(listener, marketplace, async {
            // The sender may also be dropped: then too it is time to stop.
            let _ = stopped.await;
        }));
        Ok(Embedded { url: url_of(bound), instance, token, stop, served })
    }

    /// Finishes the requests under way and stops.
    pub async fn stop(self) -> Result<()> {
        // A server that has ended by itself needs no sign.
        let _ = self.stop.send(());
        let served = self.served.await.or_bug(|| "the marketplace broke".into())?;
        served.or_usage(|| "the marketplace could not go on".into())
    }
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

fn cannot_listen(address: SocketAddr, cause: std::io::Error) -> Error {
    let error = Error::usage(format!("cannot listen on {address}"));
    match cause.kind() {
        std::io::ErrorKind::AddrInUse => error
            .because(cause)
            .hint("another program uses this port: take another with --port, or --port 0 for a free one"),
        _ => error.because(cause),
    }
}
