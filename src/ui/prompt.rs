//! Questions to a person. Without a terminal nothing is asked: the caller names each missing flag instead.

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Input, Password, Select};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// Asks on stderr. Made only where a person can answer.
#[derive(Debug, Clone)]
pub struct Prompter {
    color: bool,
    interrupt: Interrupt,
}

impl Prompter {
    /// Makes a prompter, coloured or not; `interrupt` is told while a question is open.
    pub fn new(color: bool, interrupt: Interrupt) -> Self {
        Prompter { color, interrupt }
    }

    /// Asks for a line of text; `check` says what is wrong with an answer.
    pub fn text(
        &self,
        question: &str,
        default: Option<&str>,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String> {
        let _asking = self.interrupt.asking()?;
        let theme = self.theme();
        let mut input = Input::<String>::with_theme(&*theme)
            .with_prompt(question)
            .validate_with(|answer: &String| check(answer.trim()));
        if let Some(default) = default {
            input = input.default(default.to_owned());
        }
        input.interact_text().map(|answer| answer.trim().to_owned()).map_err(ended)
    }

    /// Lets one of `items` be chosen; returns its index.
    pub fn choose(&self, question: &str, items: &[String], default: usize) -> Result<usize> {
        let _asking = self.interrupt.asking()?;
        Select::with_theme(&*self.theme()).with_prompt(question).items(items).default(default).interact().map_err(ended)
    }

    /// Asks yes or no; the default is no.
    pub fn confirm(&self, question: &str) -> Result<bool> {
        let _asking = self.interrupt.asking()?;
        Confirm::with_theme(&*self.theme()).with_prompt(question).default(false).interact().map_err(ended)
    }

    /// Asks for a secret, without echo.
    pub fn secret(&self, question: &str) -> Result<String> {
        let _asking = self.interrupt.asking()?;
        Password::with_theme(&*self.theme()).with_prompt(question).interact().map_err(ended)
    }

    /// Asks for a secret that is chosen now, twice, without echo.
    pub fn new_secret(&self, question: &str, again: &str) -> Result<String> {
        let _asking = self.interrupt.asking()?;
        let theme = self.theme();
        let prompt = Password::with_theme(&*theme).with_prompt(question);
        prompt.with_confirmation(again, "they are not the same").interact().map_err(ended)
    }

    fn theme(&self) -> Box<dyn Theme> {
        if self.color { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) }
    }
}

/// A prompt ends early when the person presses Ctrl-C or the terminal goes away.
fn ended(cause: dialoguer::Error) -> Error {
    let terminal = dialoguer::console::Term::stderr();
    // A list hides the cursor while it is shown, and does not bring it back when it is interrupted; the question's line
    // is not ended either.
    let _ = terminal.show_cursor();
    let _ = terminal.write_line("");
    let dialoguer::Error::IO(io) = cause;
    match io.kind() {
        std::io::ErrorKind::Interrupted => Error::interrupted(),
        _ => Error::interrupted().because(io),
    }
}
