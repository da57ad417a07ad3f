//! Being asked to end: a flag that long work looks at, and whether a person is being asked something meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// Tells work that does not wait for anything that this program was asked to end. Clones share their state.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<State>);

#[derive(Debug, Default)]
struct State {
    set: AtomicBool,
    asking: AtomicBool,
}

/// A question is on the terminal while this lives.
#[derive(Debug)]
pub struct Asking<'a>(&'a Interrupt);

impl Interrupt {
    /// Asks to end.
    pub fn set(&self) {
        self.0.set.store(true, Ordering::SeqCst);
    }

    /// Whether somebody asked.
    pub fn is_set(&self) -> bool {
        self.0.set.load(Ordering::SeqCst)
    }

    /// Notes that a person is asked something from now on; an error where this program was asked to end before.
    pub fn asking(&self) -> Result<Asking<'_>> {
        self.0.asking.store(true, Ordering::SeqCst);
        let asking = Asking(self);
        if self.is_set() { Err(Error::interrupted()) } else { Ok(asking) }
    }

    /// Whether a question is on the terminal: nothing but an answer ends that, and nothing needs to be put in order.
    pub fn is_asking(&self) -> bool {
        self.0.asking.load(Ordering::SeqCst)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.0.asking.store(false, Ordering::SeqCst);
    }
}
