//! Values that only their names give away. People call many things a token, so that these warn unless they are strong.

use super::assignment::Assignment;
use super::finding::Severity;
use super::name::NameKind;
use super::plausible::{contains, entropy, has_any, is_reference, is_stand_in};
use super::words::{FILES, HARMLESS, WEAK};

/// What tells of a value: its name, where it stands, and what file it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    pub(super) kind: NameKind,
    /// Whether the file is a program's source: what is not in quotes there is an expression.
    pub(super) is_code: bool,
}

/// Judges a value; `None` where it is no secret.
pub(super) fn judge(value: &[u8], assignment: &Assignment, about: Surroundings) -> Option<Severity> {
    let Assignment { quoted, leads, called, embedded, .. } = *assignment;
    if !quoted && (about.is_code && !embedded || !leads && value.iter().any(|byte| b"()[]{}".contains(byte))) {
        return None;
    }
    if !is_plain(value)
        || is_harmless(value)
        || is_reference(value)
        || is_stand_in(value)
        || is_words(value) && !is_chosen(value, about.kind)
    {
        return None;
    }
    let classes = Classes::of(value);
    if (called || !quoted) && classes.digits == 0 {
        return None;
    }
    match about.kind {
        NameKind::Password => password(value, classes),
        NameKind::Key => key(value, classes),
    }
}

fn password(value: &[u8], classes: Classes) -> Option<Severity> {
    if !(6..=200).contains(&value.len())
        || classes.letters() == 0
        || classes.digits + classes.signs == 0
        || classes.distinct < 5
    {
        return None;
    }
    // A word with a sign in it is a word.
    if classes.digits == 0 && (classes.signs < 2 || classes.kinds() < 3) && value.len() < 14 {
        return (classes.kinds() == 3 && value.len() >= 8 && !has_any(value, WEAK)).then_some(Severity::Warn);
    }
    let strong = value.len() >= 12
        && classes.kinds() >= 3
        && entropy(value) >= 3.0
        && !has_any(value, &["test", "pass", "secret"]);
    Some(if strong { Severity::Block } else { Severity::Warn })
}

fn key(value: &[u8], classes: Classes) -> Option<Severity> {
    let (length, entropy) = (value.len(), entropy(value));
    // Numbers of requests and the like are called tokens too.
    if length < 10 || classes.letters() == 0 || is_uuid(value) {
        return None;
    }
    let is_hex = value.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    if classes.digits == 0 {
        // Letters alone: words put together are told by their few capitals.
        let mixed = classes.upper >= 5 && classes.lower >= 5 && length >= 20 && entropy >= 4.0;
        return mixed.then_some(Severity::Warn);
    }
    let least = if is_hex {
        2.9
    } else if length >= 20 {
        3.3
    } else {
        3.0
    };
    if entropy < least || length < 16 && classes.kinds() < 3 {
        return None;
    }
    let strong = length >= 20
        && entropy >= if is_hex { 3.2 } else { 3.6 }
        && (classes.kinds() >= 3 || is_hex && length >= 32 && !value.contains(&b'-'));
    Some(if strong { Severity::Block } else { Severity::Warn })
}

fn is_uuid(value: &[u8]) -> bool {
    let hyphens = [8, 13, 18, 23];
    value.len() == 36
        && value
            .iter()
            .enumerate()
            .all(|(at, byte)| if hyphens.contains(&at) { *byte == b'-' } else { byte.is_ascii_hexdigit() })
}

/// Whether the characters are those of a secret: visible ASCII without spaces.
fn is_plain(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_graphic) && !value.windows(3).any(|three| three == b"://")
}

fn is_harmless(value: &[u8]) -> bool {
    let begins = |text: &&str| {
        text.len() > 2 && value.get(..text.len()).is_some_and(|there| there.eq_ignore_ascii_case(text.as_bytes()))
    };
    let begins_with_sign =
        matches!(value.first(), Some(b'/' | b'#' | b'~')) && value.len() < 60 && value.contains(&b'/');
    let ends = |text: &&str| {
        value.len() >= text.len() && value[value.len() - text.len()..].eq_ignore_ascii_case(text.as_bytes())
    };
    HARMLESS.iter().any(begins)
        || begins_with_sign
        || FILES.iter().any(ends)
        || is_weak(value)
        || (value.len() < 40 && contains(value, b"example"))
}

/// Tells whether `value` is one of the words that people write where no password is meant, also with digits for letters
/// and a few more signs.
pub(super) fn is_weak(value: &[u8]) -> bool {
    let mut weak = value.to_ascii_lowercase();
    weak.retain(u8::is_ascii_alphabetic);
    let leet: Vec<u8> = value
        .iter()
        .map(|byte| match byte {
            b'0' => b'o',
            b'1' | b'!' => b'i',
            b'3' => b'e',
            b'4' | b'@' => b'a',
            b'5' | b'$' => b's',
            other => other.to_ascii_lowercase(),
        })
        .filter(u8::is_ascii_alphabetic)
        .collect();
    let is_known = |text: &[u8]| value.len() < text.len() + 5 && WEAK.iter().any(|word| word.as_bytes() == text);
    is_known(&weak) || is_known(&leet)
}

