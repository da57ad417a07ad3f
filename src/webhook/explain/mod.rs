//! Why a signature does not verify. Each diagnosis is proved: the signature that was received is computed anew under the
//! hypothesis that one thing went wrong, or two, and comes out the same. What no hypothesis reproduces is said to be
//! unexplained.
//!
//! A hypothesis is a choice along five dimensions (key, signed content, body, timestamp, id), each of which is a list in a
//! file of its own: another scheme or another mistake is another entry there.

mod body;
mod content;
mod encoding;
mod fault;
mod layout;
mod message;
mod question;
mod reading;
mod search;

pub use fault::{Diagnosis, Fault};
pub use message::read_message;
pub use question::{Explanation, Proof, Question, Verdict, explain};
