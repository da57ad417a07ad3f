//! Whether a text can be a secret at all: entropy, and what people write where a secret would be.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::words::{REFERENCES, STAND_INS};

const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Tells whether `text` may be a secret by its characters: enough of them, not in a row, nothing that people write where a
/// secret would be.
pub(super) fn is_random(text: &[u8], least_entropy: f64) -> bool {
    entropy(text) >= least_entropy && !is_stand_in(text)
}

/// Tells whether `text` stands for a secret, or says how to get one.
pub(super) fn is_stand_in(text: &[u8]) -> bool {
    has_any(text, STAND_INS) || runs(text) || sequences(text) || wraps_sequence(text)
}

/// Whether it is base 64 of bytes that follow each other: what is written in the place of a key.
fn wraps_sequence(text: &[u8]) -> bool {
    text.len() >= 16 && STANDARD.decode(text).is_ok_and(|bytes| sequences(&bytes))
}

/// Tells whether `text` is filled in later, or names where the value is.
pub(super) fn is_reference(text: &[u8]) -> bool {
    let wrapped = |open: u8, close: u8| text.first() == Some(&open) && text.last() == Some(&close);
    let variable = text.first() == Some(&b'$')
        && text.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && text[1..].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
        || text.first() == Some(&b'$') && text[1..].iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_');
    wrapped(b'<', b'>')
        || wrapped(b'{', b'}')
        || wrapped(b'[', b']')
        || wrapped(b'%', b'%')
        || wrapped(b'(', b')')
        || variable
        || has_any(text, REFERENCES)
        || has_braces(text)
}

/// Whether something is to be filled in between braces.
fn has_braces(text: &[u8]) -> bool {
    let open = memchr::memchr(b'{', text);
    open.is_some_and(|open| memchr::memchr(b'}', &text[open..]).is_some())
}

/// Shannon entropy in bits a byte.
pub(super) fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let total = u32::try_from(bytes.len()).map_or(f64::INFINITY, f64::from);
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / total)
        .map(|share| -share * share.log2())
        .sum()
}

/// Tells whether `text` holds one of `words`, which are in small letters.
pub(super) fn has_any(text: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| contains(text, word.as_bytes()))
}

/// Tells whether `text` holds `word`, which is in small letters.
pub(super) fn contains(text: &[u8], word: &[u8]) -> bool {
    let first = word.first().copied().unwrap_or_default();
    text.len() >= word.len()
        && (0..=text.len() - word.len())
            .any(|at| text[at].to_ascii_lowercase() == first && text[at..at + word.len()].eq_ignore_ascii_case(word))
}

/// One character six times in a row, or one that makes up half of a longer text.
fn runs(text: &[u8]) -> bool {
    text.windows(6).any(|six| six.iter().all(|byte| *byte == six[0])) || text.len() >= 12 && repeats(text)
}

/// The same few characters again and again.
fn repeats(text: &[u8]) -> bool {
    (1..=text.len().min(24) / 3)
        .any(|period| text.len() >= 3 * period && text.iter().zip(&text[period..]).all(|(one, other)| one == other))
}

/// Nine characters that follow each other.
fn sequences(text: &[u8]) -> bool {
    let follows =
        |pair: &[u8]| pair[1] == pair[0].wrapping_add(1) || pair[0] == b'9' && matches!(pair[1], b'0' | b'a' | b'A');
    text.windows(9).any(|nine| nine.windows(2).all(follows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_is_that_of_the_textbook() {
        assert!((entropy(b"aabb") - 1.0).abs() < 1e-9 && (entropy(b"0123456789abcdef") - 4.0).abs() < 1e-9);
        assert!(entropy(b"aaaa").abs() < 1e-9 && entropy(b"").abs() < 1e-9);
    }

    #[test]
    fn what_people_write_in_the_place_of_a_secret() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "your_api_key",
            "xxxxxxxxxxxx",
            "abcabcabcabc",
            "0123456789abcdef",
            "changeMe!",
        ] {
            assert!(is_stand_in(text.as_bytes()), "{text}");
        }
        for text in ["Tr4vers-Quay.91", "kq83hfa01lzmxp5t"] {
            assert!(!is_stand_in(text.as_bytes()), "{text}");
        }
        for text in
            ["${DB_PASSWORD}", "{{ secret }}", "<token>", "process.env.KEY", "$PASSWORD", "%PASSWORD%", "$password"]
        {
            assert!(is_reference(text.as_bytes()), "{text}");
        }
        assert!(!is_reference(b"$tr0ng-P4ss") && !is_reference(b"pa$$w0rd9"));
    }
}
