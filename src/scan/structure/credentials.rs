//! User and password in headers, registries' settings, command lines and netrc files.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::scan::assignment::{self, Assignment};
use crate::scan::finding::Severity;
use crate::scan::generic::{self, Surroundings};
use crate::scan::name::NameKind;

/// How far ahead a command line is read.
const LINE: usize = 400;

pub(super) fn basic(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let range = run(bytes, keyword.end, is_base64);
    holds_password(&bytes[range.clone()]).then_some((range, Severity::Block))
}

pub(super) fn bearer(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=|".contains(&byte);
    let range = run(bytes, keyword.end, is_token);
    let ends = bytes.get(range.end).is_none_or(|byte| !b"({[<$%".contains(byte));
    let severity = if ends { judged(&bytes[range.clone()], NameKind::Key) } else { None };
    severity.map(|severity| (range, severity))
}

pub(super) fn registry(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let name = keyword.start + bytes[keyword.clone()].iter().position(u8::is_ascii_alphabetic)?;
    let found = assignment::around(bytes, name..name + 4)?;
    holds_password(&bytes[found.value.clone()]).then_some((found.value, Severity::Block))
}

pub(super) fn argument(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let line = &bytes[keyword.end..bytes.len().min(keyword.end + LINE)];
    let line = &line[..line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len())];
    let flag = &bytes[keyword.clone()];
    let (at, with_user) = if flag.starts_with(b"sshpass") {
        (0, false)
    } else if flag.starts_with(b"mysql") {
        (line.windows(3).position(|there| there == b" -p")? + 3, false)
    } else {
        (0, true)
    };
    let quotes = line[at..].iter().take(3).take_while(|byte| b" \"'".contains(byte)).count();
    // After -p of mysql a space means that the password is asked for.
    if flag.starts_with(b"mysql") && line.get(at) == Some(&b' ') {
        return None;
    }
    let from = keyword.end + at + quotes;
    let range = run(bytes, from, |byte| byte.is_ascii_graphic() && !b"\"'`\\".contains(&byte));
    let text = &bytes[range.clone()];
    let skip = if with_user { text.iter().position(|byte| *byte == b':')? + 1 } else { 0 };
    let secret = range.start + skip..range.end;
    judged(&bytes[secret.clone()], NameKind::Password).map(|severity| (secret, severity))
}

pub(super) fn netrc(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let text = &bytes[keyword.end..bytes.len().min(keyword.end + LINE)];
    let at = text.windows(9).position(|there| there == b"password " || there == b"password\t")?;
    let between = &text[..at];
    if !between.windows(6).any(|there| there == b"login ") || between.len() > 250 {
        return None;
    }
    let secret = run(bytes, keyword.end + at + 9, |byte| byte.is_ascii_graphic());
    judged(&bytes[secret.clone()], NameKind::Password).map(|severity| (secret, severity))
}

fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> Range<usize> {
    let from = from.min(bytes.len());
    from..from + bytes[from..].iter().take(4096).take_while(|byte| belongs(**byte)).count()
}

fn judged(value: &[u8], kind: NameKind) -> Option<Severity> {
    let assignment = Assignment { name: 0..0, value: 0..0, quoted: true, leads: true, called: false, embedded: false };
    generic::judge(value, &assignment, Surroundings { kind, is_code: false })
}

/// Whether `text` is base 64 of a user and a password that somebody chose.
fn holds_password(text: &[u8]) -> bool {
    let decoded = STANDARD.decode(text).or_else(|_| STANDARD_NO_PAD.decode(text)).unwrap_or_default();
    let colon = decoded.iter().position(|byte| *byte == b':');
    let plain = text.len() >= 8 && decoded.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    let Some((user, secret)) = colon.filter(|_| plain).map(|at| (&decoded[..at], &decoded[at + 1..])) else {
        return false;
    };
    user != secret
        && secret.len() >= 6
        && judged(secret, NameKind::Password).or(judged(secret, NameKind::Key)).is_some()
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
