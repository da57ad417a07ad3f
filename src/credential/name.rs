//! What keys and clients are called.

/// Checks what a key is to be called: 1 to 64 characters that can be seen, and no secret. Spaces around it are dropped.
pub fn key_name(name: &str) -> Result<String, &'static str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 64 || name.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err("a key's name must have 1 to 64 characters, none of them a control character");
    }
    if secret_in(name).is_some() {
        return Err("a key's name must not look like a secret: names are shown");
    }
    Ok(name.to_owned())
}

/// What kind of secret a text looks like, or holds: names never do.
pub fn secret_in(text: &str) -> Option<&'static str> {
    let kinds = [("pvq_", "a key"), ("whsec_", "a signing secret")];
    kinds.into_iter().find_map(|(prefix, kind)| text.contains(prefix).then_some(kind))
}

/// Characters that are not seen, or that turn around what is: a name must not look like another one.
pub fn is_invisible(c: char) -> bool {
    matches!(
        u32::from(c),
        0xad | 0x61c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe007f
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_seen_as_it_is_and_is_no_secret() {
        assert_eq!(key_name(" CI of Acme "), Ok("CI of Acme".to_owned()));
        for bad in ["", "a\u{202e}b", "a\u{200b}b", "a\nb", "pvq_test_x", "my whsec_x"] {
            assert!(key_name(bad).is_err(), "{bad:?}");
        }
    }
}
