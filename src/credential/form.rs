//! The form that all secrets of a marketplace share: a prefix, 32 random characters of `0-9A-Za-z`, then the CRC-32 of all
//! that precedes as 6 characters of the same alphabet, most significant first. Scanners recognise it offline.

use secrecy::SecretString;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH: usize = 32;
const CHECKSUM_LENGTH: usize = 6;

/// Makes a secret from the system's randomness; fails only where the system has none.
pub(super) fn generate(prefix: &str) -> Result<SecretString, getrandom::Error> {
    let mut text = String::with_capacity(64);
    text.push_str(prefix);
    while text.len() < prefix.len() + RANDOM_LENGTH {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes)?;
        let missing = prefix.len() + RANDOM_LENGTH - text.len();
        // 248 is the largest multiple of 62 in a byte: what lies above would favour the first letters.
        let even = bytes.iter().filter(|byte| **byte < 248).map(|byte| char::from(ALPHABET[usize::from(byte % 62)]));
        text.extend(even.take(missing));
    }
    text.push_str(&checksum(&text));
    Ok(text.into())
}

/// Checks what follows `prefix`, which `text` begins with; the error says what is wrong and never repeats the secret.
pub(super) fn check(text: &str, prefix: &str) -> Result<(), &'static str> {
    if text.len() != prefix.len() + RANDOM_LENGTH + CHECKSUM_LENGTH {
        return Err("it has the wrong length: it may be cut off, or hold a space or a line end");
    }
    if !text.bytes().skip(prefix.len()).all(|byte| ALPHABET.contains(&byte)) {
        return Err("it holds a character that no key has");
    }
    if !checksum_holds(text) {
        return Err("its checksum is wrong: it was mistyped or changed");
    }
    Ok(())
}

/// Tells whether the last 6 characters are the checksum of those before.
pub(super) fn checksum_holds(text: &str) -> bool {
    text.is_ascii() && text.len().checked_sub(CHECKSUM_LENGTH).is_some_and(|at| checksum(&text[..at]) == text[at..])
}

/// CRC-32 in base 62, most significant first, padded to 6 characters.
pub(super) fn checksum(text: &str) -> String {
    let mut number = crc32fast::hash(text.as_bytes());
    let mut digits = [b'0'; CHECKSUM_LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(number % 62) as usize];
        number /= 62;
    }
    digits.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The format of GitHub and npm tokens: base 62 of CRC-32, padded with zeros to 6.
    #[test]
    fn checksum_is_crc32_in_base_62() {
        assert_eq!(crc32fast::hash(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum("123456789"), base62(0xcbf4_3926));
        assert_eq!(checksum(""), "000000");
    }

    fn base62(mut number: u64) -> String {
        let mut text = String::new();
        while number > 0 {
            text.insert(0, char::from(ALPHABET[usize::try_from(number % 62).expect("small")]));
            number /= 62;
        }
        format!("{text:0>6}")
    }
}
