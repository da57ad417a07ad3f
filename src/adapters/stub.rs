//! A recording stub: stands where an upstream is called, answers, injects faults, and keeps what came.

mod answers;
mod connection;
mod fault;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

pub use answers::Answers;
use fault::FaultState;

use crate::certification::ScopeRequest;
use crate::error::{Explain, Result};
use crate::webhook::{Call, Fault, Reply};

/// Most calls that are kept; an integration that calls more often than this is no longer counted.
const MOST_CALLS: usize = 100_000;
/// Time between two looks at whether it is quiet.
const POLL: Duration = Duration::from_millis(10);

/// The beginning of the stubs' clock.
#[derive(Debug, Clone, Copy)]
pub struct Epoch {
    instant: Instant,
    time: Timestamp,
}

impl Epoch {
    /// Begins at `now`.
    pub fn new(now: Timestamp) -> Self {
        Epoch { instant: Instant::now(), time: now }
    }

    /// Time since the beginning.
    fn elapsed(&self) -> Duration {
        self.instant.elapsed()
    }

    /// The time of day.
    fn now(&self) -> Timestamp {
        self.time + self.elapsed()
    }
}

/// A stub that runs. Dropping it closes its address.
#[derive(Debug)]
pub struct Stub {
    shared: Arc<Shared>,
    url: Url,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    name: String,
    answers: Answers,
    epoch: Epoch,
    state: Mutex<State>,
    tokens: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    calls: Vec<Call>,
    scopes: Vec<ScopeRequest>,
    fault: Option<FaultState>,
    in_flight: usize,
    last: Duration,
}

impl Stub {
    /// Starts a stub on a free port of loopback; `epoch` is the beginning of its clock.
    pub async fn start(name: &str, answers: Answers, epoch: Epoch) -> Result<Self> {
        let failed = || format!("cannot start the stub of {name}");
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.or_usage(failed)?;
        let address = listener.local_addr().or_usage(failed)?;
        let url = Url::parse(&format!("http://{address}")).or_bug(|| "cannot make the stub's URL".into())?;
        let shared = Arc::new(Shared {
            name: name.to_owned(),
            answers,
            epoch,
            state: Mutex::default(),
            tokens: AtomicU64::new(0),
        });
        let served = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            // A connection that cannot be taken, for want of descriptors say, is tried again by the client.
            loop {
                if let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(connection::serve(Arc::clone(&served), stream));
                }
            }
        });
        Ok(Stub { shared, url, task })
    }

    /// Name of the upstream it stands for.
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// Its address, without a final slash.
    pub fn url(&self) -> String {
        self.url.as_str().trim_end_matches('/').to_owned()
    }

    /// What came, in the order in which it was answered.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.state().calls.clone()
    }

    /// What was asked for at its token endpoint, each kind of request once.
    pub fn scope_requests(&self) -> Vec<ScopeRequest> {
        self.shared.state().scopes.clone()
    }

    /// Begins a fault. With `unsafe_only` it meets only calls that can change something.
    pub fn begin_fault(&self, fault: Fault, unsafe_only: bool) {
        self.shared.state().fault = Some(FaultState::new(fault, unsafe_only));
    }

    /// Tells that the first delivery is over: an outage ends.
    pub fn end_outage(&self) {
        let tokens = self.shared.tokens.load(Ordering::Relaxed);
        if let Some(fault) = &mut self.shared.state().fault {
            fault.end(tokens > 0);
        }
    }

    /// Ends a fault, whatever it was.
    pub fn clear_fault(&self) {
        self.shared.state().fault = None;
    }

    /// The time on the stub's clock.
    pub fn now(&self) -> Duration {
        self.shared.epoch.elapsed()
    }

    /// When the time of a `Retry-After` that was sent is over, on the stub's clock.
    pub fn not_before(&self) -> Option<Duration> {
        self.shared.state().fault.as_ref().and_then(|fault| fault.not_before)
    }

    /// Whether no call is under way and none came for `quiet`.
    pub fn is_quiet(&self, quiet: Duration) -> bool {
        let state = self.shared.state();
        state.in_flight == 0 && self.shared.epoch.elapsed().saturating_sub(state.last) >= quiet
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a call has begun; returns its time.
    fn begin(&self) -> Duration {
        let now = self.epoch.elapsed();
        let mut state = self.state();
        state.in_flight += 1;
        state.last = now;
        now
    }

    /// Notes how a call ended.
    fn end(&self) {
        let mut state = self.state();
        state.in_flight -= 1;
        state.last = self.epoch.elapsed();
    }

    fn record(&self, call: Call) {
        let mut state = self.state();
        if state.calls.len() < MOST_CALLS {
            state.calls.push(call);
        }
    }

    /// Notes what a request for a token asks for.
    fn record_token_request(&self, body: &[u8]) {
        let form = || url::form_urlencoded::parse(body);
        let value = |name: &str| form().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
        let scope = value("scope").filter(|scope| !scope.is_empty());
        let asked = ScopeRequest::of_grant(&value("grant_type").unwrap_or_default(), scope.as_deref());
        let mut state = self.state();
        if let Some(asked) = asked
            && state.scopes.len() < MOST_CALLS
            && !state.scopes.contains(&asked)
        {
            state.scopes.push(asked);
        }
    }

    /// A token that nobody else has.
    fn next_token(&self) -> String {
        let number = self.tokens.fetch_add(1, Ordering::Relaxed) + 1;
        format!("stub-token-{number}")
    }
}

/// Waits until all stubs are quiet for `quiet`, `limit` at most.
pub async fn settle(stubs: &[Stub], quiet: Duration, limit: Duration) {
    let started = Instant::now();
    while started.elapsed() < limit && !(started.elapsed() >= quiet && stubs.iter().all(|stub| stub.is_quiet(quiet))) {
        tokio::time::sleep(POLL).await;
    }
}

/// Waits until `reached` says so of all calls, `limit` at most; tells whether it was reached.
pub async fn wait_for_calls(stubs: &[Stub], limit: Duration, reached: impl Fn(&[Call]) -> bool) -> bool {
    let started = Instant::now();
    loop {
        if reached(&all_calls(stubs)) {
            return true;
        }
        if started.elapsed() >= limit {
            return false;
        }
        tokio::time::sleep(POLL).await;
    }
}

/// The calls of all stubs, in the order of their times.
pub fn all_calls(stubs: &[Stub]) -> Vec<Call> {
    let mut calls: Vec<_> = stubs.iter().flat_map(Stub::calls).filter(|call| call.reply != Reply::Token).collect();
    calls.sort_by_key(|call| call.at);
    calls
}
