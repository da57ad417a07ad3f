//! The code with which a person signs in to a sandbox.

use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

use super::ApiKey;
use crate::package::hex;

/// Twelve hex digits in groups of 4, derived from the sandbox's bootstrap token: whoever may read that file knows the code,
/// and the code does not tell the token.
pub fn sandbox_sign_in_code(token: &ApiKey) -> SecretString {
    let digits = hex(&Sha256::digest(format!("proveniq sandbox sign-in\n{}", token.expose())));
    format!("{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..12]).into()
}
