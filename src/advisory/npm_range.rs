//! Ranges of versions as package.json writes them.

use semver::{Version, VersionReq};

/// Tells whether a version is in a range; `None` where the range is no range of versions: a tag, an address, an alias.
pub(super) fn contains(range: &str, version: &str) -> Option<bool> {
    let version = Version::parse(version).ok()?;
    let alternatives = range.split("||").map(|part| alternative(part.trim())).collect::<Option<Vec<_>>>()?;
    Some(alternatives.iter().any(|requirement| requirement.matches(&version)))
}

fn alternative(text: &str) -> Option<VersionReq> {
    if let Some((from, to)) = text.split_once(" - ") {
        return VersionReq::parse(&format!(">={}, <={}", bare(from), bare(to))).ok();
    }
    if matches!(text, "" | "*" | "x" | "X") {
        return Some(VersionReq::STAR);
    }
    let mut comparators: Vec<String> = Vec::new();
    let mut operator = String::new();
    for word in text.split_whitespace() {
        let numbers = word.trim_start_matches(['<', '>', '=', '^', '~']);
        operator.push_str(&word[..word.len() - numbers.len()]);
        if numbers.is_empty() {
            continue;
        }
        let has_wildcard = numbers.split(['-', '+']).next()?.split('.').any(|part| matches!(part, "x" | "X" | "*"));
        let operator = std::mem::take(&mut operator);
        let operator = match operator.as_str() {
            "" if has_wildcard => "",
            // A version alone is that one, where cargo reads a caret.
            "" => "=",
            "~>" => "~",
            other => other,
        };
        comparators.push(format!("{operator}{}", bare(numbers)));
    }
    VersionReq::parse(&comparators.join(", ")).ok()
}

fn bare(version: &str) -> &str {
    version.trim().trim_start_matches('v')
}

#[cfg(test)]
mod tests {
    use super::contains;

    #[test]
    fn ranges_mean_what_npm_means() {
        let cases = [
            ("1.2.3", "1.2.3", Some(true)),
            ("1.2.3", "1.2.4", Some(false)),
            ("1.2", "1.2.9", Some(true)),
            ("1.2", "1.3.0", Some(false)),
            ("1.x", "1.9.0", Some(true)),
            ("^0.2.3", "0.3.0", Some(false)),
            ("~1.2.3", "1.2.9", Some(true)),
            (">= 1.2 < 2", "1.9.9", Some(true)),
            (">=1.2 <2", "2.0.0", Some(false)),
            ("1.0.0 - 2.0.0", "2.0.0", Some(true)),
            ("^1.0.0 || ^3.0.0", "3.4.0", Some(true)),
            ("^1.0.0 || ^3.0.0", "2.4.0", Some(false)),
            ("*", "5.0.0", Some(true)),
            ("v1.0.0", "1.0.0", Some(true)),
            ("latest", "1.0.0", None),
            ("github:acme/x", "1.0.0", None),
            ("npm:other@^1", "1.0.0", None),
        ];
        for (range, version, expected) in cases {
            assert_eq!(contains(range, version), expected, "{version} in {range}");
        }
    }
}
