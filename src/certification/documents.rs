//! What the documentation checks share: finding a document, its headings and links, and text that was never filled in.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::check::Finding;
use crate::package::SourceTree;

/// Largest document that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// A Markdown document of the project.
pub(super) struct Document {
    pub(super) path: String,
    pub(super) text: String,
}

/// Text that says that something was not filled in.
static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = r"(?i)\b(?:TODO|TBD|FIXME|lorem ipsum|changeme|replace[ -]me|fill[ -]me[ -]in|insert .{1,20} here|coming soon)\b";
    let names = r"(?i)<your[^>]*>|\byour[-_](?:name|integration|company|org|app|project|publisher|email|domain|secret|key)\b|\b(?:my-awesome|acme-corp)-\w+|\bexample\.(?:com|org|net)\b|\{\{[^}]*\}\}|\[(?:description|name|title|your [^\]]*)\](?:[^(\[]|$)";
    Regex::new(&format!("{words}|{names}")).ok()
});

static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)"#).ok());

impl Document {
    /// Reads the first of `paths` that is there, names compared without case.
    pub(super) fn find(tree: &dyn SourceTree, paths: &[&str]) -> Option<Document> {
        let named = |wanted: &&str| tree.files().iter().find(|file| file.path.eq_ignore_ascii_case(wanted));
        let file = paths.iter().find_map(named)?;
        let bytes = tree.read(&file.path, LARGEST).ok()?;
        Some(Document { path: file.path.clone(), text: String::from_utf8_lossy(&bytes).into_owned() })
    }

    /// The document, or the README where it has a heading that holds one of `words`.
    pub(super) fn find_or_section(tree: &dyn SourceTree, paths: &[&str], words: &[&str]) -> Option<Document> {
        Document::find(tree, paths).or_else(|| {
            let readme = Document::find(tree, &["README.md"])?;
            let has_section = readme.headings().iter().any(|(_, heading)| {
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
        let lines = self.text.lines().enumerate();
        let found = lines.filter_map(|(index, line)| {
            let hit = PLACEHOLDER.as_ref()?.find(line)?;
            let column = line[..hit.start()].chars().count() + 1;
            let message = format!("placeholder {:?} was not filled in", hit.as_str().trim());
            Some(Finding { column: Some(column), ..Finding::at(&self.path, Some(index + 1), message) })
        });
        found.collect()
    }

    fn broken_links(&self, tree: &dyn SourceTree) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (number, line) in self.prose() {
            for link in LINK.iter().flat_map(|pattern| pattern.captures_iter(line)) {
                let target = &link[1];
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

    /// Line numbers and lines outside of fenced code.
    fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut fenced = false;
        self.text.lines().enumerate().filter_map(move |(index, line)| {
            let fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
            fenced ^= fence;
            (!fenced && !fence).then_some((index + 1, line))
        })
    }

    fn headings(&self) -> Vec<(usize, String)> {
        let heading = |(number, line): (usize, &str)| {
            let text = line.strip_prefix('#')?.trim_start_matches('#');
            text.starts_with(' ').then(|| (number, text.trim().trim_end_matches('#').trim().to_owned()))
        };
        self.prose().filter_map(heading).collect()
    }

    /// Anchors as GitHub makes them: lower case, spaces to '-', punctuation dropped, a number for a repeated one.
    fn anchors(&self) -> BTreeSet<String> {
        let mut anchors = BTreeSet::new();
        for (_, heading) in self.headings() {
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
        ] {
            assert_eq!(document(text).placeholders().len(), 1, "{text}");
        }
        for text in [
            "your integration answers",
            "a list of names: [name](x.md)",
            "Put your secret in `.env`",
            "- [ ] task",
            "mastodon",
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
}
