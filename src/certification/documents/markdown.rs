//! Markdown as the checks see it: which parts are code and comments, headings, links, anchors.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// Anchors that HTML within a document sets, and what it links to.
static HTML_ATTRIBUTE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)\s(name|id|href|src)\s*=\s*["']([^"']+)["']"#).ok());

/// Headings that are written as HTML, and any tag.
static HTML_HEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?is)<h[1-6]\b[^>]*>(.*?)</h[1-6]\s*>").ok());
static HTML_TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("<[^>]*>").ok());

/// A document that was parsed.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    /// The text without comments, which nobody sees; every byte stays where it was.
    pub(super) visible: String,
    /// The same without code.
    pub(super) prose: String,
    /// What fenced blocks of code say of themselves, and where they stand with their fences.
    pub(super) fenced: Vec<(String, Range<usize>)>,
    /// Texts of headings.
    pub(super) headings: Vec<String>,
    /// Anchors that are set by hand.
    pub(super) anchors: Vec<String>,
    /// Where links and images lead to, and at which byte they stand.
    pub(super) links: Vec<(String, usize)>,
    /// Labels of links that are defined nowhere.
    pub(super) undefined: Vec<(String, usize)>,
}

/// Parses a document: Markdown with what GitHub adds.
pub(super) fn parse(text: &str) -> Markdown {
    let mut markdown = Markdown::default();
    let mut undefined = Vec::new();
    let (mut comments, mut code) = (Vec::new(), Vec::new());
    let on_broken = |link: BrokenLink<'_>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::ReferenceUnknown) {
            undefined.push((link.reference.to_string(), link.span.start));
        }
        None
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let parser = Parser::new_with_broken_link_callback(text, options, Some(on_broken)).into_offset_iter();
    let definitions = parser.reference_definitions().iter();
    markdown.links.extend(definitions.map(|(_, definition)| (definition.dest.to_string(), definition.span.start)));
    let mut heading: Option<String> = None;
    for (event, range) in parser {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                heading = Some(String::new());
                markdown.anchors.extend(id.map(|id| id.to_lowercase()));
            }
            Event::End(TagEnd::Heading(_)) => markdown.headings.extend(heading.take()),
            Event::Start(Tag::CodeBlock(kind)) => {
                if let CodeBlockKind::Fenced(info) = kind {
                    markdown.fenced.push((info.to_string(), range.clone()));
                }
                code.push(range);
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => markdown.html(text, range, &mut comments),
            Event::Start(
                Tag::Link { link_type: LinkType::Inline, dest_url, .. }
                | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
            ) => {
                markdown.links.push((dest_url.to_string(), range.start));
            }
            Event::Text(text) => heading = heading.map(|heading| heading + &text),
            Event::Code(text) => {
                heading = heading.map(|heading| heading + &text);
                code.push(range);
            }
            _ => {}
        }
    }
    markdown.undefined = undefined;
    markdown.visible = without(text, &comments);
    markdown.prose = without(&markdown.visible, &code);
    markdown
}

impl Markdown {
    fn html(&mut self, text: &str, range: Range<usize>, comments: &mut Vec<Range<usize>>) {
        let mut at = range.start;
        while let Some(begin) = text.get(at..range.end).and_then(|rest| rest.find("<!--")).map(|begin| at + begin) {
            let end = text[begin..range.end].find("-->").map_or(range.end, |length| begin + length + 3);
            comments.push(begin..end);
            at = end;
        }
        let html = text.get(range.clone()).unwrap_or_default();
        for found in HTML_HEADING.iter().flat_map(|pattern| pattern.captures_iter(html)) {
            let place = range.start + found.get(0).map_or(0, |whole| whole.start());
            if !comments.iter().any(|comment| comment.contains(&place)) {
                let inner = HTML_TAG.as_ref().map(|tag| tag.replace_all(&found[1], "").trim().to_owned());
                self.headings.extend(inner);
            }
        }
        for found in HTML_ATTRIBUTE.iter().flat_map(|pattern| pattern.captures_iter(html)) {
            let (name, value) = (found[1].to_lowercase(), found[2].to_owned());
            let place = range.start + found.get(0).map_or(0, |whole| whole.start());
            match name.as_str() {
                _ if comments.iter().any(|comment| comment.contains(&place)) => {}
                "href" | "src" => self.links.push((value, place)),
                _ => self.anchors.push(value.to_lowercase()),
            }
        }
    }
}

/// The text with spaces in place of some parts; line ends stay.
fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for part in parts {
        let held = bytes.get_mut(part.clone()).into_iter().flatten();
        held.filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
