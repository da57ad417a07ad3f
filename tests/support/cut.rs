//! A way to a server that can be cut.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Takes connections to a server through, byte for byte.
pub struct Way {
    pub port: u16,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Way {
    /// A way to a port of this machine.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("port");
        let port = listener.local_addr().expect("address").port();
        let open = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&open);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                let both = [(&near, &far), (&far, &near)].map(|(from, to)| (from.try_clone(), to.try_clone()));
                for (from, to) in both {
                    let (mut from, mut to) = (from.expect("stream"), to.expect("stream"));
                    thread::spawn(move || {
                        let _ = io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Write);
                    });
                }
                kept.lock().expect("streams").extend([near, far]);
            }
        });
        Way { port, open }
    }

    /// Cuts all connections; new ones go through.
    pub fn cut(&self) {
        for stream in self.open.lock().expect("streams").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}
