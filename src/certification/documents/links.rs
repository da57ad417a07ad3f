//! Links that lead nowhere.

use super::document::Document;
use crate::certification::finding::Finding;
use crate::package::SourceTree;

impl Document {
    /// Relative links whose file or heading is not there. Links to other hosts are not followed.
    pub(super) fn broken_links(&self, tree: &dyn SourceTree) -> Vec<Finding> {
        let broken = self.markdown.links.iter().filter_map(|(target, at)| {
            let why = self.problem_of_link(target, tree)?;
            Some(self.finding(*at, format!("the link to {target} leads nowhere: {why}")))
        });
        let undefined = self.markdown.undefined.iter().filter(|(_, at)| !self.is_index(*at));
        let undefined =
            undefined.map(|(label, at)| self.finding(*at, format!("the link [{label}] is defined nowhere")));
        broken.chain(undefined).collect()
    }

    /// Tells whether files of the tree are linked to.
    pub(in crate::certification) fn links_into(&self, tree: &dyn SourceTree) -> bool {
        let leads = |(target, _): &(String, usize)| {
            resolve(&self.path, target.split('#').next().unwrap_or_default()).is_some_and(|path| tree.contains(&path))
        };
        self.markdown.links.iter().any(leads)
    }

    /// `a[b][c]` in prose is no link.
    fn is_index(&self, at: usize) -> bool {
        self.markdown
            .visible
            .get(..at)
            .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == ']'))
    }

    fn problem_of_link(&self, target: &str, tree: &dyn SourceTree) -> Option<String> {
        let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
        let has_scheme =
            scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        if has_scheme || target.starts_with("//") {
            return None;
        }
        let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let path = &*percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let resolved = if path.is_empty() { Some(self.path.clone()) } else { resolve(&self.path, path) };
        let Some(resolved) = resolved else { return Some("it leaves the project".into()) };
        let folder = format!("{}/", resolved.trim_end_matches('/'));
        if resolved != self.path && !tree.contains(&resolved) {
            let is_folder = resolved.is_empty() || tree.files().iter().any(|file| file.path.starts_with(&folder));
            return (!is_folder).then(|| format!("there is no file {resolved}"));
        }
        let anchor = anchor.filter(|anchor| !anchor.is_empty() && resolved.to_lowercase().ends_with(".md"))?;
        let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy().to_lowercase();
        let anchors =
            if resolved == self.path { self.anchors() } else { Document::find(tree, &[&resolved])?.anchors() };
        (!anchors.contains(&anchor)).then(|| format!("{resolved} has no heading #{anchor}"))
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
    use crate::package::SourceFile;

    #[test]
    fn links_resolve_against_their_document() {
        assert_eq!(resolve("docs/a.md", "../README.md").as_deref(), Some("README.md"));
        assert_eq!(resolve("docs/a.md", "b.md").as_deref(), Some("docs/b.md"));
        assert_eq!(resolve("docs/a.md", "../../x"), None);
    }

    struct Names(Vec<SourceFile>);

    impl SourceTree for Names {
        fn files(&self) -> &[SourceFile] {
            &self.0
        }

        fn open(&self, _: &str) -> std::io::Result<Box<dyn std::io::Read + '_>> {
            Ok(Box::new(&b"# Top\n\nUnder\n-----\n<a id=\"set\"></a>\n"[..]))
        }
    }

    #[test]
    fn links_of_every_form_are_followed() {
        let file = |path: &str| SourceFile { path: path.into(), size: 0, executable: false };
        let tree = Names(["README.md", "docs/a b.py", "docs/x.md"].map(file).into());
        let broken = |text: &str| Document::new("docs/a.md", text).broken_links(&tree).len();
        let good = "[a](x.md) [b](<a b.py>) [c](a%20b.py?raw=1) [d](x.md#under) [e](x.md#set) [f][g] [h](https://a.test/) \
                    a[b][c]\n\n[g]: ../README.md#top\n\n<img src='x.md'>\n\n<!-- [a](gone.md) <a href='gone'> -->\n\n# Here\n\n[i](#here)";
        assert_eq!(broken(good), 0);
        for bad in [
            "[a](gone.md)",
            "[a](<gone file.md>)",
            "[a]: gone.md",
            "<a href=\"gone.md\">",
            "![a](gone.png)",
            "[a](x.md#no)",
            "[a](../../x)",
            "see [a][nowhere]",
            "| [a](gone.md) | b |\n|---|---|\n",
        ] {
            assert_eq!(broken(bad), 1, "{bad}");
        }
        assert_eq!(broken("```\n[a](gone.md)\n```\n\n    [a](gone.md)\n\n`[a](gone.md)`"), 0);
    }
}
