//! Files that a machine made of others: bundles, source maps, the output of a compiler.

use crate::package::SourceTree;

/// Bytes from which on a file of long lines is a bundle.
const BUNDLE: usize = 4096;
/// Bytes a line from which on nobody wrote it.
const LONGEST_MEAN: usize = 400;

/// Folders into which compilers write.
const OUTPUT: &[&str] = &["dist", "build", "out", "lib", "target", "public"];
/// Folders in which their sources are.
const SOURCES: &[&str] = &["src", "source", "lib", "app", "."];

/// Why a file counts as made by a machine, going by its name and its first bytes.
pub(in crate::certification) fn is_generated(path: &str, head: &[u8], tree: &dyn SourceTree) -> Option<&'static str> {
    let lower = path.to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&[".js.map", ".mjs.map", ".cjs.map", ".css.map", ".ts.map"]) {
        return Some("a source map");
    }
    if ends(&[".min.js", ".min.mjs", ".min.css", ".bundle.js", ".chunk.js"]) {
        return Some("a bundle");
    }
    if ends(&[".js", ".mjs", ".cjs", ".css"]) && is_minified(head) {
        return Some("a bundle");
    }
    if ends(&["_pb2.py", "_pb2_grpc.py", ".pb.go", ".pb.rs"]) {
        return Some("made from another file");
    }
    has_source(path, tree).then_some("the output of a compiler, beside its source")
}

/// Lines too long for anybody to have written them. Comments may be long, so what is in one does not count.
fn is_minified(head: &[u8]) -> bool {
    let is_comment = |line: &&[u8]| {
        let start = line.trim_ascii_start();
        start.starts_with(b"//") || start.starts_with(b"/*") || start.starts_with(b"*")
    };
    let lines: Vec<_> =
        head.split(|byte| *byte == b'\n').filter(|line| !line.is_empty() && !is_comment(line)).collect();
    let bytes: usize = lines.iter().map(|line| line.len()).sum();
    bytes >= BUNDLE && bytes / lines.len().max(1) > LONGEST_MEAN
}

/// `dist/a.js` where there is `src/a.ts`, and `src/a.js` beside `src/a.ts`.
fn has_source(path: &str, tree: &dyn SourceTree) -> bool {
    let stem = [".d.ts", ".js", ".mjs", ".cjs"].iter().find_map(|ending| path.strip_suffix(ending));
    let Some(stem) = stem else { return false };
    let sources = |stem: &str| {
        [".ts", ".tsx", ".mts", ".cts"].iter().any(|ending| {
            let source = format!("{stem}{ending}");
            source != path && tree.contains(&source)
        })
    };
    let parts: Vec<_> = stem.split('/').collect();
    let moved = parts.iter().enumerate().filter(|(_, part)| OUTPUT.contains(part)).any(|(at, _)| {
        SOURCES.iter().any(|folder| {
            let folder = Some(*folder).filter(|folder| *folder != ".");
            let parts = parts[..at].iter().copied().chain(folder).chain(parts[at + 1..].iter().copied());
            sources(&parts.collect::<Vec<_>>().join("/"))
        })
    });
    sources(stem) || moved
}
