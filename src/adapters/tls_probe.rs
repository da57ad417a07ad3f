//! What an endpoint offers to those who connect: TLS as a client of today has it, versions that nobody may use any more,
//! and how it answers a request. Every wait is bounded.

mod old_hello;

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::{ClientConnection, StreamOwned};
use url::{Position, Url};

use super::tls_setup::{TlsSetup, host_of};
use crate::certification::{Answer, EndpointTls, OldVersion};
use crate::error::{Error, Explain, Result};

/// Time for a connection, and for each thing that is waited for on it.
const PATIENCE: Duration = Duration::from_secs(5);
/// Time for one connection with all that is asked on it.
const LIMIT: Duration = Duration::from_secs(10);
/// Largest head of an answer that is read, in bytes.
const LARGEST_HEAD: usize = 64 << 10;
/// Most header fields of an answer.
const MOST_FIELDS: usize = 128;

/// Looks at an endpoint.
pub async fn look_at(url: &Url) -> Result<EndpointTls> {
    let url = url.clone();
    let looked = tokio::task::spawn_blocking(move || Probe::new(&url).map(|probe| probe.look()));
    looked.await.or_bug(|| "looking at an endpoint broke".into())?
}

struct Probe {
    url: Url,
    host: String,
    port: u16,
    tls: TlsSetup,
}

impl Probe {
    fn new(url: &Url) -> Result<Self> {
        let tls = TlsSetup::to(url)?;
        let unnamed = || format!("{url} names no port");
        let port = url.port_or_known_default().ok_or_else(|| Error::usage(unnamed()))?;
        Ok(Probe { url: url.clone(), host: host_of(url), port, tls })
    }

    fn look(&self) -> EndpointTls {
        let url = self.url[..Position::AfterPath].to_owned();
        if self.url.scheme() != "https" {
            let why = "it is not https: what it carries can be read and changed on the way";
            let handshake = Answer::Wrong(why.to_owned());
            return EndpointTls { url, handshake, old_versions: Vec::new(), hsts: Answer::Unclear(why.to_owned()) };
        }
        let (handshake, hsts) = match self.connect() {
            Err(cause) => {
                let why = format!("it cannot be reached: {cause}");
                return EndpointTls {
                    url,
                    handshake: Answer::Unclear(why.clone()),
                    old_versions: Vec::new(),
                    hsts: Answer::Unclear(why),
                };
            }
            Ok(socket) => self.speak(socket),
        };
        if let Answer::Unclear(_) = handshake {
            // It would not answer other greetings either, and each of them is waited for.
            return EndpointTls { url, handshake, old_versions: Vec::new(), hsts };
        }
        let old_versions = OldVersion::ALL.iter().map(|version| (*version, self.takes(*version))).collect();
        EndpointTls { url, handshake, old_versions, hsts }
    }

    fn connect(&self) -> io::Result<Bounded> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "its name has no address");
        for address in (self.host.as_str(), self.port).to_socket_addrs()?.take(4) {
            match TcpStream::connect_timeout(&address, PATIENCE) {
                Ok(socket) => return Bounded::new(socket, &address),
                Err(cause) => last = cause,
            }
        }
        Err(last)
    }

    /// Shakes hands as a client of today, and asks for the page.
    fn speak(&self, mut socket: Bounded) -> (Answer<String>, Answer<Option<String>>) {
        let begun = ClientConnection::new(Arc::clone(&self.tls.config), self.tls.name.clone());
        let mut session = match begun {
            Ok(session) => session,
            Err(cause) => return unknown(&cause.to_string()),
        };
        while session.is_handshaking() {
            if let Err(cause) = session.complete_io(&mut socket) {
                return refused(&cause);
            }
        }
        let version = session.protocol_version().and_then(|version| version.as_str()).unwrap_or("TLS").to_owned();
        let mut stream = StreamOwned::new(session, socket);
        (Answer::Is(version), self.hsts(&mut stream))
    }

    fn hsts(&self, stream: &mut impl ReadWrite) -> Answer<Option<String>> {
        let target = &self.url[Position::BeforePath..Position::AfterPath];
        let host = &self.url[Position::BeforeHost..Position::AfterPort];
        let agent = concat!("proveniq/", env!("CARGO_PKG_VERSION"));
        let request = format!(
            "GET {target} HTTP/1.1\r\nhost: {host}\r\nuser-agent: {agent}\r\naccept: */*\r\nconnection: close\r\n\r\n"
        );
        let asked = stream.write_all(request.as_bytes()).and_then(|()| stream.flush());
        match asked.and_then(|()| field(stream, "strict-transport-security")) {
            Ok(value) => Answer::Is(value),
            Err(cause) => Answer::Unclear(format!("it does not answer a request: {cause}")),
        }
    }

    /// Offers an old version alone, and sees whether it is taken.
    fn takes(&self, version: OldVersion) -> Answer<bool> {
        let random = match old_hello::random() {
            Ok(random) => random,
            Err(cause) => return Answer::Unclear(cause),
        };
        let hello = old_hello::hello(version, &self.tls.name, &random);
        let mut socket = match self.connect() {
            Ok(socket) => socket,
            Err(cause) => return Answer::Unclear(format!("it cannot be reached: {cause}")),
        };
        match socket.write_all(&hello).and_then(|()| old_hello::is_taken(&mut socket, version)) {
            Ok(answer) => answer,
            Err(cause) if is_time_out(&cause) => Answer::Unclear("it does not answer".to_owned()),
            // Some end the connection without a word.
            Err(_) => Answer::Is(false),
        }
    }
}

/// Both ways.
trait ReadWrite: Read + Write {}

impl<T: Read + Write> ReadWrite for T {}

/// A socket whose time ends.
struct Bounded {
    socket: TcpStream,
    until: Instant,
}

impl Bounded {
    fn new(socket: TcpStream, _: &SocketAddr) -> io::Result<Self> {
        socket.set_nodelay(true)?;
        socket.set_write_timeout(Some(PATIENCE))?;
        Ok(Bounded { socket, until: Instant::now() + LIMIT })
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now()).min(PATIENCE);
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.socket.set_read_timeout(Some(left))?;
        self.socket.read(buffer)
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.socket.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

fn is_time_out(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}

/// What rustls objects to is wrong with the endpoint; what the network does tells nothing.
fn refused(cause: &io::Error) -> (Answer<String>, Answer<Option<String>>) {
    let objection = cause.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match objection {
        Some(rustls::Error::InvalidCertificate(why)) => {
            let why = format!("its certificate does not hold: {why}");
            (Answer::Wrong(why.clone()), Answer::Unclear(why))
        }
        Some(why) => {
            let why = format!("it does not take TLS 1.2 or later: {why}");
            (Answer::Wrong(why.clone()), Answer::Unclear(why))
        }
        None if is_time_out(cause) => unknown("it does not answer a handshake in time"),
        None => unknown(&format!("the handshake broke: {cause}")),
    }
}

fn unknown(why: &str) -> (Answer<String>, Answer<Option<String>>) {
    (Answer::Unclear(why.to_owned()), Answer::Unclear(why.to_owned()))
}

/// Reads the head of an answer, and a field of it.
fn field(stream: &mut dyn Read, name: &str) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut response = httparse::Response::new(&mut fields);
        if response.parse(&head).map_err(io::Error::other)?.is_complete() {
            let found = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
            return Ok(found.map(|field| String::from_utf8_lossy(field.value).into_owned()));
        }
        let count = stream.read(&mut buffer)?;
        if count == 0 || head.len() + count > LARGEST_HEAD {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&buffer[..count]);
    }
}
