//! Names that a reader takes for others.

/// Shortest name that is taken for another by one letter alone: `ab` and `ac` are two names.
const SHORTEST: usize = 4;
/// Letters and digits that look alike, and what stands for them.
const ALIKE: [(&str, &str); 9] =
    [("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("2", "z"), ("8", "b")];

/// Whether two different names of `[a-z0-9-]` are easily taken for each other: they differ in hyphens, in what looks alike, or
/// in one letter that is another, is missing, is too many, or has changed places with the next.
pub fn looks_like(one: &str, other: &str) -> bool {
    if one == other {
        return false;
    }
    skeleton(one) == skeleton(other)
        || (one.len().min(other.len()) >= SHORTEST && one_edit_away(one.as_bytes(), other.as_bytes()))
}

/// What is left of a name once what looks alike is the same.
fn skeleton(name: &str) -> String {
    ALIKE.iter().fold(name.replace('-', ""), |text, (like, this)| text.replace(like, this))
}

fn one_edit_away(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let Some(at) = (0..long.len()).find(|&at| short.get(at) != long.get(at)) else { return true };
    match long.len() - short.len() {
        0 => {
            let swapped = at + 1 < long.len()
                && (short[at], short[at + 1]) == (long[at + 1], long[at])
                && short[at + 2..] == long[at + 2..];
            short[at + 1..] == long[at + 1..] || swapped
        }
        1 => short[at..] == long[at + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like;

    #[test]
    fn what_is_taken_for_another_looks_like_it() {
        for (one, other) in [
            ("acme", "acne"),
            ("acme", "acm-e"),
            ("acme-insurance", "acmeinsurance"),
            ("acme", "acrne"),
            ("google", "g00gle"),
            ("paypal", "paypa1"),
            ("claims", "clairns"),
            ("allianz", "ailianz"),
            ("acme", "acmee"),
            ("northwind", "nortwind"),
            ("northwind", "nortwhind"),
            ("ab", "a-b"),
            ("lo", "10"),
        ] {
            assert!(looks_like(one, other) && looks_like(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("acme", "acme"),
            ("ab", "ac"),
            ("abc", "abd"),
            ("acme", "zeta"),
            ("acme", "acme-labs"),
            ("acme", "came-x"),
            ("northwind", "southwind"),
            ("a", "b"),
        ] {
            assert!(!looks_like(one, other) && !looks_like(other, one), "{one} {other}");
        }
    }
}
