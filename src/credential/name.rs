//! What keys and clients are called.

use icu_normalizer::DecomposingNormalizer;

/// The marketplace's own name, which nobody else's may hold.
const OWN: &str = "proveniq";
/// Letters and digits that look like those of the own name once marks and compatibility forms are taken off: of other
/// scripts (Unicode TR 39, `confusables.txt`), and those that are written for them.
const LOOK_ALIKES: [(char, &str); 8] = [
    ('p', "\u{3c1}\u{440}\u{1d18}"),
    ('r', "\u{433}\u{1d26}\u{280}"),
    ('o', "0\u{f8}\u{3bf}\u{43e}\u{585}\u{1d0f}"),
    ('v', "\u{3bd}\u{475}\u{1d20}"),
    ('e', "3\u{435}\u{4bd}\u{1d07}"),
    ('n', "\u{3b7}\u{43f}\u{578}\u{274}"),
    ('i', "1l|\u{131}\u{3b9}\u{456}\u{4cf}\u{26a}"),
    ('q', "9\u{51b}\u{563}\u{566}"),
];

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

/// Tells whether a name holds the marketplace's own, or what a person would take for it: in capitals, with marks, spaces or
/// signs between the letters, or with letters of other scripts.
pub fn looks_like_ours(name: &str) -> bool {
    let plain = DecomposingNormalizer::new_nfkd().normalize(name).to_lowercase();
    let letter = |c: char| LOOK_ALIKES.iter().find(|(_, others)| others.contains(c)).map_or(c, |(own, _)| *own);
    let letters: String = plain.chars().map(letter).filter(|c| c.is_alphanumeric()).collect();
    letters.contains(OWN)
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

    #[test]
    fn the_own_name_is_known_in_disguise() {
        for ours in [
            "proveniq",
            "The ProvenIQ App",
            "pro-ven iq",
            "Pr\u{f3}v\u{e9}niq",
            "pr\u{43e}v\u{435}n\u{456}q",
            "\u{ff50}\u{ff52}\u{ff4f}\u{ff56}\u{ff45}\u{ff4e}\u{ff49}\u{ff51}",
            "\u{24c5}roveniq",
            "pr0ven1q",
            "provenlq",
            "PROVEN\u{130}Q",
            "p\u{301}roveniq",
        ] {
            assert!(looks_like_ours(ours), "{ours:?}");
        }
        for other in [
            "Claim Sync",
            "Provenance",
            "proven",
            "Provence IQ",
            "pro",
            "",
            "\u{43f}\u{440}\u{438}\u{432}\u{435}\u{442}",
        ] {
            assert!(!looks_like_ours(other), "{other:?}");
        }
    }
}
