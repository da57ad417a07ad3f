//! What the documentation checks share: finding a document, its headings and links, and text that was never filled in.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::finding::Finding;
use crate::package::SourceTree;

/// Largest document that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// A Markdown document of the project.
pub(super) struct Document {
    pub(super) path: String,
    pub(super) text: String,
}

/// Words that say that something was not written yet; in prose only, since code may speak of them.
static UNWRITTEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = r"\b(?:TODO|TBD|FIXME|XXX)\b";
    let phrases = r"(?i)\b(?:lorem ipsum|changeme|replace[ -]me|fill[ -]me[ -]in|insert .{1,20} here|coming soon)\b";
    let brackets = r"\{\{[^}]*\}\}|\[(?:(?i:insert|your) [^\]]*|description|name|title)\](?:[^(\[:]|$)";
    Regex::new(&format!("{words}|{phrases}|{brackets}")).ok()
});

/// Names that stand for others; in code too, since it is copied.
static STAND_IN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let yours =
        r"(?i)<your[^>]*>|\byour[-_](?:name|integration|company|org|app|project|publisher|email|domain|secret|key)\b";
    Regex::new(&format!(r"{yours}|\bmy-awesome-\w+|\bexample\.(?:com|org|net)\b")).ok()
});

/// Code within a line.
static INLINE_CODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"``[^`]*``|`[^`]*`").ok());

/// Targets of links and images: inline, by reference definition, and in HTML.
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let inline = r#"\]\(\s*(?:<([^>]*)>|([^)\s]+))(?:\s+"[^"]*")?\s*\)"#;
    let definition = r"^ {0,3}\[[^\]^][^\]]*\]:\s*<?([^>\s]+)>?";
    let html = r#"(?i)<(?:a|img)\s[^>]*(?:href|src)\s*=\s*["']([^"']+)["']"#;
    Regex::new(&format!("{inline}|{definition}|{html}")).ok()
});

/// Anchors that HTML within a document sets.
static HTML_ANCHOR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)<[a-z0-9]+\s[^>]*(?:name|id)\s*=\s*["']([^"']+)["']"#).ok());

impl Document {
    /// Reads the first of `paths` that is there, names compared without case.
    pub(super) fn find(tree: &dyn SourceTree, paths: &[&str]) -> Option<Document> {
        let named = |wanted: &&str| tree.files().iter().find(|file| file.path.eq_ignore_ascii_case(wanted));
        let file = paths.iter().find_map(named)?;
        let bytes = tree.read(&file.path, LARGEST).ok()?;
        Some(Document { path: file.path.clone(), text: without_comments(&String::from_utf8_lossy(&bytes)) })
    }

    /// The document, or the README where it has a heading that holds one of `words`.
    pub(super) fn find_or_section(tree: &dyn SourceTree, paths: &[&str], words: &[&str]) -> Option<Document> {
        Document::find(tree, paths).or_else(|| {
            let readme = Document::find(tree, &["README.md"])?;
            let has_section = readme.headings().iter().any(|heading| {
                let heading = heading.to_lowercase();
                words.iter().any(|word| heading.contains(word))
            });
            has_section.then_some(readme)
        })
    }

    /// Tells whether the text holds `needle`, without regard to case.
    pub(super) fn mentions(&self, needle: &str) -> bool {
        self.text.to_lowercase().contains(&needle.to_lowercase())
    }

    /// Words outside of code blocks.
    pub(super) fn word_count(&self) -> usize {
        self.prose().map(|(_, line)| line.split_whitespace().count()).sum()
    }

    /// Findings that every document must be free of: placeholders and links that lead nowhere.
    pub(super) fn common_findings(&self, tree: &dyn SourceTree) -> Vec<Finding> {
        [self.placeholders(), self.broken_links(tree)].concat()
    }

