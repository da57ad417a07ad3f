//! Runs a plan: threads, their start at one time, and the sum of what they count.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Barrier, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use super::endpoint::{LoadEndpoint, unreachable};
use super::worker::{Prepared, Shared, Worker};
use crate::adapters::clock::Clock;
use crate::error::{Error, Explain, Result};
use crate::webhook::{LoadBodies, LoadPlan, LoadReport, LoadSigner, LoadTally, MessageIds, Pace};

/// Deliveries a second that one thread sends without being noticed in what it measures.
const RATE_OF_A_THREAD: f64 = 20_000.0;

/// Files that this process has open beside its connections, and then some.
#[cfg(unix)]
const OTHER_FILES: u64 = 64;

/// Sends load to one endpoint, plan after plan.
#[derive(Clone)]
pub struct LoadRunner {
    /// Where to.
    pub endpoint: LoadEndpoint,
    /// What.
    pub bodies: LoadBodies,
    /// Signed how.
    pub signer: Arc<dyn LoadSigner>,
    /// The clock of the messages' timestamps.
    pub clock: Arc<dyn Clock>,
}

/// Ends the threads of a run that nobody waits for any more.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl LoadRunner {
    /// Runs a plan. An endpoint that takes no connection at all is an error; all that happens later is part of the report.
    /// Dropping the future ends the run.
    pub async fn run(&self, plan: LoadPlan) -> Result<LoadReport> {
        let stop = StopOnDrop(Arc::new(AtomicBool::new(false)));
        let (runner, flag) = (self.clone(), Arc::clone(&stop.0));
        let run = tokio::task::spawn_blocking(move || runner.run_blocking(plan, flag));
        let report = run.await.or_bug(|| "the load test broke".into())?;
        drop(stop);
        report
    }

    fn run_blocking(&self, plan: LoadPlan, stop: Arc<AtomicBool>) -> Result<LoadReport> {
        allow_sockets(plan.connections);
        let mut seed = [0; 8];
        getrandom::fill(&mut seed).or_bug(|| "the system gives no randomness".into())?;
        let requests: Vec<_> = self.bodies.all().iter().map(|body| Prepared::new(&self.endpoint, body)).collect();
        let shared = Shared {
            plan,
            endpoint: &self.endpoint,
            requests: &requests,
            signer: &*self.signer,
            clock: &*self.clock,
            ids: MessageIds::new(u64::from_le_bytes(seed)),
            next: AtomicU64::new(0),
            stop,
        };
        let threads = threads(&plan);
        let workers = (0..threads).map(|at| Worker::new(&shared, share(plan.connections, threads, at)));
        let workers = workers.collect::<io::Result<Vec<_>>>().or_usage(|| "cannot wait for sockets".into())?;
        let gate = StartingGate { barrier: Barrier::new(threads), ready: AtomicU64::new(0), start: OnceLock::new() };
        let parts: Vec<_> = thread::scope(|scope| {
            let started: Vec<_> = workers.into_iter().map(|worker| scope.spawn(|| gate.run(worker))).collect();
            started
                .into_iter()
                .map(|thread| thread.join().map_err(|_| Error::bug("a thread of the load test broke")))
                .collect()
        });
        let mut tally = LoadTally::default();
        let start = gate.start.get().copied().unwrap_or_else(Instant::now);
        let mut last = start;
        for part in parts {
            let (counted, ended) = part?.map_err(|cause| unreachable(&self.endpoint.url, &cause.to_string()))?;
            tally.merge(&counted);
            last = last.max(ended);
        }
        // What was due and delivered early counts over the whole time in which it fell due.
        let shortest = if plan.pace == Pace::Closed { Duration::ZERO } else { plan.duration };
        Ok(tally.report(&plan, (last - start).max(shortest)))
    }
}

/// Lets the threads of a run begin together, once their connections stand.
struct StartingGate {
    barrier: Barrier,
    ready: AtomicU64,
    start: OnceLock<Instant>,
}

impl StartingGate {
    fn run(&self, mut worker: Worker<'_>) -> io::Result<(LoadTally, Instant)> {
        let warmed = worker.warm_up();
        if let Ok((ready, _)) = &warmed {
            self.ready.fetch_add(*ready as u64, Ordering::SeqCst);
        }
        // All threads come here, whatever happened to them, or the others would wait for ever.
        self.barrier.wait();
        let (_, cause) = warmed?;
        if self.ready.load(Ordering::SeqCst) == 0 {
            return Err(cause.unwrap_or_else(|| io::ErrorKind::NotConnected.into()));
        }
        worker.run(*self.start.get_or_init(Instant::now))
    }
}

/// How many threads a plan needs: no more than cores, connections and its rate call for. More than needed only take the
/// time of each other, and of an endpoint on the same machine.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate in thousands is a small number")]
fn threads(plan: &LoadPlan) -> usize {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let called_for = match plan.pace {
        Pace::Open { rate } => (rate / RATE_OF_A_THREAD).ceil() as usize,
        // The other half is for the endpoint, which is mostly on the same machine.
        Pace::Closed => cores.div_ceil(2),
    };
    called_for.clamp(1, cores.min(plan.connections).max(1))
}

/// Raises the number of files that this process may have open, where the connections need it and the system lets it. Where
/// it does not, connections that cannot be made are counted as such.
#[cfg(unix)]
fn allow_sockets(connections: usize) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let needed = connections as u64 + OTHER_FILES;
    if limit.current.is_some_and(|current| current < needed) {
        let current = limit.maximum.map_or(needed, |maximum| maximum.min(needed));
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(current), ..limit });
    }
}

#[cfg(not(unix))]
fn allow_sockets(_: usize) {}

/// The connections of thread `at`.
fn share(connections: usize, threads: usize, at: usize) -> usize {
    connections / threads + usize::from(at < connections % threads)
}
