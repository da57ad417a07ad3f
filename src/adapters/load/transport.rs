//! A connection's bytes, plain or through TLS, never waiting.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::sync::Arc;

use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use rustls::ClientConnection;

use super::endpoint::LoadEndpoint;
use crate::adapters::tls_setup::TlsSetup;

/// One connection.
#[derive(Debug)]
pub(super) struct Transport {
    socket: TcpStream,
    tls: Option<Box<ClientConnection>>,
}

impl Transport {
    /// Begins to connect, and asks `registry` to tell of what happens.
    pub(super) fn open(endpoint: &LoadEndpoint, registry: &Registry, token: Token) -> io::Result<Self> {
        let mut socket = TcpStream::connect(endpoint.address)?;
        registry.register(&mut socket, token, Interest::READABLE | Interest::WRITABLE)?;
        let session = |setup: &TlsSetup| {
            let mut session =
                ClientConnection::new(Arc::clone(&setup.config), setup.name.clone()).map_err(io::Error::other)?;
            // A request is kept whole until it is sent, so a second limit would only cut it in two.
            session.set_buffer_limit(None);
            Ok::<_, io::Error>(Box::new(session))
        };
        let tls = endpoint.tls.as_ref().map(session).transpose()?;
        Ok(Transport { socket, tls })
    }

    /// Whether the socket is connected; an error where it cannot be.
    pub(super) fn is_connected(&mut self) -> io::Result<bool> {
        if let Some(cause) = self.socket.take_error()? {
            return Err(cause);
        }
        match self.socket.peer_addr() {
            Ok(_) => {}
            Err(cause) if cause.kind() == ErrorKind::NotConnected => return Ok(false),
            Err(cause) => return Err(cause),
        }
        // A request is one write: waiting for more of it would only delay it.
        self.socket.set_nodelay(true)?;
        Ok(true)
    }

    /// Whether requests can be sent: the TLS handshake is done, where there is one.
    pub(super) fn is_ready(&self) -> bool {
        self.tls.as_ref().is_none_or(|session| !session.is_handshaking())
    }

    /// Whether a read that did not fill its buffer has taken all there is, so that another one need not find that out. The
    /// system tells again when more comes; Windows does only where a read had to wait.
    pub(super) fn short_read_takes_all(&self) -> bool {
        cfg!(unix) && self.tls.is_none()
    }

    /// Writes a part of `bytes`, or takes it to write it when it can.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(session) = &mut self.tls else { return self.socket.write(bytes) };
        let taken = session.writer().write(bytes)?;
        self.flush()?;
        Ok(taken)
    }

    /// Writes what is waiting to be written, as far as that goes.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match &mut self.tls {
            Some(session) => flush(session, &mut self.socket),
            None => Ok(()),
        }
    }

    /// Reads what has come; 0 at the end.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(session) = &mut self.tls else { return self.socket.read(buffer) };
        loop {
            match session.reader().read(buffer) {
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => {}
                // Many servers leave out the notice that they are done.
                Err(cause) if cause.kind() == ErrorKind::UnexpectedEof => return Ok(0),
                read => return read,
            }
            let read = session.read_tls(&mut self.socket)?;
            session.process_new_packets().map_err(io::Error::other)?;
            // The handshake answers what it reads.
            flush(session, &mut self.socket)?;
            if read == 0 && session.is_handshaking() {
                return Err(io::Error::new(ErrorKind::UnexpectedEof, "the endpoint ended the TLS handshake"));
            }
        }
    }
}

fn flush(session: &mut ClientConnection, socket: &mut TcpStream) -> io::Result<()> {
    while session.wants_write() {
        match session.write_tls(socket) {
            Ok(_) => {}
            Err(cause) if cause.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(cause) => return Err(cause),
        }
    }
    Ok(())
}
