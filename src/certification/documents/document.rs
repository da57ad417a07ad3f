//! A document of the project.

use std::collections::BTreeSet;

use super::markdown::{self, Markdown};
use crate::certification::finding::Finding;
use crate::manifest::Manifest;
use crate::package::SourceTree;

/// Largest document that is read, in bytes.
const LARGEST: u64 = 1 << 20;
/// Most documents that are read for what they say in passing.
const MOST: usize = 200;

/// A Markdown document.
pub(in crate::certification) struct Document {
    pub(in crate::certification) path: String,
    pub(super) markdown: Markdown,
    /// Offsets at which lines begin.
    lines: Vec<usize>,
}

impl Document {
    pub(in crate::certification) fn new(path: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Document { path: path.to_owned(), markdown: markdown::parse(text), lines }
    }

    /// Reads the first of `paths` that is there, names compared without case.
    pub(in crate::certification) fn find(tree: &dyn SourceTree, paths: &[&str]) -> Option<Document> {
        let named = |wanted: &&str| tree.files().iter().find(|file| file.path.eq_ignore_ascii_case(wanted));
        Self::read(tree, &paths.iter().find_map(named)?.path)
    }

    /// Fenced blocks of code: what each says of itself, the line of its fence from 1, and the lines between its fences.
    pub(in crate::certification) fn fenced(&self) -> impl Iterator<Item = (&str, usize, Vec<&str>)> {
        self.markdown.fenced.iter().map(|(info, range)| {
            let line = self.lines.partition_point(|start| *start <= range.start);
            let lines: Vec<_> = self.markdown.visible[range.clone()].lines().skip(1).collect();
            let closed =
                lines.last().is_some_and(|last| ["```", "~~~"].iter().any(|fence| last.trim().starts_with(fence)));
            let kept = lines.len() - usize::from(closed);
            (info.as_str(), line, lines[..kept].to_vec())
        })
    }

    fn read(tree: &dyn SourceTree, path: &str) -> Option<Document> {
        let bytes = tree.read(path, LARGEST).ok()?;
        Some(Document::new(path, &String::from_utf8_lossy(&bytes)))
    }

    /// The document, or the README where it has a heading that holds one of `words`.
    pub(in crate::certification) fn find_or_section(
        tree: &dyn SourceTree,
        paths: &[&str],
        words: &[&str],
    ) -> Option<Document> {
        Document::find(tree, paths).or_else(|| {
            let readme = Document::find(tree, &["README.md"])?;
            let has_section = readme.markdown.headings.iter().any(|heading| {
                let heading = heading.to_lowercase();
                words.iter().any(|word| heading.contains(word))
            });
            has_section.then_some(readme)
        })
    }

    /// The documents of a project, without those that tell of the past.
    pub(in crate::certification) fn all(tree: &dyn SourceTree) -> Vec<Document> {
        let is_document = |path: &str| {
            let (path, ending) = (path.to_lowercase(), path.rsplit('.').next().unwrap_or_default());
            ending.eq_ignore_ascii_case("md") && !path.ends_with("changelog.md") && !path.contains("test")
        };
        let paths = tree.files().iter().map(|file| file.path.as_str()).filter(|path| is_document(path));
        paths.take(MOST).filter_map(|path| Self::read(tree, path)).collect()
    }

    /// Tells whether the text holds `needle` as a whole, without regard to case: `/hook` is not held by `/hooks`.
    pub(in crate::certification) fn mentions(&self, needle: &str) -> bool {
        let (text, needle) = (self.markdown.visible.to_lowercase(), needle.to_lowercase());
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let ends = |rest: &str| {
            let mut after = rest.chars();
            match after.next() {
                Some('.' | '/' | ':') => !after.next().is_some_and(goes_on),
                Some(c) => !goes_on(c),
                None => true,
            }
        };
        let begins = |before: &str| !needle.starts_with(goes_on) || !before.ends_with(goes_on);
        !needle.is_empty()
            && text.match_indices(&needle).any(|(at, _)| begins(&text[..at]) && ends(&text[at + needle.len()..]))
    }

