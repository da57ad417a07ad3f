//! Single keys of a terminal, as they are pressed.

use std::io::{IsTerminal as _, Read as _};

use tokio::sync::mpsc;

use super::Terminal;

/// Keys that are pressed at the terminal on standard input. The terminal is as it was when this is dropped.
#[derive(Debug)]
pub struct Keys {
    pressed: mpsc::UnboundedReceiver<char>,
    terminal: Terminal,
}

impl Keys {
    /// Begins to read keys: one at a time, not shown. `None` where standard input is no terminal. Ctrl-C stays what it is.
    pub fn read() -> Option<Self> {
        if !std::io::stdin().is_terminal() {
            return None;
        }
        let terminal = Terminal::remember();
        terminal.give_single_keys();
        let (sender, pressed) = mpsc::unbounded_channel();
        // Reading cannot be given up: the thread ends with the process, or when a key comes that nobody takes.
        std::thread::spawn(move || {
            for byte in std::io::stdin().lock().bytes() {
                let Ok(byte) = byte else { return };
                if sender.send(char::from(byte)).is_err() {
                    return;
                }
            }
        });
        Some(Keys { pressed, terminal })
    }

    /// The next key; waits for ever once there are no more.
    pub async fn next(&mut self) -> char {
        match self.pressed.recv().await {
            Some(key) => key,
            None => std::future::pending().await,
        }
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.terminal.restore_settings();
    }
}
