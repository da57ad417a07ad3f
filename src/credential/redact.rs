//! Taking credentials out of foreign words, such as the output of a program that was given one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Takes each word of `secret` out of `text`: as it is, in percent signs, and in base64. Of a text whose beginning is
/// `cut` off, as much is dropped as could be the rest of a secret.
pub fn redact(text: &str, secret: &str, cut: bool) -> String {
    let mut clean = text.to_owned();
    for whole in std::iter::once(secret).chain(secret.split_whitespace()) {
        let bare = whole.strip_prefix("whsec_").unwrap_or(whole);
        for word in [whole, bare].into_iter().filter(|word| word.len() > 8) {
            // Only whole groups of three: what a program adds, a line end say, changes the rest.
            let groups = &word.as_bytes()[..word.len() / 3 * 3];
            let escaped = utf8_percent_encode(word, NON_ALPHANUMERIC).to_string();
            for form in [word, &escaped, &STANDARD_NO_PAD.encode(groups)] {
                clean = clean.replace(form, "…");
            }
        }
    }
    if !cut {
        return clean;
    }
    let longest = secret.len() * 4 / 3 + 4;
    clean.chars().skip(longest).collect()
}

/// Shortest text that could be a secret, with its prefix.
const SHORTEST: usize = 20;

/// Cuts whatever looks like a secret down to its prefix.
pub fn without_secrets(text: &str) -> String {
    let (mut clean, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((at, prefix)) =
        ["pvq_", "whsec_"].into_iter().filter_map(|word| Some((rest.find(word)?, word))).min()
    {
        let (before, found) = rest.split_at(at);
        let end = found.find(|c: char| !(c.is_ascii_alphanumeric() || "_+/=-".contains(c))).unwrap_or(found.len());
        clean.push_str(before);
        if end < SHORTEST {
            clean.push_str(&found[..end]);
        } else {
            clean.push_str(prefix);
            clean.push('…');
        }
        rest = &found[end..];
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{ApiKey, KeyKind};
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_taken_out_in_every_form() {
        let key = ApiKey::generate(KeyKind::Test).expect("randomness");
        let secret = key.expose();
        let encoded = STANDARD.encode(format!("{secret}\n"));
        let text = format!("got {secret}, {{\"k\": \"{secret}\"}} {encoded}");
        let clean = redact(&text, secret, false);
        assert!(!clean.contains(&secret[13..]) && !clean.contains(&encoded[20..40]), "{clean}");
        assert!(clean.starts_with("got …, {\"k\": \"…\"}"), "{clean}");
        let pair = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo= whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=";
        let clean = redact(&format!("a {pair} b YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo%3D"), pair, false);
        assert!(!clean.contains("QUJD") && !clean.contains("YWJj"), "{clean}");
    }

    #[test]
    fn what_looks_like_a_secret_is_cut_down() {
        let key = ApiKey::generate(KeyKind::Test).expect("randomness");
        let text =
            format!("'{}' and x={}: whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo= pvq_test_", key.expose(), key.expose());
        assert_eq!(without_secrets(&text), "'pvq_…' and x=pvq_…: whsec_… pvq_test_");
        assert_eq!(without_secrets("nothing here"), "nothing here");
    }

    proptest! {
        #[test]
        fn nothing_of_a_key_is_left_where_the_text_is_cut(at in 0usize..94, rest in 0usize..200) {
            let key = ApiKey::generate(KeyKind::Test).expect("randomness");
            let text = format!("{}{}{}", key.expose(), key.expose(), "-".repeat(rest));
            let clean = redact(&text[at..], key.expose(), true);
            prop_assert!(clean.chars().all(|c| c == '-' || c == '…'), "{clean}");
        }
    }
}
