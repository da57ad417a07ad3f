//! What kind of file the bytes are of: names of settings mean little in a binary, and lock files are full of digests.

use super::encoding::{Order, utf16_order};

/// Bytes at the beginning by which a file is judged.
pub(super) const HEAD: usize = 8192;

/// What the scanner heeds of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Nature {
    pub(super) order: Option<Order>,
    /// Whether names and values of this file are worth a look; if not, only secrets that show by themselves are found.
    pub(super) has_names: bool,
    /// Whether it is a program's source.
    pub(super) is_code: bool,
}

const CODE: &[&str] = &[
    "js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts", "vue", "svelte", "py", "pyi", "go", "rs", "java", "kt",
    "kts", "scala", "groovy", "c", "h", "cc", "cpp", "hpp", "cs", "fs", "vb", "swift", "m", "mm", "php", "rb", "pl",
    "pm", "lua", "dart", "ex", "exs", "erl", "hs", "clj", "r", "jl", "sol", "zig",
];
const NAMELESS: &[&str] = &[
    "css", "scss", "less", "svg", "map", "lock", "sum", "snap", "pdf", "po", "pot", "woff", "ttf", "crt", "cer", "pub",
    "asc", "sig",
];
const LOCK_FILES: &[&str] = &[
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "packages.lock.json",
    "flake.lock",
    "project.assets.json",
    "checksums.txt",
    "sha256sums",
];

impl Nature {
    /// Judges a file by its path, which may be empty, and by how it begins.
    pub(super) fn of(path: &str, bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(HEAD)];
        let order = utf16_order(head);
        let is_binary = order.is_none() && memchr::memchr(0, head).is_some();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let nameless = NAMELESS.contains(&extension) || LOCK_FILES.contains(&name.as_str()) || name.contains(".min.");
        Nature { order, has_names: !is_binary && !nameless, is_code: CODE.contains(&extension) }
    }
}
