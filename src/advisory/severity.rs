//! How severe an advisory is, in one word.

use super::osv::{Advisory, Affected};

/// The word of its source, else of its CVSS 3 vector; `None` where neither says.
pub fn severity(advisory: &Advisory, affected: &Affected) -> Option<String> {
    let stated = [&affected.database_specific, &advisory.database_specific];
    let word = stated.into_iter().flatten().find_map(|specific| specific.severity.as_str());
    if let Some(word) = word.filter(|word| word.len() < 20) {
        return Some(word.to_lowercase());
    }
    let mut vectors = affected.severity.iter().chain(&advisory.severity).filter(|severity| severity.kind == "CVSS_V3");
    vectors.find_map(|severity| base_score(&severity.score)).map(|score| word_of(score).to_owned())
}

/// The qualitative scale (CVSS 3.1, section 5).
fn word_of(score: f64) -> &'static str {
    match score {
        score if score >= 9.0 => "critical",
        score if score >= 7.0 => "high",
        score if score >= 4.0 => "moderate",
        score if score > 0.0 => "low",
        _ => "none",
    }
}

/// The base score of a vector (CVSS 3.1, section 7.1).
fn base_score(vector: &str) -> Option<f64> {
    let metric = |name: &str| vector.split('/').find_map(|part| part.strip_prefix(name)?.strip_prefix(':'));
    let changed = metric("S")? == "C";
    let impact_of = |name: &str| weight(metric(name)?, &[("H", 0.56), ("L", 0.22), ("N", 0.0)]);
    let base = 1.0 - (1.0 - impact_of("C")?) * (1.0 - impact_of("I")?) * (1.0 - impact_of("A")?);
    let impact = if changed { 7.52 * (base - 0.029) - 3.25 * (base - 0.02).powi(15) } else { 6.42 * base };
    let privileges =
        if changed { [("N", 0.85), ("L", 0.68), ("H", 0.5)] } else { [("N", 0.85), ("L", 0.62), ("H", 0.27)] };
    let exploitability = 8.22
        * weight(metric("AV")?, &[("N", 0.85), ("A", 0.62), ("L", 0.55), ("P", 0.2)])?
        * weight(metric("AC")?, &[("L", 0.77), ("H", 0.44)])?
        * weight(metric("PR")?, &privileges)?
        * weight(metric("UI")?, &[("N", 0.85), ("R", 0.62)])?;
    if impact <= 0.0 {
        return Some(0.0);
    }
    let whole = if changed { 1.08 * (impact + exploitability) } else { impact + exploitability };
    Some(((whole.min(10.0) - 1e-9) * 10.0).ceil() / 10.0)
}

fn weight(value: &str, weights: &[(&str, f64)]) -> Option<f64> {
    weights.iter().find(|(name, _)| *name == value).map(|(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_scores_are_those_of_the_standards_examples() {
        let cases = [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "critical"),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1, "moderate"),
            ("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4, "moderate"),
            ("CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", 1.8, "low"),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0, "none"),
        ];
        for (vector, score, word) in cases {
            let seen = base_score(vector).expect(vector);
            assert!((seen - score).abs() < 0.05, "{vector}: {seen}");
            assert_eq!(word_of(seen), word, "{vector}");
        }
        assert_eq!(base_score("CVSS:3.1/AV:N"), None);
    }
}
