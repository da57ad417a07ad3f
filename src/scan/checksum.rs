//! Checksums and inner forms by which a token is told from what only looks like one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::credential::ApiKey;

/// The checksum of this marketplace's keys: over all that precedes it.
pub(super) fn proveniq(token: &[u8]) -> bool {
    std::str::from_utf8(token).is_ok_and(ApiKey::checksum_holds)
}

/// The checksum of GitHub's and npm's tokens: over what follows the prefix.
pub(super) fn github(token: &[u8]) -> bool {
    let text = std::str::from_utf8(token).unwrap_or_default();
    text.split_once('_').is_some_and(|(_, rest)| ApiKey::checksum_holds(rest))
}

/// A Discord bot's token begins with the number of its account, in base 64.
pub(super) fn discord(token: &[u8]) -> bool {
    let first = token.split(|byte| *byte == b'.').next().unwrap_or_default();
    URL_SAFE_NO_PAD.decode(first).is_ok_and(|id| (17..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit))
}
