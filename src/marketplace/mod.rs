//! The embedded marketplace: `serve(listener, state, shutdown)`. The same code runs in a test, in the local sandbox and
//! for many users. Knows nothing of the client beyond the wire types.

mod address;
mod api;
mod leak_reporter;
mod oauth;
mod own_key;
mod registry;
mod state;
mod storage;
mod throttle;

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub use api::openapi_document;
pub use leak_reporter::LeakReporter;
pub use oauth::{Lifetimes, Provider, ProviderKind, SignIn};
pub use state::{Marketplace, OpenError, Settings};

/// Time that requests under way have to finish; a client that stalls must not keep the marketplace from stopping.
const GRACE: Duration = Duration::from_secs(5);

/// What has expired is forgotten this often.
const HOUSEKEEPING: Duration = Duration::from_mins(10);

/// Serves until `shutdown` completes, then finishes the requests under way, for 5 seconds at most.
pub async fn serve(
    listener: TcpListener,
    state: Marketplace,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stopping, stopped) = oneshot::channel();
    let streams = state.clone();
    let shutdown = async move {
        shutdown.await;
        streams.0.stopping.send_replace(true);
        // The receiver is there as long as this is served.
        let _ = stopping.send(());
    };
    let time_is_over = async move {
        let _ = stopped.await;
        tokio::time::sleep(GRACE).await;
    };
    let kept = state.clone();
    tokio::select! {
        served = axum::serve(listener, api::router(state).into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(shutdown) => served,
        () = time_is_over => Ok(()),
        () = keep_house(&kept) => Ok(()),
    }
}

/// Forgets what has expired, again and again. What cannot be forgotten now is forgotten later.
async fn keep_house(state: &Marketplace) {
    loop {
        tokio::time::sleep(HOUSEKEEPING).await;
        let _ = state.0.storage.forget_what_has_expired(jiff::Timestamp::now()).await;
    }
}
