//! A command that runs while the test looks on.

use std::io::Read;
use std::process::{Child, Command};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::Finished;

/// A started command; ended by force when it is dropped before it has ended.
pub struct Running {
    child: Child,
    stdout: Option<JoinHandle<Vec<u8>>>,
    stderr: Option<JoinHandle<Vec<u8>>>,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().expect("started");
        let stdout = child.stdout.take().map(collect);
        let stderr = child.stderr.take().map(collect);
        Running { child, stdout, stderr }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: Signal) {
        send_signal(self.pid(), signal);
    }

    /// Waits until it has ended; fails the test where that takes longer than `limit`.
    #[track_caller]
    pub fn finish_within(mut self, limit: Duration) -> Finished {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("status") {
                let text = |reader: Option<JoinHandle<Vec<u8>>>| {
                    String::from_utf8(reader.map(|reader| reader.join().expect("read")).unwrap_or_default())
                        .expect("UTF-8")
                };
                let (stdout, stderr) = (text(self.stdout.take()), text(self.stderr.take()));
                return Finished { code: status.code().unwrap_or(-1), stdout, stderr };
            }
            assert!(started.elapsed() < limit, "it has not ended within {limit:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to one process; one that has gone needs none.
pub fn send_signal(pid: u32, signal: Signal) {
    if let Some(pid) = pid.try_into().ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

fn collect(mut stream: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before a broken stream counts.
        let _ = stream.read_to_end(&mut bytes);
        bytes
    })
}
