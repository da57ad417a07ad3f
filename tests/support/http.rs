//! A client of the plainest kind, which shares nothing with the one under test.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use super::{Sandbox, TestEnvironment};

/// Talks to one server, with one credential.
#[derive(Clone)]
pub struct Http {
    address: String,
    key: Option<String>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Http {
    pub fn new(url: &str, key: Option<&str>) -> Self {
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Http { address, key: key.map(str::to_owned) }
    }

    /// Talks to a sandbox with the credential of its built-in identity.
    pub fn identity(environment: &TestEnvironment, sandbox: &Sandbox<'_>) -> Self {
        let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
        Http::new(&sandbox.url, Some(&token))
    }

    /// The same server, with another credential.
    pub fn with_key(&self, key: &str) -> Self {
        Http { address: self.address.clone(), key: Some(key.to_owned()) }
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    pub fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, &[], b"")
    }

    pub fn post(&self, path: &str, document: &Value) -> Reply {
        self.send("POST", path, &[("content-type", "application/json")], document.to_string().as_bytes())
    }

    pub fn patch(&self, path: &str, document: &Value) -> Reply {
        self.send("PATCH", path, &[("content-type", "application/json")], document.to_string().as_bytes())
    }

    /// Posts a document under an Idempotency-Key.
    pub fn post_once(&self, path: &str, request: &str, document: &Value) -> Reply {
        let headers = [("content-type", "application/json"), ("idempotency-key", request)];
        self.send("POST", path, &headers, document.to_string().as_bytes())
    }

    /// Sends a request whose headers are `headers` and those that every request has.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let length = body.len();
        let mut lines = vec![format!("{method} {path} HTTP/1.1"), format!("host: {}", self.address)];
        lines.extend(["connection: close".to_owned(), format!("content-length: {length}")]);
        lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.extend(self.key.iter().map(|key| format!("authorization: Bearer {key}")));
        let head = lines.join("\r\n") + "\r\n\r\n";
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("limit");
        stream.write_all(head.as_bytes()).expect("sent");
        // A server may answer before it has read all, and close.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer") + 4;
        let head = String::from_utf8(bytes[..end].to_vec()).expect("UTF-8");
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok()).expect("status");
        Reply { status, head, body: bytes[end..].to_vec() }
    }
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// Expects success of this status; returns the document.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}{}", self.head, String::from_utf8_lossy(&self.body));
        if self.body.is_empty() { Value::Null } else { self.json() }
    }

    /// Expects a whole problem document (RFC 9457) of this status and code; returns it.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let document = self.expect(status);
        assert_eq!(self.header("content-type").as_deref(), Some("application/problem+json"), "{}", self.head);
        assert_eq!(document["code"], code, "{document}");
        assert_eq!(document["type"], format!("urn:proveniq:problem:{code}"));
        assert_eq!(document["status"], status);
        assert!(document["title"].as_str().is_some_and(|text| !text.is_empty()), "{document}");
        assert!(document["detail"].as_str().is_some_and(|text| !text.is_empty()), "{document}");
        let id = document["request_id"].as_str().expect("request id");
        assert_eq!(self.header("x-request-id").as_deref(), Some(id), "{}", self.head);
        document
    }
}
