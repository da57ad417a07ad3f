//! The audit log as whoever verifies it sees it: entries in chains of hashes. Knows nothing of where they are kept.
//!
//! Each process of a marketplace writes a chain of its own. The hash of an entry covers the one before and the digest of
//! the entry's content, so that a chain can be verified by somebody who may not read all of it. Each chain begins with the
//! heads of the chains that went on since the one before began, which anchors them in each other.

mod chain;
mod entry;

pub use chain::{Broken, ChainVerifier, GENESIS, Link, digest_of, hash_of};
pub use entry::{Anchor, Entry, Outcome};
