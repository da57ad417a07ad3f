//! Spans of time in the life of a credential, as they are typed: `90d`, `12h`, `30m`, `45s`.

/// Longest span, in seconds: 365 days.
pub const LONGEST_LIFE: u32 = 31_536_000;

/// Parses a number and its unit to seconds, 365 days at most.
pub fn parse_lifetime(text: &str) -> Result<u32, String> {
    let wrong = || format!("{text:?} is no lifetime: write a number and d, h, m or s, such as 90d");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        's' => 1,
        _ => return Err(wrong()),
    };
    let number: u32 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    let total = number.checked_mul(seconds).filter(|total| *total <= LONGEST_LIFE);
    total.ok_or_else(|| format!("{text:?} is longer than 365 days"))
}

/// Shows seconds in the largest unit that shows them exactly: `90d`, `36h`, `45s`.
pub fn lifetime_text(seconds: u32) -> String {
    let units = [(86_400, 'd'), (3_600, 'h'), (60, 'm')];
    let unit = units.into_iter().find(|(length, _)| seconds > 0 && seconds.is_multiple_of(*length));
    let (length, unit) = unit.unwrap_or((1, 's'));
    format!("{}{unit}", seconds / length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_parsed_bounded_and_shown() {
        for (text, seconds) in [("90d", 7_776_000), ("36h", 129_600), ("30m", 1_800), ("45s", 45), ("0s", 0)] {
            assert_eq!(parse_lifetime(text), Ok(seconds));
            assert_eq!(lifetime_text(seconds), text);
        }
        for bad in ["", "d", "90", "-1d", "1.5h", "366d", "99999999999d", "9é"] {
            assert!(parse_lifetime(bad).is_err(), "{bad}");
        }
    }
}
