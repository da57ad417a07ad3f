//! Waits for sockets, with a time limit finer than a millisecond where the system has one.

use std::io::{self, ErrorKind};
use std::time::Duration;

use mio::{Events, Poll};

/// Waits until a socket has something to tell or `limit` has passed. epoll counts in whole milliseconds, which would make
/// each delivery of a low rate up to a millisecond late; ppoll on epoll's own descriptor counts in nanoseconds.
pub(super) fn wait(poll: &mut Poll, events: &mut Events, limit: Duration) -> io::Result<()> {
    #[cfg(unix)]
    let limit = if limit.subsec_nanos().is_multiple_of(1_000_000) { limit } else { precisely(poll, limit)? };
    match poll.poll(events, Some(limit)) {
        Err(cause) if cause.kind() == ErrorKind::Interrupted => Ok(()),
        waited => waited,
    }
}

/// Waits, and returns the limit for what comes after it: nothing.
#[cfg(unix)]
fn precisely(poll: &Poll, limit: Duration) -> io::Result<Duration> {
    use std::os::fd::AsFd as _;

    use rustix::event::{PollFd, PollFlags, Timespec};
    use rustix::io::Errno;

    let limit = Timespec { tv_sec: limit.as_secs().try_into().unwrap_or(1), tv_nsec: limit.subsec_nanos().into() };
    let mut sockets = [PollFd::from_borrowed_fd(poll.registry().as_fd(), PollFlags::IN)];
    match rustix::event::poll(&mut sockets, Some(&limit)) {
        Ok(_) | Err(Errno::INTR) => Ok(Duration::ZERO),
        Err(cause) => Err(cause.into()),
    }
}
