//! What a name says of its value: `dbPassword` of a password, `token_url` of none.

use super::words::{KEYS, OF_KEYS, OTHER_EXCEPTIONS, OTHERS, PASSWORDS};

/// What kind of secret a name tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    /// Something that a person may have thought of.
    Password,
    /// Something that a machine made.
    Key,
}

/// Tells what kind of secret `name` is of, if of any.
pub(super) fn kind(name: &[u8]) -> Option<NameKind> {
    let words: Words = split(name);
    let words = words.as_slice();
    let is = |word: &[u8], list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()));
    let telling = words.iter().enumerate().rev().find_map(|(at, word)| {
        if is(word, PASSWORDS) {
            return Some((at, NameKind::Password));
        }
        let made = word.eq_ignore_ascii_case(b"key") && at > 0 && is(words[at - 1], OF_KEYS);
        (made || is(word, KEYS)).then_some((at, NameKind::Key))
    });
    let (at, kind) = telling?;
    let ahead = words[..at].iter().any(|word| is(word, OTHERS) && !is(word, OTHER_EXCEPTIONS) && !is(word, OF_KEYS));
    let behind = words[at + 1..].iter().any(|word| is(word, OTHERS));
    (!ahead && !behind).then_some(kind)
}

/// Tells whether a value of `name` may be a secret: it holds a word such as `token`, and none that says otherwise.
pub(super) fn may_hold_secret(name: &[u8]) -> bool {
    let words = split(name);
    let words = words.as_slice();
    let has =
        |list: &[&str]| words.iter().any(|word| list.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes())));
    let plain = words.iter().any(|word| {
        word.eq_ignore_ascii_case(b"key") || word.eq_ignore_ascii_case(b"auth") || word.eq_ignore_ascii_case(b"hapikey")
    });
    let kept_apart = [
        "id",
        "url",
        "uri",
        "name",
        "file",
        "path",
        "public",
        "publishable",
        "commit",
        "sha",
        "hash",
        "digest",
        "checksum",
        "version",
        "endpoint",
    ];
    (plain || has(PASSWORDS) || has(KEYS)) && !has(&kept_apart)
}

/// A name's words, without taking memory: a name has few.
struct Words<'n> {
    words: [&'n [u8]; 16],
    count: usize,
}

impl<'n> Words<'n> {
    fn as_slice(&self) -> &[&'n [u8]] {
        &self.words[..self.count]
    }

    fn push(&mut self, word: &'n [u8]) {
        let word = word.trim_ascii();
        if !word.is_empty() && self.count < self.words.len() {
            self.words[self.count] = word;
            self.count += 1;
        }
    }
}

/// Splits at signs, where a capital follows a small letter, before the last of several capitals, and at digits.
fn split(name: &[u8]) -> Words<'_> {
    let mut words = Words { words: [&[]; 16], count: 0 };
    let mut start = 0;
    for at in 0..name.len() {
        let byte = name[at];
        if !byte.is_ascii_alphabetic() {
            words.push(&name[start..at]);
            start = at + 1;
            continue;
        }
        let after_small = at > start && byte.is_ascii_uppercase() && name[at - 1].is_ascii_lowercase();
        let next_small = name.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let last_capital = at > start && byte.is_ascii_uppercase() && name[at - 1].is_ascii_uppercase() && next_small;
        if after_small || last_capital {
            words.push(&name[start..at]);
            start = at;
        }
    }
    words.push(&name[start.min(name.len())..]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        let words = |name: &str| {
            split(name.as_bytes())
                .as_slice()
                .iter()
                .map(|word| String::from_utf8_lossy(word).into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(words("AWSSecretKey2"), ["AWS", "Secret", "Key"]);
        assert_eq!(words("db.main-password_old"), ["db", "main", "password", "old"]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn names_tell_of_secrets() {
        for name in [
            "password",
            "DB_PASSWORD",
            "dbPassword1",
            "spring.datasource.password",
            "POSTGRES_PASSWORD_PROD",
            "pwd",
            "rootPass",
        ] {
            assert_eq!(kind(name.as_bytes()), Some(NameKind::Password), "{name}");
        }
        for name in [
            "api_key",
            "apiKey",
            "X-Api-Key",
            "client_secret",
            "JWT_SECRET",
            "authToken",
            "SECRET_KEY_BASE",
            "accessToken",
            "encryptionKey",
            "_authToken",
        ] {
            assert_eq!(kind(name.as_bytes()), Some(NameKind::Key), "{name}");
        }
        for name in [
            "password_hash",
            "passwordField",
            "token_url",
            "secretName",
            "nextToken",
            "public_key",
            "primary_key",
            "passwordResetUrl",
            "key",
            "tokenType",
            "passwordMinLength",
            "compass",
            "bypass",
            "tokenizer",
        ] {
            assert_eq!(kind(name.as_bytes()), None, "{name}");
        }
    }
}
