//! The page: one document, whose policy lets nothing run but the script that it came with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The document.
pub(super) const DOCUMENT: &str = include_str!("page.html");

/// The Content-Security-Policy: no sources but this one script and this one style, known by their digests, and questions
/// to where the page came from.
pub(super) fn policy() -> String {
    let hash = |element: &str| {
        let text = DOCUMENT.split(&format!("<{element}>")).nth(1).and_then(|rest| rest.split("</").next());
        format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.unwrap_or_default())))
    };
    format!(
        "default-src 'none'; script-src {}; style-src {}; connect-src 'self'; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        hash("script"),
        hash("style"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_one_script_and_one_style_and_loads_nothing() {
        for element in ["script", "style"] {
            assert_eq!(DOCUMENT.matches(&format!("<{element}")).count(), 1, "{element}");
            // The digest is that of the text up to the first closing tag.
            let text = DOCUMENT.split(&format!("<{element}>")).nth(1).expect("element");
            assert!(text.split("</").nth(1).expect("end").starts_with(element), "{element}");
        }
        for foreign in ["http://", "https://", "src=", "@import", "url(", "innerHTML", "style=\"", "onclick="] {
            assert!(!DOCUMENT.contains(foreign), "{foreign}");
        }
    }
}
