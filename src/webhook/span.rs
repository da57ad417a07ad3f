//! Durations as they are typed and shown: `250us`, `500ms`, `1.5s`, `2m`, `1h`.

use std::time::Duration;

/// Shortest and longest duration that can be typed.
const LEAST: Duration = Duration::from_micros(1);
const MOST: Duration = Duration::from_hours(24);

/// Units and their length in nanoseconds; `m` comes after `ms`, so that the longer name is seen first.
const UNITS: [(&str, f64); 6] = [("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12)];

/// Parses a number and its unit, without a space: a microsecond to 24 hours.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let explain =
        || format!("{text:?} is no duration; write a number and one of us, ms, s, m, h, such as 500ms or 1.5s");
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(explain)?;
    let (number, unit) = text.split_at(at);
    let nanoseconds = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, length)| *length).ok_or_else(explain)?;
    let count: f64 = number.parse().map_err(|_| explain())?;
    let duration = Duration::try_from_secs_f64(count * nanoseconds / 1e9).map_err(|_| explain())?;
    if !(LEAST..=MOST).contains(&duration) {
        return Err(format!("{text:?} is out of range: 1us to 24h"));
    }
    Ok(duration)
}

/// Shows a duration in the unit that suits its size, with three significant digits or so: `85us`, `1.25ms`, `300ms`, `15s`.
pub fn duration_text(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    let (value, unit) = match seconds {
        _ if seconds >= 1.0 => (seconds, "s"),
        _ if seconds >= 1e-3 => (seconds * 1e3, "ms"),
        _ => (seconds * 1e6, "us"),
    };
    let digits = match value {
        _ if value >= 100.0 => 0,
        _ if value >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.digits$}");
    let short = if digits > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{short}{unit}")
}

/// Shows a duration as it was typed, no digit lost down to the microsecond.
#[expect(clippy::cast_precision_loss, reason = "24 hours in microseconds are far below 2^53")]
pub(super) fn exact_text(duration: Duration) -> String {
    let microseconds = duration.as_micros();
    match microseconds {
        0..1_000 => format!("{microseconds}us"),
        1_000..1_000_000 => format!("{}ms", microseconds as f64 / 1e3),
        _ => format!("{}s", microseconds as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_unit_is_read() {
        let read = |text: &str| parse_duration(text).expect(text);
        assert_eq!(read("250us"), Duration::from_micros(250));
        assert_eq!(read("500ms"), Duration::from_millis(500));
        assert_eq!(read("1.5s"), Duration::from_millis(1500));
        assert_eq!(read("2m"), Duration::from_mins(2));
        assert_eq!(read("1h"), Duration::from_hours(1));
    }

    #[test]
    fn what_is_no_duration_is_refused_with_what_is_allowed() {
        for text in ["", "5", "s", "-1s", "1 s", "1.2.3s", "5parsecs", "1e3s", "infs", ".s"] {
            let why = parse_duration(text).expect_err(text);
            assert!(why.contains("us, ms, s, m, h"), "{why}");
        }
        for text in ["0s", "0.5us", "25h", "9999999h"] {
            assert!(parse_duration(text).expect_err(text).contains("out of range"));
        }
    }

    #[test]
    fn a_duration_is_shown_in_the_unit_that_suits_it() {
        let shown = |microseconds: u64| duration_text(Duration::from_micros(microseconds));
        assert_eq!(
            [shown(0), shown(85), shown(1_250), shown(30_000), shown(300_000), shown(15_000_000), shown(100_000_000)],
            ["0us", "85us", "1.25ms", "30ms", "300ms", "15s", "100s"]
        );
    }

    #[test]
    fn no_digit_of_a_bound_is_lost() {
        let shown = |text: &str| exact_text(parse_duration(text).expect(text));
        assert_eq!([shown("250us"), shown("1234ms"), shown("0.5s"), shown("2m")], ["250us", "1.234s", "500ms", "120s"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in ".*") {
            let _ = parse_duration(&text);
        }
    }
}