    fn placeholders(&self) -> Vec<Finding> {
        let found = self.lines().filter_map(|(number, fenced, line)| {
            let prose = INLINE_CODE.as_ref().map(|code| code.replace_all(line, |code: &Captures<'_>| blank(&code[0])));
            let unwritten = prose.as_deref().filter(|_| !fenced).and_then(|prose| UNWRITTEN.as_ref()?.find(prose));
            let hit = unwritten.or_else(|| STAND_IN.as_ref()?.find(line))?;
            let column = line.get(..hit.start()).map_or(1, |before| before.chars().count() + 1);
            let message = format!("placeholder {:?} was not filled in", hit.as_str().trim());
            Some(Finding::at(&self.path, Some(number), message).column(column))
        });
        found.collect()
    }

    fn broken_links(&self, tree: &dyn SourceTree) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (number, line) in self.prose() {
            for link in LINK.iter().flat_map(|pattern| pattern.captures_iter(line)) {
                let Some(target) = link.iter().skip(1).flatten().next().map(|target| target.as_str()) else { continue };
                if let Some(why) = self.problem_of_link(target, tree) {
                    findings.push(Finding::at(
                        &self.path,
                        Some(number),
                        format!("the link to {target} leads nowhere: {why}"),
                    ));
                }
            }
        }
        findings
    }

    /// Says why a relative link does not resolve. Links to other hosts are not followed.
    fn problem_of_link(&self, target: &str, tree: &dyn SourceTree) -> Option<String> {
        if target.contains("://") || target.starts_with("mailto:") || target.starts_with("//") {
            return None;
        }
        let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let path = &*percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let resolved = if path.is_empty() { Some(self.path.clone()) } else { resolve(&self.path, path) };
        let Some(resolved) = resolved else { return Some("it leaves the project".into()) };
        let folder = format!("{}/", resolved.trim_end_matches('/'));
        if !tree.contains(&resolved) {
            let is_folder = resolved.is_empty() || tree.files().iter().any(|file| file.path.starts_with(&folder));
            return (!is_folder).then(|| format!("there is no file {resolved}"));
        }
        let anchor = anchor.filter(|anchor| !anchor.is_empty() && resolved.to_lowercase().ends_with(".md"))?;
        let document = Document::find(tree, &[&resolved])?;
        (!document.anchors().contains(&anchor.to_lowercase())).then(|| format!("{resolved} has no heading #{anchor}"))
    }

    /// Line numbers, whether a line is fenced code, and lines. The fences themselves are left out.
    fn lines(&self) -> impl Iterator<Item = (usize, bool, &str)> {
        let mut fenced = false;
        self.text.lines().enumerate().filter_map(move |(index, line)| {
            let fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
            fenced ^= fence;
            (!fence).then_some((index + 1, fenced, line))
        })
    }

    /// Line numbers and lines outside of fenced code.
    fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, fenced, _)| !fenced).map(|(number, _, line)| (number, line))
    }

    /// Headings, both those behind '#' and those underlined with '=' or '-'.
    fn headings(&self) -> Vec<String> {
        let mut headings = Vec::new();
        let mut before = "";
        for (_, line) in self.prose() {
            let text = line.trim_start_matches('#');
            let underline = !line.is_empty() && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'));
            if text.len() < line.len() && text.starts_with(' ') {
                headings.push(text.trim().trim_end_matches('#').trim().to_owned());
            } else if underline && !before.trim().is_empty() {
                headings.push(before.trim().to_owned());
            }
            before = line;
        }
        headings
    }

    /// Anchors as GitHub makes them: lower case, spaces to '-', punctuation dropped, a number for a repeated one.
    fn anchors(&self) -> BTreeSet<String> {
        let set_by_html = |text: &Captures<'_>| text[1].to_lowercase();
        let mut anchors: BTreeSet<String> = HTML_ANCHOR
            .iter()
            .flat_map(|pattern| pattern.captures_iter(&self.text))
            .map(|text| set_by_html(&text))
            .collect();
        for heading in self.headings() {
            let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
            let base: String =
                heading.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect();
            let repeated = (1..).map(|count| format!("{base}-{count}"));
            let anchor = std::iter::once(base.clone()).chain(repeated).find(|anchor| !anchors.contains(anchor));
            anchors.extend(anchor);
        }
        anchors
    }
}

