//! Servers that misbehave: each connection brings one request, and a closure says what becomes of it.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// Request line and headers, as sent.
    pub head: String,
    pub body: Vec<u8>,
}

/// What becomes of a request.
pub enum Then {
    /// These bytes are written, then the connection is closed.
    Write(Vec<u8>),
    /// These bytes are written again and again until the client has enough.
    WriteForEver(Vec<u8>),
    /// The connection is closed without a word.
    Close,
    /// Nothing is ever answered.
    Silence,
    /// The request goes to a real server, and its answer back.
    Forward(SocketAddr),
    /// The request goes to a real server, and its answer back; a text in its body is replaced by another.
    ForwardReplacing(SocketAddr, String, String),
    /// The same; an answer that contains the last text is lost.
    ForwardLosing(SocketAddr, String, String, &'static str),
    /// The request goes to a real server, and its answer is lost.
    ForwardAndClose(SocketAddr),
    /// The request goes to a real server; when that has answered something is done, and the answer is lost.
    ForwardAndDo(SocketAddr, Box<dyn FnOnce() + Send>),
}

/// A server on a free port of loopback; it ends when it is dropped.
pub struct Fake {
    pub url: String,
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    ended: Arc<AtomicBool>,
    server: Option<JoinHandle<()>>,
}

impl Fake {
    pub fn start(answer: impl Fn(&Request) -> Then + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("port");
        let address = listener.local_addr().expect("address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let ended = Arc::new(AtomicBool::new(false));
        let (seen, end, answer) = (Arc::clone(&requests), Arc::clone(&ended), Arc::new(answer));
        let server = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let (seen, end, answer) = (Arc::clone(&seen), Arc::clone(&end), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &seen, &end, &*answer));
            }
        });
        Fake { url: format!("http://{address}"), address, requests, ended, server: Some(server) }
    }

    /// What has arrived so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("requests").clone()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the server up, so that it sees its end.
        let _ = TcpStream::connect(self.address);
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

/// An answer with a body.
pub fn reply(status: &str, content_type: &str, body: &str) -> Then {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}");
    Then::Write(format!("{head}\r\nconnection: close\r\n\r\n{body}").into_bytes())
}

/// A problem document; `headers` are whole lines.
pub fn problem(status: u16, code: &str, detail: &str, headers: &str) -> Then {
    let document = serde_json::json!({
        "type": format!("urn:proveniq:problem:{code}"), "title": "A problem", "status": status, "code": code,
        "detail": detail, "request_id": "req_0123456789abcdef",
    });
    let body = document.to_string();
    let head = format!("HTTP/1.1 {status} Problem\r\ncontent-type: application/problem+json\r\n{headers}");
    Then::Write(format!("{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes())
}

/// Failures of the connection are the client's own doing here, so they end it and nothing else.
fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, ended: &AtomicBool, answer: &dyn Fn(&Request) -> Then) {
    let Some(request) = read(&mut stream) else { return };
    seen.lock().expect("requests").push(request.clone());
    match answer(&request) {
        Then::Write(bytes) => drop(stream.write_all(&bytes)),
        Then::WriteForEver(bytes) => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
            let mut sent = stream.write_all(head);
            while sent.is_ok() && !ended.load(Ordering::SeqCst) {
                sent = stream.write_all(&bytes);
            }
        }
        Then::Close => {}
        Then::Silence => {
            while !ended.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        Then::Forward(address) => drop(stream.write_all(&forward(&request, address))),
        Then::ForwardReplacing(address, from, to) => {
            drop(stream.write_all(&replacing(&forward(&request, address), &from, &to)));
        }
        Then::ForwardLosing(address, from, to, lost) => {
            let answer = forward(&request, address);
            if !String::from_utf8_lossy(&answer).contains(lost) {
                drop(stream.write_all(&replacing(&answer, &from, &to)));
            }
        }
        Then::ForwardAndClose(address) => drop(forward(&request, address)),
        Then::ForwardAndDo(address, act) => {
            drop(forward(&request, address));
            act();
        }
    }
}

pub(super) fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 << 10];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => bytes.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = bytes[end..].to_vec();
    while body.len() < length.unwrap_or(0) {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => body.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
    }
    let mut words = head.split_whitespace().map(str::to_owned);
    Some(Request { method: words.next()?, path: words.next()?, head: head.clone(), body })
}

/// Sends the request on over a connection of its own; returns the whole answer.
fn forward(request: &Request, address: SocketAddr) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("connected");
    let head = request.head.trim_end();
    stream.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes()).expect("sent");
    stream.write_all(&request.body).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    answer
}

/// The answer with another text in its body, whose length fits.
fn replacing(answer: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer");
    let body = body.replace(from, to);
    let kept = head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
    let head = kept.collect::<Vec<_>>().join("\r\n");
    format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
