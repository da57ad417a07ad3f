//! A reader of server-sent events that shares nothing with the one under test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// A stream that is being read.
pub struct EventStream {
    reader: BufReader<TcpStream>,
    pub status: u16,
}

/// One message; comments have no name.
#[derive(Debug, PartialEq)]
pub struct Message {
    pub name: String,
    pub id: String,
    pub data: Value,
}

impl EventStream {
    /// Opens a stream; HTTP/1.0, so that no chunks are in between.
    pub fn open(url: &str, key: &str, path: &str, headers: &str) -> Self {
        let address = url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("limit");
        let head = format!("GET {path} HTTP/1.0\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n{headers}\r\n");
        stream.write_all(head.as_bytes()).expect("sent");
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).expect("status");
        let status = line.split(' ').nth(1).and_then(|text| text.parse().ok()).expect("status");
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).expect("header");
        }
        EventStream { reader, status }
    }

    /// The next message, comments too; `None` at the end.
    pub fn next(&mut self) -> Option<Message> {
        let mut message = Message { name: String::new(), id: String::new(), data: Value::Null };
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line).expect("a line in time") == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("event", name)) => name.clone_into(&mut message.name),
                Some(("id", id)) => id.clone_into(&mut message.id),
                Some(("data", data)) => message.data = serde_json::from_str(data).expect("JSON"),
                _ if line == "\n" => return Some(message),
                _ => {}
            }
        }
    }

    /// The next message that is no comment.
    #[track_caller]
    pub fn expect(&mut self, name: &str) -> Message {
        loop {
            let message = self.next().unwrap_or_else(|| panic!("the stream ended before {name}"));
            if !message.name.is_empty() {
                assert_eq!(message.name, name, "{message:?}");
                return message;
            }
        }
    }
}
