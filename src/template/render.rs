//! Template and answers to the files of a project. Either all files or an error.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use super::answers::Answers;
use super::catalogue::Template;
use super::sdk;
use crate::error::{Error, Explain, Result};

/// Files with this ending are rendered, and lose it; others are copied.
const RENDERED: &str = ".jinja";
/// Work that rendering one file may do; a template that loops for ever is stopped.
const FUEL: u64 = 1_000_000;

/// A file of the project to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// Path below the project, with '/'.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Renders every file; an undefined variable is an error that names file and line.
pub fn render(template: &Template, answers: &Answers) -> Result<Vec<RenderedFile>> {
    let environment = environment();
    let variables = answers.variables();
    let mut files = Vec::new();
    for (path, bytes) in &template.files {
        let file = match path.strip_suffix(RENDERED) {
            None => RenderedFile { path: path.clone(), bytes: bytes.to_vec() },
            Some(rendered) => {
                let text = render_text(&environment, &template.info.name, path, bytes, &variables)?;
                RenderedFile { path: rendered.to_owned(), bytes: text.into_bytes() }
            }
        };
        files.push(file);
    }
    if let Some(path) = vendored(template) {
        files.push(RenderedFile { path: path.into(), bytes: sdk::tarball()? });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Paths of the files that [`render`] makes.
pub fn rendered_paths(template: &Template) -> Vec<String> {
    let mut paths: Vec<_> =
        template.files.iter().map(|(path, _)| path.strip_suffix(RENDERED).unwrap_or(path).to_owned()).collect();
    paths.extend(vendored(template).map(str::to_owned));
    paths
}

/// Where the SDK goes, in the language that needs it.
fn vendored(template: &Template) -> Option<&'static str> {
    (template.info.language == "typescript").then_some(sdk::TARBALL)
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // A builder that only sets an option cannot fail; were it to, the default syntax would cut a final newline.
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment.set_fuel(Some(FUEL));
    environment.add_filter("json", json_literal);
    environment
}

/// A string literal that JSON, TOML, JavaScript and Python read alike. TOML wants U+007F escaped too.
fn json_literal(value: &Value) -> Result<String, minijinja::Error> {
    let failed = |cause: serde_json::Error| {
        minijinja::Error::new(minijinja::ErrorKind::BadSerialization, "cannot make a literal").with_source(cause)
    };
    Ok(serde_json::to_string(value).map_err(failed)?.replace('\u{7f}', "\\u007f"))
}

fn render_text(
    environment: &Environment<'_>,
    template: &str,
    path: &str,
    bytes: &[u8],
    variables: &Value,
) -> Result<String> {
    let source = std::str::from_utf8(bytes).or_usage(|| format!("{path} of the template {template} is not UTF-8"))?;
    environment.render_named_str(path, source, variables).map_err(|cause| {
        let place = cause.line().map(|line| format!(":{line}")).unwrap_or_default();
        Error::usage(format!("the template {template} is broken at {path}{place}"))
            .because(cause)
            .hint("nothing was written; `proveniq template list` shows the other templates")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{self, Category, IntegrationName};
    use crate::template::{TemplateInfo, catalogue};

    fn answers(title: &str) -> Answers {
        Answers {
            name: IntegrationName::parse("acme/claim-sync").expect("name"),
            title: title.into(),
            summary: format!("About {title}"),
            category: Category::ClaimsManagement,
            support_email: "support@acme.test".into(),
            year: 2026,
        }
    }

    fn broken(source: &str) -> Template {
        let text = |text: &str| text.to_owned();
        let info = TemplateInfo {
            name: text("t"),
            title: text("T"),
            summary: text("t"),
            kind: text("webhook"),
            language: text("none"),
            requires: vec![],
            next: vec![],
        };
        Template { info, files: vec![("a.txt.jinja".into(), source.as_bytes().to_vec().into())] }
    }

    #[test]
    fn an_undefined_variable_is_named_with_its_place() {
        let error = render(&broken("one\n{{ nothing }}"), &answers("T")).expect_err("undefined");
        assert_eq!(error.message(), "the template t is broken at a.txt.jinja:2");
        assert_eq!(error.kind().exit_code(), 2);
    }

    #[test]
    fn a_template_that_never_ends_is_stopped() {
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
        assert!(render(&broken(endless), &answers("T")).is_err());
    }

    #[test]
    fn every_template_gives_a_manifest_that_holds_for_any_title() {
        for title in ["Claim Sync", "A \"quoted\" \\ title", "Schäden & Co <3 {{ x }}", "*/ </script> #{x} $x"] {
            for template in catalogue().expect("catalogue") {
                let files = render(&template, &answers(title)).expect("rendered");
                let toml = files.iter().find(|file| file.path == manifest::FILE_NAME).expect("manifest");
                let manifest = manifest::parse("t", std::str::from_utf8(&toml.bytes).expect("UTF-8"));
                assert_eq!(manifest.expect("manifest").integration.title, title);
            }
        }
    }
}
