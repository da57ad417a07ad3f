//! A receiver of deliveries that keeps its connections open, as real ones do; a closure answers each delivery.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::fake::{Request, read};

/// What becomes of a connection after an answer.
pub enum Answer {
    /// These bytes are written, and the connection waits for the next delivery.
    Keep(&'static str),
    /// These bytes are written, and the connection is closed.
    Close(&'static str),
}

/// A receiver on a free port of loopback; it ends when it is dropped.
pub struct Receiver {
    pub url: String,
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    ended: Arc<AtomicBool>,
    server: Option<JoinHandle<()>>,
}

/// An answer without a body.
pub const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

impl Receiver {
    /// Answers each delivery with what `answer` makes of its number, from 0 in the order of arrival.
    pub fn start(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        Receiver::on(TcpListener::bind("127.0.0.1:0").expect("port"), usize::MAX, answer)
    }

    /// Takes `most` connections in all from `listener`, and refuses all after that.
    pub fn on(listener: TcpListener, most: usize, answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        let address = listener.local_addr().expect("address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let ended = Arc::new(AtomicBool::new(false));
        let (seen, end, answer) = (Arc::clone(&requests), Arc::clone(&ended), Arc::new(answer));
        let server = thread::spawn(move || {
            for stream in listener.incoming().flatten().take(most) {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &seen, &*answer));
            }
        });
        Receiver { url: format!("http://{address}"), address, requests, ended, server: Some(server) }
    }

    /// What has arrived so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("requests").clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the server up, so that it sees its end.
        let _ = TcpStream::connect(self.address);
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

/// Failures of the connection are the client's own doing here, so they end it and nothing else.
fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, answer: &dyn Fn(usize) -> Answer) {
    while let Some(request) = read(&mut stream) {
        let number = {
            let mut seen = seen.lock().expect("requests");
            seen.push(request);
            seen.len() - 1
        };
        let (bytes, keep) = match answer(number) {
            Answer::Keep(bytes) => (bytes, true),
            Answer::Close(bytes) => (bytes, false),
        };
        if stream.write_all(bytes.as_bytes()).is_err() || !keep {
            return;
        }
    }
}
