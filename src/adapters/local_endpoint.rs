//! A catch-all endpoint on this machine: any method, any path, bounded in size, time and number. It listens on loopback
//! alone and answers only requests that name this machine, so that a page in a browser cannot talk to it under a name of
//! its own (DNS rebinding).

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::error::{Explain, Result};
use crate::webhook::exchange::{CapturedRequest, Header, Reply};

/// Largest body, in bytes.
pub const LARGEST_BODY: usize = 32 << 20;
/// Requests that are held in memory at the same time.
const AT_ONCE: usize = 8;
/// Connections at the same time.
const CONNECTIONS: usize = 64;
/// Time for the head of a request, and for a body to arrive whole.
const HEAD: Duration = Duration::from_secs(10);
const BODY: Duration = Duration::from_secs(30);
/// Time that answers under way have to go out at the end.
const GRACE: Duration = Duration::from_secs(2);

/// A port of loopback that is bound.
#[derive(Debug)]
pub struct LocalEndpoint {
    listener: TcpListener,
    address: SocketAddr,
    hosts: Arc<BTreeSet<String>>,
}

impl LocalEndpoint {
    /// Binds a port of 127.0.0.1; 0 takes a free one. `hosts` are further names under which it may be asked for.
    pub async fn bind(port: u16, hosts: &[String]) -> Result<Self> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let failed = || format!("cannot listen on {wanted}");
        let listener = TcpListener::bind(wanted)
            .await
            .or_usage(failed)
            .map_err(|error| error.hint("take another port with --port, or --port 0 for a free one"))?;
        let address = listener.local_addr().or_usage(failed)?;
        let named = hosts.iter().map(|host| host.to_ascii_lowercase());
        let hosts = named.chain(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned)).collect();
        Ok(LocalEndpoint { listener, address, hosts: Arc::new(hosts) })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until `stop` says so, then lets the answers under way go out. `handle` says what is answered; `refused` is
    /// told of requests that did not get that far.
    pub async fn serve<F>(
        self,
        handle: impl Fn(CapturedRequest) -> F + Send + Sync + 'static,
        refused: impl Fn(String) + Send + Sync + 'static,
        mut stop: watch::Receiver<bool>,
    ) where
        F: Future<Output = Reply> + Send + 'static,
    {
        let shared = Arc::new((handle, refused, Semaphore::new(AT_ONCE)));
        let mut connections = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept(), if connections.len() < CONNECTIONS => accepted,
                Some(_) = connections.join_next() => continue,
                // Whoever could have said stop has gone: that means the same.
                _ = stop.changed() => break,
            };
            let Ok((stream, _)) = accepted else {
                // Out of file descriptors, most likely: some become free when connections end.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let (shared, hosts) = (Arc::clone(&shared), Arc::clone(&self.hosts));
            let answer = move |request| {
                let (shared, hosts) = (Arc::clone(&shared), Arc::clone(&hosts));
                async move {
                    let (handle, refused, memory) = &*shared;
                    let Ok(_held) = memory.acquire().await else { return plain(StatusCode::SERVICE_UNAVAILABLE, "") };
                    match captured(request, &hosts).await {
                        Ok(captured) => response(handle(captured).await),
                        Err((status, why)) => {
                            refused(format!("a request was refused with {}: {why}", status.as_u16()));
                            plain(status, &why)
                        }
                    }
                }
            };
            connections.spawn(connection(stream, answer, stop.clone()));
        }
        let _ = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    }
}

async fn connection<F>(stream: TcpStream, answer: impl Fn(Request<Incoming>) -> F, mut stop: watch::Receiver<bool>)
where
    F: Future<Output = Response<Full<Bytes>>>,
{
    let service = service_fn(|request| {
        let answered = answer(request);
        async { Ok::<_, Infallible>(answered.await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD).max_headers(200);
    let exchange = server.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(exchange);
    // A connection that fails is its sender's business: it sees that no answer came.
    tokio::select! {
        _ = &mut exchange => {}
        _ = stop.changed() => {
            exchange.as_mut().graceful_shutdown();
            let _ = exchange.await;
        }
    }
}

/// Takes a request whole, or says why not.
async fn captured(
    request: Request<Incoming>,
    hosts: &BTreeSet<String>,
) -> Result<CapturedRequest, (StatusCode, String)> {
    let (parts, body) = request.into_parts();
    must_mean_this_machine(&parts.headers, hosts)?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let too_large = || (StatusCode::PAYLOAD_TOO_LARGE, format!("the body is larger than {LARGEST_BODY} bytes"));
    if body.size_hint().lower() > LARGEST_BODY as u64 {
        return Err(too_large());
    }
    let collected = timeout(BODY, Limited::new(body, LARGEST_BODY).collect());
    let collected = collected
        .await
        .map_err(|_| (StatusCode::REQUEST_TIMEOUT, format!("the body did not arrive within {} s", BODY.as_secs())))?;
    let body = collected.map_err(|cause| {
        if cause.is::<LengthLimitError>() {
            too_large()
        } else {
            (StatusCode::BAD_REQUEST, "the body did not arrive whole".to_owned())
        }
    })?;
    let header = |(name, value): (&HeaderName, &HeaderValue)| Header {
        name: name.as_str().to_owned(),
        value: value.as_bytes().to_vec(),
    };
    let headers = parts.headers.iter().map(header).collect();
    Ok(CapturedRequest { method: parts.method.to_string(), path, headers, body: body.to_bytes().to_vec() })
}

fn must_mean_this_machine(headers: &HeaderMap, hosts: &BTreeSet<String>) -> Result<(), (StatusCode, String)> {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => &host,
    };
    if hosts.contains(without_port) {
        return Ok(());
    }
    let why = format!("the host {without_port:?} is not this machine; --allow-host lets it in");
    Err((StatusCode::MISDIRECTED_REQUEST, why))
}

/// The answer for the sender. What belongs to the connection to the endpoint stays there.
fn response(reply: Reply) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(reply.body)));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::BAD_GATEWAY);
    for header in reply.headers.iter().filter(|header| header.is_end_to_end()) {
        let name = HeaderName::from_bytes(header.name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(&header.value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn plain(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(format!("{text}\n"))));
    *response.status_mut() = status;
    response
}
