//! Rotation of keys and of the signing secret: the state machine of `credential`, driven. It is written to a journal
//! before each step, so that one that was cut off anywhere can be finished or taken back.

mod begin;
mod drive;
mod due;
mod hand_over;
mod resume;
mod steps;

pub use begin::{SIGNING_SECRET, Wish, begin};
pub use drive::{Rotated, Rotating};
pub use due::{Age, age};
pub use hand_over::check_targets;
pub use resume::{TakenBack, resume, take_back};
