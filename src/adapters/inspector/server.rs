//! The listener behind the page.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::journal::Journal;
use super::routes::{Routes, SendAgain};
use crate::error::{Explain, Result};

/// Connections at the same time: a browser opens six at most for a page.
const CONNECTIONS: usize = 64;
/// Time for the head of a request.
const HEAD: Duration = Duration::from_secs(10);

/// A port of loopback that is bound, and the token that its page needs.
#[derive(Debug)]
pub struct Inspector {
    listener: TcpListener,
    address: SocketAddr,
    token: String,
}

impl Inspector {
    /// Binds a port of 127.0.0.1; 0 takes a free one.
    pub async fn bind(port: u16) -> Result<Self> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let failed = || format!("cannot serve the page on {wanted}");
        let listener = TcpListener::bind(wanted)
            .await
            .or_usage(failed)
            .map_err(|error| error.hint("take another port with --ui-port, or --ui-port 0 for a free one"))?;
        let address = listener.local_addr().or_usage(failed)?;
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).or_bug(|| "there is no randomness".into())?;
        Ok(Inspector { listener, address, token: URL_SAFE_NO_PAD.encode(bytes) })
    }

    /// The address to open. The token is in its fragment, which browsers send to nobody.
    pub fn url(&self) -> String {
        format!("http://{}/#{}", self.address, self.token)
    }

    /// Serves the page until `stop` says so or has gone. Streams end with it.
    pub async fn serve(self, journal: Arc<Journal>, again: SendAgain, mut stop: watch::Receiver<bool>) {
        let routes = Arc::new(Routes { journal, token: self.token, again });
        let mut connections = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept(), if connections.len() < CONNECTIONS => accepted,
                Some(_) = connections.join_next() => continue,
                _ = stop.changed() => break,
            };
            match accepted {
                Ok((stream, _)) => drop(connections.spawn(connection(stream, Arc::clone(&routes)))),
                // Out of file descriptors, most likely: some become free when connections end.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        connections.shutdown().await;
    }
}

async fn connection(stream: TcpStream, routes: Arc<Routes>) {
    let service = service_fn(move |request| {
        let routes = Arc::clone(&routes);
        async move { Ok::<_, Infallible>(routes.handle(request).await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD).max_headers(100);
    // A connection that fails is the page's business: it connects again.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}
