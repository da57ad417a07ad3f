//! One thread of a load test: an event loop over its share of the connections.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use mio::{Events, Poll, Token};

use super::connection::{Connection, Outcome};
use super::endpoint::LoadEndpoint;
use super::wait::wait;
use crate::adapters::clock::Clock;
use crate::webhook::{LoadFailure, LoadMessage, LoadPlan, LoadSigner, LoadTally, MessageIds, Pace};

/// Longest time between two looks at time limits and at whether to stop.
const TICK: Duration = Duration::from_millis(50);
/// Time for the first connections.
const WARM_UP: Duration = Duration::from_secs(5);
/// Answers that are read before the next deliveries go out: few, so that the endpoint has work while others are read.
const EVENTS: usize = 8;
/// Failed connections in a row after which a closed loop gives up: nothing slows it down.
const HOPELESS: u32 = 100;

/// What all threads of a run share.
pub(super) struct Shared<'a> {
    pub(super) plan: LoadPlan,
    pub(super) endpoint: &'a LoadEndpoint,
    pub(super) requests: &'a [Prepared<'a>],
    pub(super) signer: &'a dyn LoadSigner,
    pub(super) clock: &'a dyn Clock,
    pub(super) ids: MessageIds,
    /// Number of the next delivery that no thread has taken. What is due is computed from it and never queued, so that no
    /// backlog takes memory.
    pub(super) next: AtomicU64,
    pub(super) stop: Arc<AtomicBool>,
}

/// What does not differ from message to message, made once for each body.
pub(super) struct Prepared<'a> {
    head: String,
    body: &'a [u8],
}

impl<'a> Prepared<'a> {
    pub(super) fn new(endpoint: &LoadEndpoint, body: &'a [u8]) -> Self {
        Prepared { head: format!("{}content-length: {}\r\n", endpoint.head, body.len()), body }
    }
}

/// One thread's part of a run.
pub(super) struct Worker<'a> {
    shared: &'a Shared<'a>,
    poll: Poll,
    events: Events,
    connections: Vec<Connection>,
    idle: VecDeque<usize>,
    buffer: Vec<u8>,
    id: String,
    /// A delivery that this thread has taken and that is not due yet.
    taken: Option<u64>,
    failed_connects: u32,
    tally: LoadTally,
    last: Instant,
}

impl<'a> Worker<'a> {
    pub(super) fn new(shared: &'a Shared<'a>, connections: usize) -> io::Result<Self> {
        Ok(Worker {
            shared,
            poll: Poll::new()?,
            events: Events::with_capacity(EVENTS),
            connections: (0..connections).map(|at| Connection::new(Token(at))).collect(),
            idle: (0..connections).collect(),
            buffer: vec![0; 64 << 10],
            id: String::new(),
            taken: None,
            failed_connects: 0,
            tally: LoadTally::default(),
            last: Instant::now(),
        })
    }

