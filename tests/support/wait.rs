//! Waiting for what must come to pass.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// Waits until `holds`, 20 seconds at most; fails the test after that.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(20), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Tells whether a process is there and has not ended.
pub fn is_alive(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with(['Z', 'X']))
}

/// Says that a test, or a part of one, was left out, and why.
pub fn left_out(why: &str) {
    writeln!(std::io::stderr(), "left out: {why}").expect("said");
}