/// Blanks out HTML comments, which nobody sees; lines stay where they are.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut visible = String::with_capacity(text.len());
    while let Some(start) = rest.find("<!--") {
        let end = rest[start..].find("-->").map_or(rest.len(), |length| start + length + 3);
        visible.push_str(&rest[..start]);
        visible.push_str(&blank(&rest[start..end]));
        rest = &rest[end..];
    }
    visible.push_str(rest);
    visible
}

/// As many spaces, with the line ends left in, so that places stay what they were.
fn blank(text: &str) -> String {
    text.chars().flat_map(|c| std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8())).collect()
}

/// Resolves a link against the folder of `from`; `None` where it leaves the project.
fn resolve(from: &str, link: &str) -> Option<String> {
    let start = if link.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document { path: "docs/a.md".into(), text: text.into() }
    }

    #[test]
    fn placeholders_are_found_and_plain_words_are_not() {
        for text in [
            "TODO: write",
            "see https://example.com/x",
            "<your-name>",
            "your-integration",
            "{{ name }}",
            "[Your company name]",
            "write [insert name] here",
            "curl https://example.com in `code`",
        ] {
            assert_eq!(document(text).placeholders().len(), 1, "{text}");
        }
        for text in [
            "your integration answers",
            "a list of names: [name](x.md)",
            "Put your secret in `.env`",
            "- [ ] task",
            "mastodon",
            "use `{{ name }}` in a template",
            "```yaml\n${{ secrets.KEY }}\n```",
            "[name]: docs/x.md",
        ] {
            assert!(document(text).placeholders().is_empty(), "{text}");
        }
    }

    #[test]
    fn links_resolve_against_their_document() {
        assert_eq!(resolve("docs/a.md", "../README.md").as_deref(), Some("README.md"));
        assert_eq!(resolve("docs/a.md", "b.md").as_deref(), Some("docs/b.md"));
        assert_eq!(resolve("docs/a.md", "../../x"), None);
    }

    #[test]
    fn anchors_are_those_of_github() {
        let anchors = document("# A `b`, c!\n## Two words\n## Two words\n```\n# no\n```\n").anchors();
        assert_eq!(anchors.into_iter().collect::<Vec<_>>(), ["a-b-c", "two-words", "two-words-1"]);
    }

    struct Names(Vec<crate::package::SourceFile>);

    impl SourceTree for Names {
        fn files(&self) -> &[crate::package::SourceFile] {
            &self.0
        }

        fn open(&self, _: &str) -> std::io::Result<Box<dyn std::io::Read + '_>> {
            Ok(Box::new(&b"# Top\n\nUnder\n-----\n<a id=\"set\"></a>\n"[..]))
        }
    }

    #[test]
    fn links_of_every_form_are_followed() {
        let file = |path: &str| crate::package::SourceFile { path: path.into(), size: 0, executable: false };
        let tree = Names(["README.md", "docs/a b.py", "docs/x.md"].map(file).into());
        let broken = |text: &str| document(text).broken_links(&tree).len();
        let good = "[a](x.md) [b](<a b.py>) [c](a%20b.py?raw=1) [d](x.md#under) [e](x.md#set) [f][g] [h](https://a.test/)\n[g]: ../README.md#top\n<img src='x.md'>";
        assert_eq!(broken(good), 0);
        for bad in [
            "[a](gone.md)",
            "[a](<gone file.md>)",
            "[a]: gone.md",
            "<a href=\"gone.md\">",
            "![a](gone.png)",
            "[a](x.md#no)",
            "[a](../../x)",
        ] {
            assert_eq!(broken(bad), 1, "{bad}");
        }
        assert_eq!(broken("```\n[a](gone.md)\n```"), 0);
    }

    #[test]
    fn comments_are_not_seen_and_places_stay() {
        assert_eq!(without_comments("a<!-- TODO\n -->b"), "a         \n    b");
    }
}
