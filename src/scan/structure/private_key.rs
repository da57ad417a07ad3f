//! Private keys: PEM in its many wrappings, and that of `PuTTY`.

use std::ops::Range;

use crate::scan::finding::Severity;
use crate::scan::plausible::entropy;

/// Longest key that is read; one of RSA with 16,384 bits has 12,500 characters.
const LONGEST: usize = 32 * 1024;
/// Fewest characters of base 64 that hold a key.
const FEWEST: usize = 40;

pub(super) fn pem(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let before = &bytes[keyword.start.saturating_sub(40)..keyword.start];
    let begin = before.windows(11).rposition(|there| there == b"-----BEGIN ")?;
    let label = &before[begin + 11..];
    let is_label = label.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b' ');
    let (length, letters) = body(&bytes[keyword.end..bytes.len().min(keyword.end + LONGEST)])?;
    let locked = label.starts_with(b"ENCRYPTED") || letters.locked;
    let found = is_label && letters.count >= FEWEST && letters.entropy >= 3.5;
    let start = keyword.start - (before.len() - begin);
    found.then_some((start..keyword.end + length, if locked { Severity::Warn } else { Severity::Block }))
}

pub(super) fn putty(bytes: &[u8], keyword: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let rest = &bytes[keyword.end..bytes.len().min(keyword.end + LONGEST)];
    let lines = rest.iter().position(|byte| *byte == b'\n')?;
    let length = rest[lines..].iter().take_while(|byte| is_base64(**byte) || byte.is_ascii_whitespace()).count();
    let found = &rest[lines..lines + length];
    let plain: Vec<u8> = found.iter().copied().filter(|byte| is_base64(*byte)).collect();
    let encrypted =
        bytes[keyword.start.saturating_sub(4096)..keyword.start].windows(16).any(|there| there == b"Encryption: none");
    let severity = if encrypted { Severity::Block } else { Severity::Warn };
    (plain.len() >= FEWEST && entropy(&plain) >= 3.5).then_some((keyword.start..keyword.end + lines + length, severity))
}

/// What a key's text comes to.
struct Letters {
    count: usize,
    entropy: f64,
    locked: bool,
}

/// Reads base 64 with what programs put between its lines: escapes, quotes, signs that join strings.
fn body(text: &[u8]) -> Option<(usize, Letters)> {
    let mut at = 0;
    let mut letters = Vec::new();
    let mut end = 0;
    let mut locked = false;
    while at < text.len() {
        match text[at] {
            byte if is_base64(byte) && byte != b'+' => {
                letters.push(byte);
                end = at + 1;
            }
            b'\\' => at += usize::from(text.get(at + 1).is_some_and(|next| b"nrt".contains(next))),
            // Headers such as `Proc-Type: 4,ENCRYPTED` end with a line.
            b':' => {
                let line = text[at..].iter().take(200).position(|byte| matches!(byte, b'\n' | b'\\'))?;
                locked |= text[at..at + line].windows(9).any(|there| there == b"ENCRYPTED")
                    || text[at..at + line].starts_with(b": AES");
                letters.clear();
                at += line;
            }
            b'-' if text[at..].starts_with(b"-----") => break,
            b'+' | b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b',' | b'-' | b'#' | b'*' | b'|' | b'>' => {
                if text[at] == b'+' {
                    letters.push(b'+');
                }
            }
            _ => break,
        }
        at += 1;
    }
    let entropy = entropy(&letters);
    Some((end, Letters { count: letters.len(), entropy, locked }))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
