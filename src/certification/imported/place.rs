//! Where a finding of another scanner lies in the project.

use percent_encoding::percent_decode_str;

use super::log::{ArtifactLocation, Run};
use crate::package::SourceTree;

/// Longest chain of base addresses that is followed.
const LONGEST_CHAIN: usize = 8;

/// Where the project lies for other programs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The project's folder, absolute, with '/' and without one at the end.
    pub root: String,
    /// The project's folder below that of its repository, with '/' at its end; empty where they are the same.
    pub below_repository: String,
}

/// Where something lies.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the project, at this path.
    Inside(String),
    /// In the repository, outside of the project.
    Beside(String),
    /// Nobody knows.
    Unknown(String),
}

impl Origin {
    /// Finds the place of an artifact of a run.
    pub(super) fn place(&self, run: &Run, location: &ArtifactLocation, tree: &dyn SourceTree) -> Option<Place> {
        let uri = address(run, location)?;
        let decoded = percent_decode_str(&uri).decode_utf8_lossy().replace('\\', "/");
        let path = decoded.strip_prefix("file://").unwrap_or(&decoded);
        let repository = self.root.strip_suffix(self.below_repository.trim_end_matches('/')).unwrap_or(&self.root);
        let below = |folder: &str| {
            let rest = path.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')?;
            plain(rest)
        };
        let is_absolute = path.starts_with('/') || path.contains("://") || path.get(1..2) == Some(":");
        if is_absolute {
            return Some(match (below(&self.root), below(repository)) {
                (Some(inside), _) => Place::Inside(inside),
                (None, Some(beside)) if !self.below_repository.is_empty() => Place::Beside(beside),
                _ => Place::Unknown(path.to_owned()),
            });
        }
        let Some(path) = plain(path) else { return Some(Place::Unknown(decoded)) };
        Some(match path.strip_prefix(&self.below_repository) {
            // A scanner of the project and one of the whole repository write the same path in two ways.
            Some(inside) if !tree.contains(&path) => Place::Inside(inside.to_owned()),
            None if !tree.contains(&path) => Place::Beside(path),
            _ => Place::Inside(path),
        })
    }
}

/// The address of an artifact, with that of its base where there is one.
fn address(run: &Run, location: &ArtifactLocation) -> Option<String> {
    let by_index = || {
        let index = usize::try_from(location.index?).ok()?;
        run.artifacts.0.get(index)?.location.as_ref()
    };
    let location = if location.uri.is_some() { location } else { by_index()? };
    let mut address = location.uri.clone()?;
    let mut base = location.uri_base_id.as_ref();
    for _ in 0..LONGEST_CHAIN {
        let Some(above) = base.and_then(|name| run.original_uri_base_ids.get(name)) else { break };
        if let Some(uri) = &above.uri {
            address = format!("{}/{address}", uri.trim_end_matches('/'));
        }
        base = above.uri_base_id.as_ref();
    }
    Some(address)
}

/// The path without '.' and '..'; none where it leads out.
fn plain(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::*;
    use crate::package::SourceFile;

    struct One(Vec<SourceFile>);

    impl SourceTree for One {
        fn files(&self) -> &[SourceFile] {
            &self.0
        }

        fn open(&self, _: &str) -> io::Result<Box<dyn Read + '_>> {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn place(uri: &str, base: Option<&str>) -> Option<Place> {
        let tree = One(vec![SourceFile { path: "src/a b.js".into(), size: 1, executable: false }]);
        let run = serde_json::json!({
            "tool": {"driver": {"name": "t"}},
            "originalUriBaseIds": {"ROOT": {"uri": "file:///r/p/"}, "SRC": {"uri": "src/", "uriBaseId": "ROOT"},
                                   "LOOP": {"uri": "x/", "uriBaseId": "LOOP"}},
        });
        let run: Run = serde_json::from_value(run).expect("run");
        let location = ArtifactLocation { uri: Some(uri.into()), uri_base_id: base.map(str::to_owned), index: None };
        let origin = Origin { root: "/r/p".into(), below_repository: "p/".into() };
        origin.place(&run, &location, &tree)
    }

    #[test]
    fn places_are_found_however_they_are_written() {
        let inside = Some(Place::Inside("src/a b.js".into()));
        for (uri, base) in [
            ("src/a%20b.js", None),
            ("./src/../src/a%20b.js", None),
            ("p/src/a%20b.js", None),
            ("file:///r/p/src/a%20b.js", None),
            ("/r/p/src/a b.js", None),
            ("a%20b.js", Some("SRC")),
            ("src/a%20b.js", Some("%SRCROOT%")),
            ("src\\a b.js", None),
        ] {
            assert_eq!(place(uri, base), inside, "{uri}");
        }
    }

    #[test]
    fn what_lies_elsewhere_is_told_apart() {
        assert_eq!(place("q/b.js", None), Some(Place::Beside("q/b.js".into())));
        assert_eq!(place("file:///r/q/b.js", None), Some(Place::Beside("q/b.js".into())));
        assert_eq!(place("/elsewhere/src/a.js", None), Some(Place::Unknown("/elsewhere/src/a.js".into())));
        assert_eq!(place("../../etc/passwd", None), Some(Place::Unknown("../../etc/passwd".into())));
        assert!(matches!(place("a.js", Some("LOOP")), Some(Place::Beside(_))), "a chain without an end is cut");
    }
}
