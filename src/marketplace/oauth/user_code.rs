//! User codes (RFC 8628 section 6.1): letters that are told apart, no vowels that make words.

const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const LENGTH: usize = 8;

/// A fresh code without separators: 20 to the power of 8 are possible.
pub(super) fn generate() -> Result<String, getrandom::Error> {
    let mut code = String::new();
    while code.len() < LENGTH {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        // 240 is the largest multiple of 20 in a byte.
        let even = bytes.iter().filter(|byte| **byte < 240).map(|byte| char::from(LETTERS[usize::from(byte % 20)]));
        code.extend(even.take(LENGTH - code.len()));
    }
    Ok(code)
}

/// As people read it: two groups of four.
pub(super) fn shown(code: &str) -> String {
    format!("{}-{}", &code[..4], &code[4..])
}

/// What a person typed, without what does not count; `None` where it cannot be a code.
pub(super) fn typed(text: &str) -> Option<String> {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
    (letters.len() == LENGTH && letters.bytes().all(|letter| LETTERS.contains(&letter))).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = generate().expect("randomness");
        assert_eq!(typed(&shown(&code)), Some(code.clone()));
        assert_eq!(typed(&format!(" {} ", code.to_lowercase())), Some(code));
        assert_eq!(typed("BCDF-GHJ"), None);
        assert_eq!(typed("AEIO-UAEI"), None);
    }
}
