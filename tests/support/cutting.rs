//! A way to a sandbox on which a client is killed, interrupted or cut off at a request of its own.

use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use rustix::process::Signal;

use super::{Fake, Finished, Request, Sandbox, Then, is_alive, send_signal, wait_until};

/// What is done to a request of that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The client is killed before the marketplace sees the request.
    KilledBefore,
    /// The client is killed after the marketplace has answered.
    KilledAfter,
    /// The request never arrives.
    Lost,
    /// The answer never arrives.
    AnswerLost,
    /// The client is interrupted, as by Ctrl-C, before the marketplace sees the request.
    InterruptedBefore,
    /// The client is interrupted after the marketplace has answered.
    InterruptedAfter,
}

/// Each of them.
pub const CUTS: [Cut; 6] =
    [Cut::KilledBefore, Cut::KilledAfter, Cut::Lost, Cut::AnswerLost, Cut::InterruptedBefore, Cut::InterruptedAfter];

/// A way to the sandbox on which something happens to one request.
pub struct Cutting {
    pub fake: Fake,
    /// Process that is killed, or 0.
    client: Arc<AtomicU32>,
    /// Requests to go until it happens; wraps around where nothing is to happen.
    left: Arc<AtomicUsize>,
}

impl Cutting {
    pub fn new(sandbox: &Sandbox<'_>, cut: Cut) -> Self {
        let server = sandbox.url.trim_start_matches("http://").parse().expect("address");
        let (client, left) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicUsize::new(usize::MAX)));
        let (pid, countdown) = (Arc::clone(&client), Arc::clone(&left));
        let answer = move |_: &Request| {
            if countdown.fetch_sub(1, Ordering::SeqCst) != 0 {
                return Then::Forward(server);
            }
            let (pid, ended) = (Arc::clone(&pid), Arc::clone(&pid));
            let signal = move |signal| {
                wait_until("the client is known", || pid.load(Ordering::SeqCst) != 0);
                send_signal(pid.load(Ordering::SeqCst), signal);
            };
            match cut {
                Cut::KilledBefore => {
                    signal(Signal::KILL);
                    Then::Close
                }
                Cut::KilledAfter => Then::ForwardAndDo(server, Box::new(move || signal(Signal::KILL))),
                Cut::Lost => Then::Close,
                Cut::AnswerLost => Then::ForwardAndClose(server),
                Cut::InterruptedBefore => {
                    signal(Signal::INT);
                    // Held until the client has gone on without it.
                    Then::Silence
                }
                Cut::InterruptedAfter => {
                    let interrupt = move || {
                        signal(Signal::INT);
                        // The answer is held back as long as the client could still read it.
                        wait_until("the client has ended", || !is_alive(ended.load(Ordering::SeqCst)));
                    };
                    Then::ForwardAndDo(server, Box::new(interrupt))
                }
            }
        };
        Cutting { fake: Fake::start(answer), client, left }
    }

    /// Runs a command; the request of that number is cut. Tells how it ended and whether there was one.
    pub fn run(&self, mut command: Command, number: usize) -> (Finished, bool) {
        self.client.store(0, Ordering::SeqCst);
        self.left.store(number, Ordering::SeqCst);
        let child: Child = command.spawn().expect("started");
        self.client.store(child.id(), Ordering::SeqCst);
        let finished = Finished::of(child);
        let was_cut = self.left.swap(usize::MAX, Ordering::SeqCst) > number;
        (finished, was_cut)
    }
}