    /// Makes the connections, so that making them is not part of what is measured. Returns how many stand, and why one
    /// does not.
    pub(super) fn warm_up(&mut self) -> io::Result<(usize, Option<io::Error>)> {
        let until = Instant::now() + WARM_UP.min(self.shared.plan.timeout);
        let mut cause = None;
        for connection in &mut self.connections {
            if let Err(why) = connection.open(self.shared.endpoint, self.poll.registry()) {
                cause = Some(why);
            }
        }
        while self.connections.iter().any(|connection| connection.is_open() && !connection.is_ready()) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.is_stopped() {
                break;
            }
            wait(&mut self.poll, &mut self.events, left.min(TICK))?;
            for event in &self.events {
                let connection = &mut self.connections[event.token().0];
                connection.advance(event, &mut self.buffer, self.shared.endpoint, self.poll.registry(), &mut cause);
            }
        }
        let ready = self.connections.iter().filter(|connection| connection.is_ready()).count();
        let late = || io::Error::new(io::ErrorKind::TimedOut, "no connection within the time limit");
        Ok((ready, if ready == 0 { cause.or_else(|| Some(late())) } else { None }))
    }

    /// Sends what is due from `start` on; returns what came of it and when the last delivery ended.
    pub(super) fn run(mut self, start: Instant) -> io::Result<(LoadTally, Instant)> {
        let end = start + self.shared.plan.duration;
        let mut looked = Instant::now();
        self.last = start;
        while !self.is_stopped() {
            let now = Instant::now();
            let next_due = self.send_due(start, end, now);
            if next_due.is_none() && self.is_over(end, now) {
                break;
            }
            let limit = next_due.map_or(TICK, |due| due.saturating_duration_since(Instant::now()).min(TICK));
            wait(&mut self.poll, &mut self.events, limit)?;
            self.take_events();
            if now.duration_since(looked) >= TICK {
                looked = now;
                self.give_up_late(now);
            }
        }
        Ok((self.tally, self.last))
    }

    fn is_stopped(&self) -> bool {
        self.shared.stop.load(Ordering::Relaxed)
    }

    /// Whether nothing more is to be sent and nothing is under way. When the time for what is left has passed, what was
    /// never begun is counted.
    fn is_over(&mut self, end: Instant, now: Instant) -> bool {
        match self.shared.plan.due() {
            None if now < end && self.failed_connects < HOPELESS => return false,
            Some(due) if now > end + self.shared.plan.drain => {
                let untaken = due.saturating_sub(self.shared.next.swap(due, Ordering::Relaxed));
                self.tally.leave_unsent(untaken + u64::from(self.taken.take().is_some()));
            }
            Some(due) if self.taken.is_some() || self.shared.next.load(Ordering::Relaxed) < due => return false,
            _ => {}
        }
        self.idle.len() == self.connections.len()
    }

    /// Sends on idle connections what is due; returns when the next is.
    fn send_due(&mut self, start: Instant, end: Instant, now: Instant) -> Option<Instant> {
        let timestamp = self.shared.clock.now().as_second();
        while let Some(&at) = self.idle.front() {
            let (number, due, sent) = match self.shared.plan.pace {
                Pace::Closed if now >= end || self.failed_connects >= HOPELESS => return None,
                Pace::Closed => {
                    let sent = Instant::now();
                    (self.shared.next.fetch_add(1, Ordering::Relaxed), sent, sent)
                }
                Pace::Open { .. } if now > end + self.shared.plan.drain => return None,
                Pace::Open { .. } => {
                    let number = self.take_next()?;
                    let (due, sent) = (start + self.shared.plan.due_at(number), Instant::now());
                    if due > sent {
                        self.taken = Some(number);
                        return Some(due);
                    }
                    (number, due, sent)
                }
            };
            self.idle.pop_front();
            self.prepare(at, number, timestamp);
            let outcome = self.connections[at].send(due, sent, self.shared.endpoint, self.poll.registry());
            self.settle(at, outcome);
        }
        None
    }

    /// Takes the next delivery, if one is left.
    fn take_next(&mut self) -> Option<u64> {
        let total = self.shared.plan.due()?;
        let taken = self.taken.take();
        // Looks first, so that threads that wait for the end do not count on.
        let untaken = || self.shared.next.load(Ordering::Relaxed) < total;
        let take = || Some(self.shared.next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < total);
        taken.or_else(|| if untaken() { take() } else { None })
    }

    /// Puts the bytes of a delivery into its connection, signed now.
    fn prepare(&mut self, at: usize, number: u64, timestamp: i64) {
        let requests = self.shared.requests;
        let Prepared { head, body } = &requests[usize::try_from(number % requests.len() as u64).unwrap_or(0)];
        self.shared.ids.write(number, &mut self.id);
        let request = &mut self.connections[at].request;
        request.clear();
        request.extend_from_slice(head.as_bytes());
        self.shared.signer.write_headers(request, &LoadMessage { id: &self.id, timestamp, body });
        request.extend_from_slice(b"\r\n");
        request.extend_from_slice(body);
    }

    fn take_events(&mut self) {
        let mut events = std::mem::replace(&mut self.events, Events::with_capacity(0));
        for event in &events {
            let at = event.token().0;
            let connection = &mut self.connections[at];
            let registry = self.poll.registry();
            let outcome = connection.advance(event, &mut self.buffer, self.shared.endpoint, registry, &mut None);
            self.settle(at, outcome);
        }
        std::mem::swap(&mut self.events, &mut events);
    }

    /// Fails what has waited for its answer too long.
    fn give_up_late(&mut self, now: Instant) {
        for at in 0..self.connections.len() {
            let sent = self.connections[at].delivery.map(|delivery| delivery.sent);
            if sent.is_some_and(|sent| now.saturating_duration_since(sent) > self.shared.plan.timeout) {
                let outcome = self.connections[at].fail(LoadFailure::Timeout);
                self.settle(at, outcome);
            }
        }
    }

    /// Counts what came of a delivery and frees its connection.
    fn settle(&mut self, at: usize, outcome: Outcome) {
        match outcome {
            Outcome::Pending => return,
            Outcome::Resent => {
                self.tally.resent += 1;
                return;
            }
            Outcome::Answered(status) => {
                self.failed_connects = 0;
                self.last = Instant::now();
                match (status, self.connections[at].delivery) {
                    (200..=299, Some(delivery)) => self.tally.latencies.record(self.last - delivery.due),
                    _ => self.tally.fail(LoadFailure::Status(status)),
                }
            }
            Outcome::Failed(failure) => {
                let refused = failure == LoadFailure::Connect;
                self.failed_connects = if refused { self.failed_connects + 1 } else { 0 };
                self.last = Instant::now();
                self.tally.fail(failure);
            }
        }
        self.connections[at].delivery = None;
        self.idle.push_back(at);
    }
}
