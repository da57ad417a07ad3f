//! Sends GET requests in an open loop: each is due at a moment that is computed from its number, and its latency counts from
//! that moment, so that a server that falls behind cannot hide it (what wrk2 does). For `scripts/bench-auth`.
//!
//!     open-loop HOST:PORT PATH RATE SECONDS FILE-WITH-CREDENTIAL
//!
//! Prints p50 and p99 in milliseconds, the rate that was reached, and how many answers were not 200.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// Connections, each with a thread: a request waits for the answer to the one before on its connection.
const CONNECTIONS: u32 = 16;

fn main() {
    let words: Vec<String> = env::args().collect();
    let [_, address, path, rate, seconds, file] = words.as_slice() else { panic!("usage") };
    let (rate, seconds): (u32, u32) = (rate.parse().expect("rate"), seconds.parse().expect("seconds"));
    let credential = fs::read_to_string(file).expect("file");
    let header = if credential.is_empty() { String::new() } else { format!("authorization: Bearer {credential}\r\n") };
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{header}\r\n");
    let begin = Instant::now() + Duration::from_millis(100);
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|number| {
            let (address, request) = (address.clone(), request.clone());
            thread::spawn(move || send(&address, &request, number, rate, rate * seconds, begin))
        })
        .collect();
    let mut latencies = Vec::new();
    let mut failed = 0;
    for sender in senders {
        let (more, wrong) = sender.join().expect("sent");
        latencies.extend(more);
        failed += wrong;
    }
    let spent = begin.elapsed().as_secs_f64();
    latencies.sort_unstable();
    let at = |share: f64| latencies[(latencies.len() as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("{:.4} {:.4} {:.1} {failed}", at(0.5), at(0.99), latencies.len() as f64 / spent);
}

fn send(address: &str, request: &str, first: u32, rate: u32, count: u32, begin: Instant) -> (Vec<Duration>, u32) {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_nodelay(true).expect("option");
    let mut latencies = Vec::new();
    let (mut failed, mut buffer) = (0, Vec::new());
    for number in (first..count).step_by(CONNECTIONS as usize) {
        let due = begin + Duration::from_secs_f64(f64::from(number) / f64::from(rate));
        thread::sleep(due.saturating_duration_since(Instant::now()));
        stream.write_all(request.as_bytes()).expect("written");
        failed += u32::from(!answered(&mut stream, &mut buffer));
        latencies.push(due.elapsed());
    }
    (latencies, failed)
}

/// Reads one answer whole; tells whether it was 200.
fn answered(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> bool {
    buffer.clear();
    let mut piece = [0; 16 << 10];
    loop {
        let count = stream.read(&mut piece).expect("read");
        assert!(count > 0, "the connection was closed");
        buffer.extend_from_slice(&piece[..count]);
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        if buffer.len() >= end + 4 + length.expect("a length") {
            return head.starts_with("http/1.1 200");
        }
    }
}
