//! Guessing what a person types: codes are short, so that wrong ones are slowed down, by address and by account.

use std::time::Instant;

use super::page::Refusal;
use crate::marketplace::Marketplace;
use crate::marketplace::storage::Trail;

/// An attempt that counts as a wrong guess until it is known to be right. Counting it first leaves no gap for those who
/// guess many at once.
#[must_use]
pub(super) struct Guess<'a> {
    state: &'a Marketplace,
    keys: Vec<String>,
}

impl<'a> Guess<'a> {
    pub(super) fn begin(state: &'a Marketplace, trail: &Trail, account: Option<&str>) -> Result<Self, Refusal> {
        let address = format!("address {}", trail.place());
        let wanted = [Some(address), account.map(|account| format!("account {account}"))];
        let mut guess = Guess { state, keys: Vec::new() };
        for key in wanted.into_iter().flatten() {
            if let Err(wait) = state.0.guesses.attempt(&key, Instant::now()).allowed {
                guess.was_right();
                return Err(Refusal::too_often(wait).by(account));
            }
            guess.keys.push(key);
        }
        Ok(guess)
    }

    /// What was typed is right, and counts for nothing.
    pub(super) fn was_right(self) {
        self.keys.iter().for_each(|key| self.state.0.guesses.forgive(key));
    }
}
