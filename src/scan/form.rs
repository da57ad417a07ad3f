//! Forms of secrets: how examples are written down without writing a secret down.
//!
//! In a form, braces hold an alphabet and a count, such as `ghp_{30}{crc}` or `{h32}`; the rest stands for itself.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::credential::ApiKey;
use crate::event::SplitMix64;

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Puts an example of `form` together; the same numbers make the same example.
///
/// `{36}` base 62, `{h8}` and `{H8}` hex, `{a8}` and `{A8}` digits and letters of one case, `{l8}` and `{L8}` letters,
/// `{d8}` digits, `{q8}` base 32, `{z8}` that of Bech32, `{b8}` base 64, `{w8}` the form of it for URLs, `{uuid}`, `{crc}` the checksum of what
/// follows the last underscore, as GitHub and npm have it, `{pvq}` that of the whole word, `{b64:...}` and `{u64:...}` base 64
/// of a form, `{id:18}` that of a number, `{+}` and `{-}` braces. What is in braces and none of these stays as it is.
pub fn synthesise(form: &str, random: &mut SplitMix64) -> String {
    let mut text = String::new();
    let mut rest = form;
    while let Some(open) = rest.find('{') {
        let Some(length) = closing(&rest[open..]) else { break };
        text.push_str(&rest[..open]);
        let made = piece(&rest[open + 1..open + length - 1], &text, random);
        // What is none of the forms is text, in which there may be forms.
        let used = if made.is_some() { length } else { 1 };
        text.push_str(made.as_deref().unwrap_or("{"));
        rest = &rest[open + used..];
    }
    text.push_str(rest);
    text
}

/// Length of the part in braces that `text` begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

fn piece(part: &str, before: &str, random: &mut SplitMix64) -> Option<String> {
    if let Some(form) = part.strip_prefix("b64:") {
        return Some(STANDARD.encode(synthesise(form, random)));
    }
    if let Some(form) = part.strip_prefix("u64:") {
        return Some(URL_SAFE_NO_PAD.encode(synthesise(form, random)));
    }
    if let Some(count) = part.strip_prefix("id:") {
        return Some(STANDARD_NO_PAD.encode(synthesise(&format!("{{d{count}}}"), random)));
    }
    match part {
        "+" => return Some("{".into()),
        "-" => return Some("}".into()),
        "crc" => return Some(ApiKey::checksum_of(before.rsplit('_').next().unwrap_or_default())),
        "pvq" => {
            let token = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
            return Some(ApiKey::checksum_of(token.unwrap_or_default()));
        }
        "uuid" => {
            let mut hex = |count| random.text(b"0123456789abcdef", count);
            return Some(format!("{}-{}-4{}-a{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12)));
        }
        _ => {}
    }
    let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let count: usize = digits.parse().ok().filter(|count| *count <= 4096)?;
    let alphabet: &[u8] = match &part[..part.len() - digits.len()] {
        "" => BASE62,
        "h" => b"0123456789abcdef",
        "H" => b"0123456789ABCDEF",
        "a" => b"0123456789abcdefghijklmnopqrstuvwxyz",
        "A" => &BASE62[..36],
        "l" => &BASE62[36..],
        "L" => &BASE62[10..36],
        "d" => &BASE62[..10],
        "z" => b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
        "q" => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        "b" => b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/",
        "w" => b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_",
        _ => return None,
    };
    // Signs stand in the middle, so that an example does not end in one by chance.
    let plain = if alphabet.len() == 64 { BASE62 } else { alphabet };
    Some(match count {
        0 => String::new(),
        1 => random.text(plain, 1),
        _ => random.text(plain, 1) + &random.text(alphabet, count - 2) + &random.text(plain, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_become_examples() {
        let mut random = SplitMix64::new(1);
        let mut made = |form| synthesise(form, &mut random);
        assert_eq!(made("plain {text} {").len(), "plain {text} {".len());
        let token = made("ghp_{30}{crc}");
        assert!(ApiKey::checksum_holds(&token[4..]) && token.len() == 40, "{token}");
        let hex = made("x{h32}");
        assert!(hex.len() == 33 && hex[1..].bytes().all(|byte| byte.is_ascii_hexdigit()), "{hex}");
        assert_eq!(made("{uuid}").len(), 36);
        assert_eq!(made("{b64:key={d5}}").len(), 12);
        assert_eq!(made("{+}{-}"), "{}");
    }
}
