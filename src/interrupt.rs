//! Being asked to end: a flag that long work looks at, and whether a person is being asked something meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use crate::error::{Error, Result};

/// Tells work that does not wait for anything that this program was asked to end. Clones share their state.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<State>);

#[derive(Debug, Default)]
struct State {
    set: AtomicBool,
    asking: AtomicBool,
    /// How many hold what must not be dropped half-way.
    finishing: watch::Sender<usize>,
}

/// Something that must not be dropped half-way is under way while this lives.
#[derive(Debug)]
pub struct Finishing(Interrupt);

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

    /// Notes that what begins now must come to its end, or put itself in order, before this program ends; an error where
    /// this program was asked to end before.
    pub fn finishing(&self) -> Result<Finishing> {
        self.0.finishing.send_modify(|count| *count += 1);
        let finishing = Finishing(self.clone());
        if self.is_set() { Err(Error::interrupted()) } else { Ok(finishing) }
    }

    /// Whether something is under way that must come to its end.
    pub fn is_finishing(&self) -> bool {
        *self.0.finishing.borrow() > 0
    }

    /// Waits until nothing is under way that must come to its end.
    pub async fn finished(&self) {
        // The sender lives as long as this does.
        let _ = self.0.finishing.subscribe().wait_for(|count| *count == 0).await;
    }

    /// Whether a question is on the terminal: nothing but an answer ends that, and nothing needs to be put in order.
    pub fn is_asking(&self) -> bool {
        self.0.asking.load(Ordering::SeqCst)
    }
}

impl Drop for Finishing {
    fn drop(&mut self) {
        self.0.0.finishing.send_modify(|count| *count -= 1);
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.0.asking.store(false, Ordering::SeqCst);
    }
}
