//! Lines that fit a terminal.

use unicode_width::UnicodeWidthStr as _;

/// Columns that a line takes at most where it can be broken.
pub(super) const WIDTH: usize = 80;

/// Puts words on lines of at most 80 columns, the first behind `first`, the others behind `rest`; a longer word has a line of
/// its own.
pub fn wrapped<'a>(words: impl IntoIterator<Item = &'a str>, first: &str, rest: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{rest}{word}")),
            None => lines.push(format!("{first}{word}")),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_on_lines_that_fit() {
        let long = "x".repeat(90);
        let lines = wrapped(["a".repeat(70).as_str(), "12345678", "9", &long, "end"], " - ", "   ");
        let expected =
            [format!(" - {}", "a".repeat(70)), "   12345678 9".into(), format!("   {long}"), "   end".into()];
        assert_eq!(lines, expected);
        assert_eq!(wrapped(["a".repeat(70).as_str(), "1234567"], "  ", "").len(), 1, "exactly 80");
        assert!(wrapped([], " ", " ").is_empty());
    }
}
