//! The terminal's settings, so that a question that is given up leaves them as they were.

/// Settings of the terminal on standard input, as they were at one time.
#[derive(Debug)]
pub struct Terminal {
    #[cfg(unix)]
    settings: Option<rustix::termios::Termios>,
}

impl Terminal {
    /// Remembers the settings; nothing where standard input is no terminal.
    pub fn remember() -> Self {
        Terminal {
            #[cfg(unix)]
            settings: rustix::termios::tcgetattr(std::io::stdin()).ok(),
        }
    }

    /// Gives keys one at a time, without showing them; signals such as Ctrl-C stay.
    pub(super) fn give_single_keys(&self) {
        #[cfg(unix)]
        if let Some(settings) = &self.settings {
            use rustix::termios::{LocalModes, OptionalActions, tcsetattr};
            let mut single = settings.clone();
            single.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &single);
        }
    }

    /// Brings the settings back.
    pub(super) fn restore_settings(&self) {
        #[cfg(unix)]
        if let Some(settings) = &self.settings {
            // A terminal that has gone away needs no settings.
            let _ = rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, settings);
        }
    }

    /// Brings the settings back, and the cursor that a list hides.
    pub fn restore(&self) {
        self.restore_settings();
        let terminal = dialoguer::console::Term::stderr();
        let _ = terminal.show_cursor();
        let _ = terminal.write_line("");
    }
}
