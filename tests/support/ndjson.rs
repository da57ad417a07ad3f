//! A command that writes one JSON object a line while the test looks on.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Finished, wait_until};

/// A started command; ended by force when it is dropped before it has ended.
pub struct Ndjson {
    child: Child,
    lines: Arc<Mutex<Vec<Value>>>,
    stdout: Option<JoinHandle<()>>,
    stderr: Option<JoinHandle<String>>,
}

impl Ndjson {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().expect("started");
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (seen, reader) = (Arc::clone(&lines), BufReader::new(child.stdout.take().expect("pipe")));
        let stdout = thread::spawn(move || {
            for line in reader.lines().map_while(Result::ok) {
                let value = serde_json::from_str(&line).unwrap_or_else(|why| panic!("{why} in {line}"));
                seen.lock().expect("lines").push(value);
            }
        });
        let mut pipe = child.stderr.take().expect("pipe");
        let stderr = thread::spawn(move || {
            let mut text = String::new();
            let _ = pipe.read_to_string(&mut text);
            text
        });
        Ndjson { child, lines, stdout: Some(stdout), stderr: Some(stderr) }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The lines so far of one schema, named by what stands before its version.
    pub fn of(&self, schema: &str) -> Vec<Value> {
        let schema = format!("{schema}/1");
        let lines = self.lines.lock().expect("lines");
        lines.iter().filter(|line| line["schema"] == schema.as_str()).cloned().collect()
    }

    /// Waits until there are `count` lines of a schema; returns them.
    pub fn wait_for(&self, schema: &str, count: usize) -> Vec<Value> {
        wait_until(&format!("{count} lines of {schema}"), || self.of(schema).len() >= count || self.has_ended());
        let found = self.of(schema);
        assert!(found.len() >= count, "it ended with {:?}", self.lines.lock().expect("lines"));
        found
    }

    fn has_ended(&self) -> bool {
        self.stdout.as_ref().is_some_and(JoinHandle::is_finished)
    }

    /// Waits until it has ended; fails the test where that takes longer than `limit`. Nothing is in `stdout`: see `of`.
    #[track_caller]
    pub fn finish_within(&mut self, limit: Duration) -> Finished {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("status") {
                self.stdout.take().map(JoinHandle::join);
                let stderr = self.stderr.take().and_then(|reader| reader.join().ok()).unwrap_or_default();
                let stdout = format!("{:#?}", self.lines.lock().expect("lines"));
                return Finished { code: status.code().unwrap_or(-1), stdout, stderr };
            }
            assert!(started.elapsed() < limit, "it has not ended within {limit:?}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Ndjson {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
