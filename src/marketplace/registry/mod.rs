//! Accepting a package: the bytes must be what was announced, the archive canonical, the manifest inside the announced
//! one, the claim signed by whom it says, and every static check must hold here too. What is accepted is countersigned.

mod claim;
mod countersign;
mod examine;

pub(super) use countersign::{approve, countersign};
pub(super) use examine::{Accepted, Outside, Refused, examine, look_up, published_before};
