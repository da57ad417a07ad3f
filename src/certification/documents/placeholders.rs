//! Text that was never filled in.

use std::sync::LazyLock;

use regex::Regex;

use super::document::Document;
use crate::certification::finding::Finding;

/// Words that say that something was not written yet; in prose only, since code may speak of them.
static UNWRITTEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // A note to oneself stands alone, before a colon, or where a sentence begins; the name of a column or an application is
    // in the middle of one.
    let words = r"(?:^|[.!?;,]\s)[ \t>|*_+-]*(?:TODO|TBD|FIXME|XXX)\b|\b(?:TODO|TBD|FIXME|XXX)\b(?:[:(]|[ \t|*_.)]*$)";
    let phrases = r"(?i)\b(?:lorem ipsum|changeme|replace[ -]me|fill[ -]me[ -]in|insert .{1,20} here|coming soon)\b";
    let brackets = r"\{\{[^}]*\}\}|\[(?:(?i:insert|your) [^\]]*|description|name|title)\](?:[^(\[:]|$)";
    Regex::new(&format!("(?m){words}|{phrases}|{brackets}")).ok()
});

/// Names that stand for others; in code too, since it is copied.
static STAND_IN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let yours =
        r"(?i)<your[^>]*>|\byour[-_](?:name|integration|company|org|app|project|publisher|email|domain|secret|key)\b";
    Regex::new(&format!(r"{yours}|\bmy-awesome-\w+|\bexample\.(?:com|org|net)\b")).ok()
});

impl Document {
    /// Placeholders, one finding a line.
    pub(super) fn placeholders(&self) -> Vec<Finding> {
        let unwritten = UNWRITTEN.iter().flat_map(|pattern| pattern.find_iter(&self.markdown.prose));
        let stand_in = STAND_IN.iter().flat_map(|pattern| pattern.find_iter(&self.markdown.visible));
        let found = unwritten
            .chain(stand_in)
            .map(|hit| self.finding(hit.start(), format!("placeholder {:?} was not filled in", name_of(hit.as_str()))));
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(|finding| (finding.line, finding.column));
        found.dedup_by_key(|finding| finding.line);
        found
    }
}

/// A placeholder without the end of the sentence before it.
fn name_of(hit: &str) -> &str {
    hit.trim_start_matches(['.', '!', '?', ';', ',']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_and_plain_words_are_not() {
        for text in [
            "TODO: write",
            "It does this. TODO: say how",
            "It does this. TODO say how it does it",
            "- TODO describe it",
            "| scopes | TODO |",
            "its limits are TBD.",
            "see https://example.com/x",
            "<your-name>",
            "your-integration",
            "{{ name }}",
            "[Your company name]",
            "write [insert name] here",
            "curl https://example.com in `code`",
            "```\ncurl https://example.com\n```",
        ] {
            assert_eq!(Document::new("a.md", text).placeholders().len(), 1, "{text}");
        }
        for text in [
            "your integration answers",
            "a list of names: [name](x.md)",
            "Put your secret in `.env`",
            "- [ ] task",
            "mastodon",
            "The TODO column of the board is read.",
            "use `{{ name }}` in a template",
            "```yaml\n${{ secrets.KEY }}\n```",
            "[name]: docs/x.md",
            "<!-- TODO -->",
            "    grep TODO src",
        ] {
            assert!(Document::new("a.md", text).placeholders().is_empty(), "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let found = Document::new("a.md", "# ä\n\n<!-- x\n--> ä `b` TODO\n").placeholders();
        assert_eq!((found[0].line, found[0].column), (Some(4), Some(11)));
    }
}
