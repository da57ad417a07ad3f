//! Which languages are read, and which are known not to be.

use tree_sitter::Language as Grammar;

/// A language that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::certification) enum Language {
    JavaScript,
    TypeScript,
    Tsx,
    Python,
    Rust,
}

/// Endings of sources that a server may be written in and that are not read.
const UNREAD: &[&str] = &[
    "go", "java", "kt", "kts", "scala", "groovy", "cs", "fs", "vb", "rb", "php", "swift", "c", "cc", "cpp", "cxx", "m",
    "ex", "exs", "erl", "clj", "hs", "ml", "lua", "pl", "r", "dart", "zig", "nim", "vue", "svelte",
];

impl Language {
    /// The language of a file, by its ending.
    pub(in crate::certification) fn of(path: &str) -> Option<Language> {
        match ending(path)?.as_str() {
            "js" | "mjs" | "cjs" | "jsx" => Some(Language::JavaScript),
            "ts" | "mts" | "cts" => Some(Language::TypeScript),
            "tsx" => Some(Language::Tsx),
            "py" | "pyw" => Some(Language::Python),
            "rs" => Some(Language::Rust),
            _ => None,
        }
    }

    /// Whether a file is source code of a language that is not read.
    pub(in crate::certification) fn is_unread(path: &str) -> bool {
        ending(path).is_some_and(|ending| UNREAD.contains(&ending.as_str()))
    }

    pub(super) fn grammar(self) -> Grammar {
        match self {
            Language::JavaScript => tree_sitter_javascript::LANGUAGE.into(),
            Language::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
            Language::Tsx => tree_sitter_typescript::LANGUAGE_TSX.into(),
            Language::Python => tree_sitter_python::LANGUAGE.into(),
            Language::Rust => tree_sitter_rust::LANGUAGE.into(),
        }
    }
}

fn ending(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    (!stem.is_empty() && !ending.contains('/')).then(|| ending.to_lowercase())
}
