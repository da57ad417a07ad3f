//! A sign-in that the marketplace has just given, and nobody has stored yet.

use crate::credential::Login;
use crate::interrupt::Finishing;

/// A fresh sign-in. It is stored or revoked again before this program ends, also where it is asked to end meanwhile.
#[derive(Debug)]
pub struct Obtained {
    /// The tokens.
    pub login: Login,
    /// Holds the end off.
    pub finishing: Finishing,
}