/// Whether somebody may have chosen a word with a number for a password.
fn is_chosen(value: &[u8], kind: NameKind) -> bool {
    let letters = value.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    kind == NameKind::Password
        && letters >= 4
        && letters < value.len()
        && value[letters..].iter().all(u8::is_ascii_digit)
}

/// Names, words with signs between them, versions, dates, calls: what programs are made of.
fn is_words(value: &[u8]) -> bool {
    let mut pieces =
        value.split(|byte| matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b' ' | b',' | b'|' | b'+' | b'[' | b']'));
    let all_words = pieces.all(|piece| is_word(piece) || is_weak(piece));
    let capitals = value.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_' || byte.is_ascii_digit())
        && value.contains(&b'_');
    let is_call = value.ends_with(b")") && value.contains(&b'(') || value.contains(&b'<') && value.contains(&b'>');
    let numbers = value.iter().all(|byte| byte.is_ascii_digit() || b".-:/T ZxX,".contains(byte));
    all_words
        || capitals && value.split(|byte| *byte == b'_').all(|piece| is_word(piece) || piece.len() < 4)
        || is_call
        || numbers
}

/// A word as it is written in names: letters in one case or with few capitals, at most three digits behind.
fn is_word(piece: &[u8]) -> bool {
    let letters = piece.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, digits) = piece.split_at(letters);
    let few_digits = digits.len() <= if word.is_empty() { 4 } else { 3 } && digits.iter().all(u8::is_ascii_digit);
    if !few_digits {
        return false;
    }
    let capitals = word.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let one_case = capitals == 0 || capitals == word.len();
    let vowels = word.iter().filter(|byte| b"aeiouyAEIOUY".contains(byte)).count();
    // Camel case has a capital every few letters, and words have vowels.
    let humps = word.first().is_none_or(u8::is_ascii_alphabetic) && capitals * 3 <= word.len() + 2;
    word.len() < 4
        || ((one_case && word.len() <= 18 || humps && !one_case)
            && vowels * 6 >= word.len()
            && vowels * 5 <= word.len() * 4)
        || (digits.is_empty() && one_case && word.len() < 8)
}

/// How many characters of each class a text has.
#[derive(Debug, Clone, Copy, Default)]
struct Classes {
    lower: usize,
    upper: usize,
    digits: usize,
    signs: usize,
    distinct: usize,
}

impl Classes {
    fn of(text: &[u8]) -> Self {
        let mut seen = [false; 256];
        let mut classes = Classes::default();
        for byte in text {
            seen[usize::from(*byte)] = true;
            match byte {
                b'a'..=b'z' => classes.lower += 1,
                b'A'..=b'Z' => classes.upper += 1,
                b'0'..=b'9' => classes.digits += 1,
                _ => classes.signs += 1,
            }
        }
        classes.distinct = seen.into_iter().filter(|seen| *seen).count();
        classes
    }

    fn letters(self) -> usize {
        self.lower + self.upper
    }

    /// How many classes there are.
    fn kinds(self) -> usize {
        [self.lower, self.upper, self.digits, self.signs].into_iter().filter(|count| *count > 0).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(value: &str, kind: NameKind) -> Option<Severity> {
        let assignment =
            Assignment { name: 0..0, value: 0..0, quoted: true, leads: false, called: false, embedded: false };
        judge(value.as_bytes(), &assignment, Surroundings { kind, is_code: false })
    }

    #[test]
    fn passwords_and_what_is_none() {
        for value in ["hunter2", "Winter-2019!", "tr4velling", "kX9#mQ2$vL5", "9f8e7d6c5b4a"] {
            assert!(judged(value, NameKind::Password).is_some(), "{value}");
        }
        for value in [
            "password",
            "password123",
            "P@ssw0rd",
            "changeme",
            "${DB_PASSWORD}",
            "<password>",
            "$2b$12$abcdefghijklmnopqrstuv",
            "user.password.label",
            "s3cret-of-the-provider",
            "Enter your password",
            "********",
            "secret/data/db",
            "PASSWORD",
            "/run/secrets/db",
            "true",
            "12345678",
            "passwordInput",
            "getPassword()",
            "string",
            "test1234",
        ] {
            assert_eq!(judged(value, NameKind::Password), None, "{value}");
        }
        assert_eq!(judged("kX9#mQ2$vL5&wR8", NameKind::Password), Some(Severity::Block));
    }

    #[test]
    fn keys_and_what_is_none() {
        for value in ["9c1f3e7a5b2d4860e1f2a3b4c5d6e7f8", "Zk3Jq8Wv5Lm2Xr7Tn4Bp", "sk9dj2kq0fm3nz7x"] {
            assert!(judged(value, NameKind::Key).is_some(), "{value}");
        }
        for value in [
            "my-secret-name",
            "accessToken",
            "ACCESS_TOKEN_V2",
            "token",
            "application/json",
            "Bearer",
            "com.acme.auth.TokenProvider",
            "v1.2.3",
            "2024-01-01T00:00:00Z",
            "refresh_token_2",
            "xxxxxxxxxxxxxxxx",
            "AAAAAAAAAAAAAAAAAAAAAAAA",
            "https://a.test/x9",
            "your-api-key-here",
            "getTokenFromHeader",
        ] {
            assert_eq!(judged(value, NameKind::Key), None, "{value}");
        }
    }
}