    /// Whether it names the integration, by its title or its name.
    pub(in crate::certification) fn names(&self, manifest: &Manifest) -> bool {
        let integration = &manifest.integration;
        self.mentions(&integration.title) || self.mentions(integration.name.name())
    }

    /// Words outside of code.
    pub(in crate::certification) fn word_count(&self) -> usize {
        words(&self.markdown.prose)
    }

    /// How many different words there are in prose; in scripts without spaces each character counts for half.
    pub(in crate::certification) fn distinct_words(&self) -> usize {
        let text = self.markdown.prose.to_lowercase();
        let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let words: BTreeSet<_> = text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect();
        let unspaced: BTreeSet<_> = text.chars().filter(|c| is_unspaced(*c)).collect();
        words.len() + unspaced.len() / 2
    }

    /// Words, code among them.
    pub(in crate::certification) fn full_count(&self) -> usize {
        words(&self.markdown.visible)
    }

    /// Whether it has a heading at all.
    pub(in crate::certification) fn has_heading(&self) -> bool {
        !self.markdown.headings.is_empty()
    }

    /// Findings that every document must be free of: placeholders, links that lead nowhere, and routes and events that the
    /// manifest does not have.
    pub(in crate::certification) fn common_findings(&self, tree: &dyn SourceTree, manifest: &Manifest) -> Vec<Finding> {
        [self.placeholders(), self.broken_links(tree), self.false_claims(manifest)].concat()
    }

    /// A finding at a byte of the text.
    pub(super) fn finding(&self, at: usize, message: String) -> Finding {
        let line = self.lines.partition_point(|begin| *begin <= at);
        let begin = self.lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let column = self.markdown.visible.get(begin..at).map_or(1, |before| before.chars().count() + 1);
        Finding::at(&self.path, Some(line), message).column(column)
    }

    /// Anchors as GitHub makes them: lower case, spaces to '-', punctuation dropped, a number for a repeated one.
    pub(super) fn anchors(&self) -> BTreeSet<String> {
        let mut anchors: BTreeSet<String> = self.markdown.anchors.iter().cloned().collect();
        for heading in &self.markdown.headings {
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

/// Words. Chinese and Japanese put no spaces between theirs, of which one has two characters on average.
fn words(text: &str) -> usize {
    text.split_whitespace().count() + text.chars().filter(|c| is_unspaced(*c)).count() / 2
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        let text = "# A `b`, c!\n## Two words\n## Two words\n```\n# no\n```\n<a id=\"Set\"></a>\n\nUnder\n=====\n";
        let anchors: Vec<_> = Document::new("a.md", text).anchors().into_iter().collect();
        assert_eq!(anchors, ["a-b-c", "set", "two-words", "two-words-1", "under"]);
    }

    #[test]
    fn a_mention_is_whole() {
        let document = Document::new("a.md", "`POST /hooks/a`, /b. ledger.event.created, <!-- hidden --> Plain's");
        for held in ["/hooks/a", "/b", "ledger.event.created", "plain"] {
            assert!(document.mentions(held), "{held}");
        }
        for missing in ["/hooks", "ledger.event", "edger.event.created", "lain", "hidden", ""] {
            assert!(!document.mentions(missing), "{missing}");
        }
    }

    #[test]
    fn words_are_counted_in_every_script_and_headings_in_every_form() {
        assert_eq!(super::words("two words"), 2);
        assert!(super::words("同步索赔系统与账本之间的事件") >= 7);
        for text in ["\u{feff}# Claim Sync\n", "<h1 align=\"center\"><b>Claim</b> Sync</h1>\n\ntext\n"] {
            let document = super::Document::new("README.md", text);
            assert_eq!(document.markdown.headings, ["Claim Sync"], "{text:?}");
        }
        let distinct = |text: &str| super::Document::new("README.md", text).distinct_words();
        assert_eq!((distinct("Plain plain, **Plain** and more."), distinct(&"Plain ".repeat(50))), (3, 1));
        assert!(distinct("同步索赔系统与账本之间的事件") >= 5);
        assert!(!super::Document::new("README.md", "<!-- <h1>Claim Sync</h1> -->\ntext\n").has_heading());
    }
}
