//! An HTTPS endpoint whose certificate nobody vouches for.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use super::wait_until;

/// A running one; ended when it is dropped.
pub struct SelfSigned {
    server: Child,
    pub port: u16,
    _folder: tempfile::TempDir,
}

const SERVE: &str = "
import http.server, ssl, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(204); self.end_headers()
server = http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2], sys.argv[3])
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
";

impl SelfSigned {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        let (key, certificate) = (path("key.pem"), path("certificate.pem"));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
            .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", &key, "-out", &certificate])
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl").success());
        let port = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
        let mut command = Command::new("python3");
        command.args(["-c", SERVE, &port.to_string(), &certificate, &key]).stderr(Stdio::null());
        let server = command.spawn().expect("started");
        wait_until("it listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        SelfSigned { server, port, _folder: folder }
    }
}

impl Drop for SelfSigned {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
