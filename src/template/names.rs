//! Names in other spellings.

/// Names that a class of a scaffold must not have: words of the language, and what the template imports or the language
/// provides.
const TAKEN: &[&str] = &[
    "Array",
    "Boolean",
    "Buffer",
    "Config",
    "ConfigError",
    "Date",
    "Error",
    "EventHandler",
    "FileIdempotencyStore",
    "Function",
    "Integration",
    "LedgerEvent",
    "Map",
    "Number",
    "Object",
    "Promise",
    "ProofRequest",
    "Proxy",
    "ProveniqIntegration",
    "Record",
    "Set",
    "String",
    "Symbol",
    "UpstreamClient",
    "AddressInfo",
];

/// `claim-sync` as a title: `Claim Sync`.
pub fn title_of(name: &str) -> String {
    words(name).map(capitalised).collect::<Vec<_>>().join(" ")
}

/// `claim-sync` as a class: `ClaimSync`; always a name that a class can have.
pub(super) fn class_of(name: &str) -> String {
    let class: String = words(name).map(capitalised).collect();
    if class.starts_with(|c: char| c.is_ascii_digit()) {
        format!("Integration{class}")
    } else if TAKEN.contains(&class.as_str()) {
        format!("{class}Integration")
    } else {
        class
    }
}

/// `claim-sync` as a module: `claim_sync`.
pub(super) fn module_of(name: &str) -> String {
    let module = name.replace('-', "_");
    if module.starts_with(|c: char| c.is_ascii_digit()) { format!("integration_{module}") } else { module }
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split('-').filter(|word| !word.is_empty())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_respelled() {
        assert_eq!(title_of("claim-sync"), "Claim Sync");
        assert_eq!(class_of("claim--sync2"), "ClaimSync2");
        assert_eq!(class_of("error"), "ErrorIntegration");
        assert_eq!(class_of("3d-view"), "Integration3dView");
        assert_eq!(module_of("3d-view"), "integration_3d_view");
    }
}
