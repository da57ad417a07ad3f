//! Files that are generated from the code and kept in the repository, for editors, shells and other programs.

use std::path::Path;

use proveniq::manifest;

use crate::support::TestEnvironment;

/// Expects that the file holds `text`; `scripts/generate` sets the variable that has it written anew.
fn keeps(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("PROVENIQ_REGENERATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        std::fs::write(path, text).expect("written");
        return;
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == text, "{file} is not what the program generates: run scripts/generate and commit the change");
}

#[test]
fn completions_are_up_to_date() {
    let environment = TestEnvironment::new();
    for (shell, file) in [
        ("bash", "proveniq.bash"),
        ("zsh", "_proveniq"),
        ("fish", "proveniq.fish"),
        ("powershell", "_proveniq.ps1"),
        ("elvish", "proveniq.elv"),
    ] {
        keeps(&format!("completions/{file}"), &environment.run(&["completions", shell]).expect(0).stdout);
    }
}

#[test]
fn the_schema_of_the_manifest_is_up_to_date() {
    keeps("docs/proveniq.schema.json", &manifest::json_schema());
}

#[test]
fn the_schema_of_a_certification_is_up_to_date() {
    keeps("docs/certification.schema.json", &proveniq::certification::reports::json_schema());
}

#[test]
fn the_openapi_document_is_up_to_date() {
    keeps("docs/openapi.json", &TestEnvironment::new().run(&["openapi"]).expect(0).stdout);
}
