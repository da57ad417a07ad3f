//! `scheme://user:password@host`.

use std::ops::Range;

use crate::scan::finding::Severity;
use crate::scan::generic;
use crate::scan::plausible::{has_any, is_reference, is_stand_in};

/// Longest user and password.
const LONGEST: usize = 300;
/// Hosts of examples, and of the machine itself.
const NOWHERE: &[&str] =
    &["localhost", "127.0.0.1", "0.0.0.0", "example.", ".test", ".example", "[::1]", "host.docker.internal"];

pub(super) fn password(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let scheme = bytes[..keyword.start]
        .iter()
        .rev()
        .take(20)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'+')
        .count();
    let rest = &bytes[keyword.end..bytes.len().min(keyword.end + LONGEST)];
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/\"'`<>\\,?".contains(byte) || !byte.is_ascii_graphic();
    let authority = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
    let at = authority.iter().rposition(|byte| *byte == b'@')?;
    let colon = authority[..at].iter().position(|byte| *byte == b':')?;
    let (user, secret, host) = (&authority[..colon], &authority[colon + 1..at], &authority[at + 1..]);
    if scheme < 2 || host.is_empty() || user == secret || !is_password(secret) {
        return None;
    }
    let start = keyword.end + colon + 1;
    let nowhere = has_any(host, NOWHERE);
    let has_digit = secret.iter().any(u8::is_ascii_digit);
    if nowhere && (!has_digit || secret.len() < 8) {
        return None;
    }
    let strong = !nowhere && has_digit && secret.len() >= 8;
    Some((start..start + secret.len(), if strong { Severity::Block } else { Severity::Warn }))
}

fn is_password(secret: &[u8]) -> bool {
    let masked = secret.iter().all(|byte| b"*x.X_-".contains(byte));
    let variable = secret.starts_with(b"$")
        || secret.starts_with(b"%") && !secret.get(1..3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
        || secret.starts_with(b":")
        || secret.starts_with(b"#{");
    let kinds = [u8::is_ascii_lowercase as fn(&u8) -> bool, u8::is_ascii_uppercase, u8::is_ascii_digit]
        .iter()
        .filter(|kind| secret.iter().any(kind))
        .count();
    // A word in capitals is a name for what is to be filled in.
    let capitals = secret.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    secret.len() >= 5
        && !masked
        && !variable
        && !capitals
        && !is_reference(secret)
        && !is_stand_in(secret)
        && !generic::is_weak(secret)
        && (kinds > 1 || secret.len() >= 8 || secret.iter().any(u8::is_ascii_punctuation))
        && secret.iter().any(u8::is_ascii_alphabetic)
}
