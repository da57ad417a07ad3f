//! Service levels in documents that differ from the manifest's.

use std::sync::LazyLock;

use regex::Regex;

use super::document::Document;
use crate::certification::finding::Finding;
use crate::manifest::Sla;

static PERCENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(\d{2,3}(?:\.\d+)?)\s?(?:%|percent\b)").ok());
static UPTIME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(?:uptime|availab\w+|SLA)\b").ok());
static RESPONSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let amount = r"(\d+(?:\.\d+)?)\s*(minutes?|min|hours?|hrs?|h|days?|d)\b";
    Regex::new(&format!(r"(?i)\b(critical|high|normal)\b[^.;\d]{{0,60}}?{amount}")).ok()
});

/// What documents say of uptime and first responses, where the manifest says otherwise.
pub(in crate::certification) fn contradictions(documents: &[Document], sla: &Sla) -> Vec<Finding> {
    documents.iter().flat_map(|document| [document.uptimes(sla), document.responses(sla)].concat()).collect()
}

impl Document {
    fn uptimes(&self, sla: &Sla) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (begin, sentence) in self.sentences() {
            if !UPTIME.as_ref().is_some_and(|pattern| pattern.is_match(sentence)) {
                continue;
            }
            for found in PERCENT.iter().flat_map(|pattern| pattern.captures_iter(sentence)) {
                let said = found[1].parse::<f64>().unwrap_or_default();
                if (said - sla.uptime_percent).abs() > 1e-9 && (50.0..=100.0).contains(&said) {
                    let at = begin + found.get(1).map_or(0, |number| number.start());
                    let message = format!("says {said}% uptime, and support.sla says {}%", sla.uptime_percent);
                    findings.push(self.finding(at, message).warning());
                }
            }
        }
        findings
    }

    fn responses(&self, sla: &Sla) -> Vec<Finding> {
        let Some(hours) = &sla.first_response_hours else { return Vec::new() };
        let mut findings = Vec::new();
        let text = &self.markdown.visible;
        if !text.to_lowercase().contains("respon") {
            return findings;
        }
        for (begin, sentence) in self.sentences() {
            for found in RESPONSE.iter().flat_map(|pattern| pattern.captures_iter(sentence)) {
                let unit = found[3].to_lowercase();
                let factor = match unit.chars().next() {
                    Some('m') => 1.0 / 60.0,
                    Some('d') => 24.0,
                    _ => 1.0,
                };
                let said = found[2].parse::<f64>().unwrap_or_default() * factor;
                let severity = found[1].to_lowercase();
                let due = match severity.as_str() {
                    "critical" => hours.critical,
                    "high" => hours.high,
                    _ => hours.normal,
                };
                if (said - due).abs() > 0.02 {
                    let at = begin + found.get(0).map_or(0, |whole| whole.start());
                    let message = format!("says {said} h for {severity}, and support.sla says {due} h");
                    findings.push(self.finding(at, message).warning());
                }
            }
        }
        findings
    }

    /// Sentences, and rows of tables, with the byte at which each begins. Lines of a paragraph belong together.
    fn sentences(&self) -> Vec<(usize, &str)> {
        let text = &self.markdown.visible;
        let bytes = text.as_bytes();
        let mut sentences = Vec::new();
        let mut begin = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let next = bytes.get(at + 1);
            let ends = match byte {
                b'.' | b'!' | b'?' => next.is_none_or(u8::is_ascii_whitespace),
                b'\n' => next.is_none_or(|next| matches!(next, b'\n' | b'|' | b'-' | b'*' | b'#')),
                _ => false,
            };
            if ends {
                sentences.extend(text.get(begin..=at).map(|sentence| (begin, sentence)));
                begin = at + 1;
            }
        }
        sentences.extend(text.get(begin..).map(|sentence| (begin, sentence)));
        sentences
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::ResponseHours;

    fn said(text: &str) -> Vec<String> {
        let hours = ResponseHours { critical: 1.0, high: 4.0, normal: 24.0 };
        let sla = Sla { uptime_percent: 99.9, first_response_hours: Some(hours) };
        let documents = [Document::new("docs/support.md", text)];
        contradictions(&documents, &sla).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_differs_is_told() {
        for text in [
            "We promise 99.5% uptime.",
            "| availability | 99 % |\n|---|---|\n",
            "First response: critical within 2 hours.",
            "Response times\n\n| severity | first |\n|---|---|\n| critical | 1 h |\n| high | 8 h |\n",
            "A first response to a normal case\ntakes 2 days.",
        ] {
            assert_eq!(said(text).len(), 1, "{text}: {:?}", said(text));
        }
        for text in [
            "Uptime is 99.9%. 80% of the revenue is yours.",
            "Response: critical within 60 minutes, high 4 h, normal a day or 1 day.",
            "A high load of 500 requests; the response has 2 parts.",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }
}
