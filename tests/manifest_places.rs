//! Texts that are no manifest, or none that can be read: each problem is told once, at a place that is there.

use std::fs;

use proptest::prelude::*;
use proveniq::manifest;

use crate::manifest::{FULL, PLAIN, and, each_has, problems, read, with};
use crate::support::TestEnvironment;

#[test]
fn people_see_every_problem_with_its_place() {
    let environment = TestEnvironment::new();
    fs::write(environment.work().join("proveniq.toml"), with("ready = ", "redy = ").replace("1.0.0", "1"))
        .expect("written");
    let finished = environment.run(&["pack"]).expect(2);
    insta::assert_snapshot!(finished.stderr, @r#"
    error: proveniq.toml has 2 problems
      proveniq.toml:4:11: integration.version "1" is not a semantic version: unexpected end of input while parsing major version number
      proveniq.toml:19:1: unknown key run.redy
        did you mean run.ready?
    "#);
}

#[test]
fn what_is_no_toml_is_told_at_its_place() {
    each_has(&[
        (String::new(), "1:1: the table [integration] is missing"),
        ("\u{feff}".into(), "1:1: the table [integration] is missing"),
        (and("x\n"), "20:2: key with no value, expected `=`"),
        (and("[run]\n"), "20:2: duplicate key"),
        (with("\"Plain\"", "\"Plain"), "3:15: invalid basic string, expected `\"`"),
        ("a\u{0}b = 1\n".into(), "1:2: invalid unquoted key, expected letters, numbers, `-`, `_`"),
        (
            with("\"Plain\"", "\"Pl\u{0}in\""),
            "3:12: invalid basic string, expected non-double-quote visible characters, `\\`",
        ),
        (format!("\u{feff}{}", with("\"Plain\"", "7")), "3:9: integration.title must be a string, not integer"),
        (with("\"Plain\"", "7").replace('\n', "\r\n"), "3:9: integration.title must be a string, not integer"),
    ]);
}

#[test]
fn what_nests_too_deep_is_told_without_a_flood() {
    let environment = TestEnvironment::new();
    let deep = [
        format!("a = {}\n", "[".repeat(5_000)),
        format!("a = {}{}\n", "[".repeat(5_000), "]".repeat(5_000)),
        format!("a = {}\n", "{a = ".repeat(5_000)),
        format!("{}a = 1\n", "a.".repeat(5_000)),
        format!("[settings{}]\n", ".a".repeat(5_000)),
    ];
    for manifest in deep {
        let found = problems(&environment, &manifest);
        assert!((1..=3).contains(&found.len()), "{found:?} in {}", &manifest[..20]);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_one_message() {
    let environment = TestEnvironment::new();
    for (bytes, why) in [
        (b"\xff\xfe[\0i\0n\0".to_vec(), "valid UTF-8"),
        ([PLAIN.as_bytes(), b"# \xc3\x28\n"].concat(), "valid UTF-8"),
        ([PLAIN.as_bytes(), &vec![b'#'; 1 << 20]].concat(), "larger than 1048576 bytes"),
    ] {
        let document = read(&environment, bytes).expect(2).json();
        let message = document["error"]["message"].as_str().expect("message");
        assert!(message.starts_with("cannot read ") && message.ends_with("/proveniq.toml"), "{document}");
        assert!(document.to_string().contains(why), "{document}");
    }
}

#[test]
fn the_manifest_is_found_in_the_folders_above() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    environment.run_in(&project.join("docs"), &["pack", "--list"]).expect(0);
    environment.run(&["pack"]).expect(2).says("there is no proveniq.toml in").says("hint: make an integration");
    fs::create_dir(environment.work().join("proveniq.toml")).expect("folder");
    environment.run(&["pack"]).expect(2).says("there is no proveniq.toml in");
}

/// Where a text is changed, and what is put there.
fn change() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        "[\\[\\]{}=.,\"'#\\\\\n\r\t \u{0}]{1,6}",
        prop::sample::select(vec![
            "[[",
            "]]",
            "\"\"\"",
            "'''",
            "0x",
            "1e400",
            "inf",
            "-nan",
            "1979-05-27",
            "é",
            "\u{feff}"
        ])
        .prop_map(str::to_owned),
    ];
    (any::<prop::sample::Index>(), 0..12_usize, piece)
}

fn changed(text: &str, changes: &[(prop::sample::Index, usize, String)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, drop, piece) in changes {
        let from = at.index(letters.len() + 1);
        let to = (from + drop).min(letters.len());
        letters.splice(from..to, piece.chars());
    }
    letters.into_iter().collect()
}

/// Expects that places lie in the text and come in order.
fn places_hold(text: &str) -> Result<(), TestCaseError> {
    let Err(problems) = manifest::parse("proveniq.toml", text) else { return Ok(()) };
    prop_assert!(!problems.is_empty());
    let places: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column)).collect();
    prop_assert!(places.is_sorted(), "{places:?}");
    for (line, column) in places {
        let width = text.split('\n').nth(line - 1).map(|line| line.chars().count());
        prop_assert!(width.is_some_and(|width| (1..=width + 1).contains(&column)), "{line}:{column}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_at_a_place(text in "(?s).{0,400}") {
        places_hold(&text)?;
    }

    #[test]
    fn a_manifest_with_changes_is_read_or_refused_at_a_place(changes in prop::collection::vec(change(), 1..6)) {
        places_hold(&changed(FULL, &changes))?;
    }
}
