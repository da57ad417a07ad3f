//! One connection of a load test and the delivery that is under way on it.

use std::io::{self, ErrorKind};
use std::time::Instant;

use mio::event::Event;
use mio::{Registry, Token};

use super::endpoint::LoadEndpoint;
use super::response::{Answered, ResponseReader};
use super::transport::Transport;
use crate::webhook::LoadFailure;

/// A connection, kept from delivery to delivery and made anew when it has ended.
#[derive(Debug)]
pub(super) struct Connection {
    token: Token,
    transport: Option<Transport>,
    connected: bool,
    /// Whether an answer came on this transport before.
    kept: bool,
    reader: ResponseReader,
    /// The delivery's bytes; its room is used again by the next one.
    pub(super) request: Vec<u8>,
    written: usize,
    /// The delivery under way, if any.
    pub(super) delivery: Option<Delivery>,
}

/// A delivery under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Delivery {
    /// When it was due; its latency counts from here.
    pub(super) due: Instant,
    /// When it was sent; its time limit counts from here.
    pub(super) sent: Instant,
    /// Whether it is on a second connection, because the endpoint closed the first one as it was on its way.
    resent: bool,
}

/// What an event came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing yet.
    Pending,
    /// The delivery was answered with this status.
    Answered(u16),
    /// The delivery failed.
    Failed(LoadFailure),
    /// The delivery goes out once more, on a fresh connection.
    Resent,
}

impl Connection {
    pub(super) fn new(token: Token) -> Self {
        Connection {
            token,
            transport: None,
            connected: false,
            kept: false,
            reader: ResponseReader::default(),
            request: Vec::new(),
            written: 0,
            delivery: None,
        }
    }

    /// Begins to connect, where there is no connection.
    pub(super) fn open(&mut self, endpoint: &LoadEndpoint, registry: &Registry) -> io::Result<()> {
        if self.transport.is_none() {
            self.transport = Some(Transport::open(endpoint, registry, self.token)?);
            (self.connected, self.kept) = (false, false);
        }
        Ok(())
    }

    /// Whether the connection stands, through TLS where that is due.
    pub(super) fn is_ready(&self) -> bool {
        self.connected && self.transport.as_ref().is_some_and(Transport::is_ready)
    }

    /// Whether there is or may be a connection.
    pub(super) fn is_open(&self) -> bool {
        self.transport.is_some()
    }

    /// Begins the delivery whose bytes are in `request`.
    pub(super) fn send(&mut self, due: Instant, now: Instant, endpoint: &LoadEndpoint, registry: &Registry) -> Outcome {
        self.delivery = Some(Delivery { due, sent: now, resent: false });
        self.written = 0;
        self.reader.reset();
        if self.open(endpoint, registry).is_err() {
            return self.fail(LoadFailure::Connect);
        }
        match self.write() {
            Ok(()) => Outcome::Pending,
            Err(_) => self.lost(endpoint, registry),
        }
    }

    /// Takes what the system tells of the socket; `buffer` is for what is read. The cause of a failure to connect is put
    /// into `cause`.
    pub(super) fn advance(
        &mut self,
        event: &Event,
        buffer: &mut [u8],
        endpoint: &LoadEndpoint,
        registry: &Registry,
        cause: &mut Option<io::Error>,
    ) -> Outcome {
        let advanced = self.connect().and_then(|()| {
            if event.is_writable() {
                self.write()?;
            }
            if event.is_readable() || event.is_read_closed() {
                self.read(buffer, event.is_read_closed())
            } else {
                Ok(None)
            }
        });
        match advanced {
            Ok(Some(answered)) => self.finish(answered),
            Ok(None) => Outcome::Pending,
            Err(why) => {
                *cause = Some(why);
                self.lost(endpoint, registry)
            }
        }
    }

    fn connect(&mut self) -> io::Result<()> {
        if let (false, Some(transport)) = (self.connected, &mut self.transport) {
            self.connected = transport.is_connected()?;
        }
        Ok(())
    }

    /// Writes as much of the delivery as goes now.
    fn write(&mut self) -> io::Result<()> {
        let Some(transport) = self.transport.as_mut().filter(|_| self.connected) else { return Ok(()) };
        transport.flush()?;
        while self.delivery.is_some() && self.written < self.request.len() {
            match transport.write(&self.request[self.written..]) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => self.written += count,
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                Err(cause) => return Err(cause),
            }
        }
        Ok(())
    }

    /// Reads what has come: an answer once it is whole, an error where the connection has ended without one.
    fn read(&mut self, buffer: &mut [u8], closed: bool) -> io::Result<Option<Answered>> {
        let mut answered = None;
        while let Some(transport) = self.transport.as_mut().filter(|_| self.connected) {
            let count = match transport.read(buffer) {
                Ok(count) => count,
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => break,
                Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
                Err(_) if answered.is_some() => 0,
                Err(cause) => return Err(cause),
            };
            if count == 0 {
                // An endpoint may close what it keeps open for nobody; the next delivery connects again.
                let last = answered.or_else(|| self.reader.end());
                return match (self.delivery, last) {
                    (Some(_), Some(answer)) => Ok(Some(Answered { reusable: false, ..answer })),
                    (Some(_), None) => Err(ErrorKind::UnexpectedEof.into()),
                    (None, _) => {
                        self.transport = None;
                        Ok(None)
                    }
                };
            }
            let all = count < buffer.len() && transport.short_read_takes_all() && !closed;
            if self.delivery.is_none() || answered.is_some() {
                // Words that nobody asked for: this connection cannot be trusted with a delivery.
                self.transport = None;
                break;
            }
            answered = self.reader.feed(&buffer[..count])?;
            if all || answered.is_some_and(|answer| !answer.reusable) {
                break;
            }
        }
        Ok(answered)
    }

    fn finish(&mut self, answered: Answered) -> Outcome {
        self.kept = true;
        // An endpoint that answers before it has read all may still be sent the rest, which would begin the next answer.
        if !answered.reusable || self.written < self.request.len() {
            self.transport = None;
        }
        Outcome::Answered(answered.status)
    }

    /// The connection has ended. A delivery on a kept connection that was not answered with a single byte is sent once
    /// more: the endpoint may have closed the connection for want of use as the delivery was on its way (RFC 9112 section
    /// 9.3.1), and its id makes a repetition harmless.
    fn lost(&mut self, endpoint: &LoadEndpoint, registry: &Registry) -> Outcome {
        let (kept, connected) = (self.kept, self.is_ready());
        self.transport = None;
        match &mut self.delivery {
            None => Outcome::Pending,
            Some(delivery) if kept && !delivery.resent && !self.reader.has_begun() => {
                delivery.resent = true;
                self.written = 0;
                match self.open(endpoint, registry) {
                    Ok(()) => Outcome::Resent,
                    Err(_) => self.fail(LoadFailure::Connect),
                }
            }
            Some(_) if connected => self.fail(LoadFailure::Broken),
            Some(_) => self.fail(LoadFailure::Connect),
        }
    }

    /// Gives up the delivery and the connection.
    pub(super) fn fail(&mut self, failure: LoadFailure) -> Outcome {
        self.transport = None;
        Outcome::Failed(failure)
    }
}
