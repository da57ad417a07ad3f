//! The plain handler as a process: an endpoint that really verifies.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::wait_until;

/// A running handler; ended when it is dropped.
pub struct PlainHandler {
    child: Child,
    pub url: String,
}

impl PlainHandler {
    /// Starts one that verifies with `secret`.
    pub fn start(secret: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plain/handler.py");
        let mut command = Command::new("python3");
        command.arg(script).env("PORT", port.to_string()).env("PROVENIQ_WEBHOOK_SECRET", secret);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
        let handler = PlainHandler { child, url: format!("http://127.0.0.1:{port}/webhooks/proveniq") };
        wait_until("the handler listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        handler
    }
}

impl Drop for PlainHandler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
