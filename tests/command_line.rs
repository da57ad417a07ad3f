//! The frame of the command line: help, refusals, JSON everywhere, colours, quiet, pipes, folders, manual pages.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use clap::CommandFactory as _;
use proveniq::cli::Cli;

use crate::support::{Finished, TestEnvironment};

/// Every command and group of commands that help shows, as words.
fn commands() -> Vec<Vec<String>> {
    fn walk(command: &clap::Command, path: &[String], found: &mut Vec<Vec<String>>) {
        found.push(path.to_vec());
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            walk(sub, &[path, &[sub.get_name().to_owned()]].concat(), found);
        }
    }
    let mut found = Vec::new();
    walk(&Cli::command(), &[], &mut found);
    found
}

/// The commands that do something themselves.
pub fn leaves() -> BTreeSet<String> {
    let all: Vec<_> = commands().iter().map(|path| path.join(" ")).collect();
    let is_group = |path: &str| path.is_empty() || all.iter().any(|other| other.starts_with(&format!("{path} ")));
    all.iter().filter(|path| !is_group(path)).cloned().collect()
}

/// What each command says when what it needs is not there: arguments, exit code, schema.
const WITHOUT_ANYTHING: &[(&str, &[&str], i32, &str)] = &[
    ("dev", &[], 2, "error"),
    ("demo", &["--template", "nope"], 2, "error"),
    ("init", &[], 2, "error"),
    ("template list", &[], 0, "template-list"),
    ("template show", &["nope"], 2, "error"),
    ("login", &[], 4, "error"),
    ("logout", &[], 4, "error"),
    ("whoami", &[], 4, "error"),
    ("install", &["acme/plain"], 4, "error"),
    ("uninstall", &["acme/plain"], 4, "error"),
    ("logs", &["--audit"], 4, "error"),
    ("keys create", &["--name", "laptop"], 4, "error"),
    ("keys list", &[], 4, "error"),
    ("keys use", &["laptop"], 4, "error"),
    ("keys audit", &[], 4, "error"),
    ("keys import", &["--name", "laptop"], 2, "error"),
    ("keys rotate", &["laptop"], 4, "error"),
    ("keys show", &["laptop"], 4, "error"),
    ("keys revoke", &["laptop"], 4, "error"),
    ("keys scan-hook", &[], 2, "error"),
    ("status", &["acme/plain@1.0.0"], 4, "error"),
    ("yank", &["acme/plain@1.0.0", "--reason", "why"], 4, "error"),
    ("unyank", &["acme/plain@1.0.0"], 4, "error"),
    ("deprecate", &["acme/plain@1.0.0", "--undo"], 4, "error"),
    ("review list", &[], 4, "error"),
    ("review show", &["acme/plain@1.0.0"], 4, "error"),
    ("review approve", &["acme/plain@1.0.0"], 4, "error"),
    ("review reject", &["acme/plain@1.0.0", "--reason", "why"], 4, "error"),
    ("verify", &["none.tar.zst", "--attestation", "none.json"], 2, "error"),
    ("scan", &["none"], 2, "error"),
    ("sandbox start", &["--host", "203.0.113.1", "--port", "0"], 2, "error"),
    ("sandbox stop", &[], 0, "sandbox-stop"),
    ("sandbox status", &[], 1, "sandbox-status"),
    ("sandbox reset", &[], 2, "error"),
    ("sandbox emit", &["webhook.ping"], 4, "error"),
    ("serve", &["--config", "none.toml"], 2, "error"),
    ("test-webhook", &[], 2, "error"),
    ("listen replay", &["1", "--capture", "none.db"], 2, "error"),
    ("listen explain", &["none.json"], 2, "error"),
    ("listen secret", &[], 4, "error"),
    ("certify", &[], 2, "error"),
    ("advisories update", &["--from", "file:///nowhere"], 2, "error"),
    ("pack", &[], 2, "error"),
    ("publish", &[], 2, "error"),
    ("search", &["claim"], 4, "error"),
    ("info", &["acme/plain"], 4, "error"),
    ("doctor", &["--profile", "not/a/name"], 1, "doctor"),
    ("completions", &["tcsh"], 2, "error"),
    ("man", &["--out", "/proc/nope"], 2, "error"),
];

/// Expects that stdout is the document of an error, whole and alone.
#[track_caller]
fn is_an_error_document(finished: &Finished) {
    let document = finished.json();
    assert_eq!(document["schema"], "proveniq.error/1", "{document}");
    assert_eq!(document["error"]["exit_code"], finished.code, "{document}");
    let kind = match finished.code {
        1 => "negative",
        2 => "usage",
        4 => "unreachable",
        other => panic!("{other} in {document}"),
    };
    assert_eq!(document["error"]["kind"], kind, "{document}");
    let message = document["error"]["message"].as_str().expect("message");
    assert!(!message.is_empty() && message.lines().count() == 1, "{message:?}");
}

#[test]
fn every_command_has_help_that_fits_100_columns() {
    let environment = TestEnvironment::new();
    for path in commands() {
        for flag in ["--help", "-h"] {
            let arguments: Vec<_> = path.iter().map(String::as_str).chain([flag]).collect();
            let help = environment.run(&arguments).expect(0);
            assert_eq!(help.stderr, "", "{path:?}");
            assert!(help.stdout.contains("Usage: proveniq"), "{path:?}: {}", help.stdout);
            let wide = help.stdout.lines().find(|line| line.chars().count() > 100);
            assert_eq!(wide, None, "{path:?}");
        }
    }
}

#[test]
fn the_version_is_told() {
    let version = TestEnvironment::new().run(&["--version"]).expect(0);
    assert_eq!(version.stdout, concat!("proveniq ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn without_a_command_help_is_shown_and_the_exit_code_is_2() {
    let environment = TestEnvironment::new();
    for group in [&[][..], &["keys"], &["sandbox"], &["template"]] {
        let finished = environment.run(group).expect(2).says("Usage: proveniq").says("Commands:");
        assert_eq!(finished.stdout, "", "{group:?}");
    }
}

#[test]
fn a_wrong_word_is_refused_with_exit_code_2() {
    let environment = TestEnvironment::new();
    let cases: [(&[&str], &str); 9] = [
        (&["publsh"], "a similar subcommand exists: 'publish'"),
        (&["keys", "lst"], "a similar subcommand exists: 'list'"),
        (&["publish", "--dry-rum"], "a similar argument exists: '--dry-run'"),
        (&["search", "--limit", "0"], "0 is not in 1..=100"),
        (&["init", "--category", "claims"], "claims-management"),
        (&["keys", "create"], "--name <NAME>"),
        (&["info", "a", "b"], "unexpected argument 'b'"),
        (&["--json", "--format", "human", "doctor"], "cannot be used with"),
        (&["--color", "sometimes", "doctor"], "invalid value 'sometimes'"),
    ];
    for (words, reason) in cases {
        if words[0] != "--json" {
            let human = environment.run(words).expect(2).says(reason);
            assert_eq!(human.stdout, "", "{words:?}");
        }
        let json = environment.run(&[words, &["--json"]].concat()).expect(2);
        is_an_error_document(&json);
        assert_eq!(json.stderr, "", "{words:?}");
    }
}

#[test]
fn a_missing_argument_is_named_in_the_message() {
    let document = TestEnvironment::new().run(&["--json", "keys", "create"]).expect(2).json();
    assert_eq!(document["error"]["message"], "the following required arguments were not provided: --name <NAME>");
}

#[test]
fn json_gives_one_document_for_every_command_and_also_when_it_fails() {
    let environment = TestEnvironment::new();
    let tried: BTreeSet<_> = WITHOUT_ANYTHING.iter().map(|(command, ..)| (*command).to_owned()).collect();
    let openapi = BTreeSet::from(["openapi".to_owned()]);
    assert_eq!(leaves(), &tried | &openapi, "each command is tried here");
    for (command, arguments, code, schema) in WITHOUT_ANYTHING {
        let words: Vec<_> = command.split(' ').chain(arguments.iter().copied()).collect();
        let json = environment.run(&[&words[..], &["--json"]].concat()).expect(*code);
        assert_eq!(json.json()["schema"], format!("proveniq.{schema}/1"), "{command}");
        if *schema == "error" {
            is_an_error_document(&json);
        }
        let format = environment.run(&[&["--format", "json"], &words[..]].concat()).expect(*code);
        assert_eq!(format.stdout, json.stdout, "{command}: --format json is --json");
    }
    assert_eq!(environment.run(&["openapi", "--json"]).expect(0).json()["openapi"], "3.1.0");
}

#[test]
fn an_error_for_people_goes_to_stderr_with_a_hint() {
    let environment = TestEnvironment::new();
    for (command, arguments, code, schema) in WITHOUT_ANYTHING {
        let words: Vec<_> = command.split(' ').chain(arguments.iter().copied()).collect();
        let human = environment.run(&words).expect(*code);
        if *schema == "error" {
            assert_eq!(human.stdout, "", "{command}");
            assert!(human.stderr.contains("error: "), "{command}: {}", human.stderr);
        }
    }
    let finished = environment.run(&["keys", "list"]).expect(4);
    insta::assert_snapshot!(finished.stderr, @r"
    error: no marketplace is named and no sandbox runs on this machine
    hint: start one with `proveniq sandbox start --detach`
    hint: or name one with --marketplace URL or PROVENIQ_MARKETPLACE_URL
    ");
}

/// A variable and its value.
type Variable = (&'static str, &'static str);

/// Runs with variables of its own, and tells whether stdout, then whether stderr has escape codes.
fn coloured(variables: &[Variable], arguments: &[&str]) -> (bool, bool) {
    let mut environment = TestEnvironment::new();
    for (name, value) in variables {
        environment.set(name, value);
    }
    let finished = environment.run(arguments);
    (finished.stdout.contains('\u{1b}'), finished.stderr.contains('\u{1b}'))
}

#[test]
fn colour_is_decided_by_flag_then_variables_then_terminal() {
    // Each prints in colour where it may: an outcome, an error of ours, help, and what is wrong with the arguments.
    let outcomes: [&[&str]; 2] = [&["template", "list", "--quiet"], &["--help"]];
    let errors: [&[&str]; 2] = [&["pack"], &["--nope"]];
    let cases: [(&[Variable], &[&str], bool); 10] = [
        (&[], &[], false),
        (&[], &["--color", "always"], true),
        (&[], &["--color=always"], true),
        (&[("CLICOLOR_FORCE", "1")], &[], true),
        (&[("CLICOLOR_FORCE", "0")], &[], false),
        (&[("CLICOLOR_FORCE", "1")], &["--color", "never"], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[], false),
        (&[("NO_COLOR", "1")], &["--color", "always"], true),
        (&[("NO_COLOR", "1")], &[], false),
        (&[("TERM", "dumb")], &[], false),
    ];
    for (variables, flags, expected) in cases {
        for words in outcomes {
            let seen = coloured(variables, &[flags, words].concat());
            assert_eq!(seen, (expected, false), "{variables:?} {flags:?} {words:?}");
        }
        for words in errors {
            let seen = coloured(variables, &[flags, words].concat());
            assert_eq!(seen, (false, expected), "{variables:?} {flags:?} {words:?}");
        }
    }
}

#[test]
fn json_is_never_coloured() {
    assert_eq!(coloured(&[], &["--color", "always", "--json", "template", "list"]), (false, false));
    assert_eq!(coloured(&[], &["--color", "always", "--json", "pack"]), (false, false));
}

#[test]
fn quiet_leaves_stderr_empty_on_success_and_still_tells_errors() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    for words in
        [&["template", "list"][..], &["pack", "--list"], &["pack"], &["sandbox", "stop"], &["certify", "--static"]]
    {
        let finished = environment.run_in(&project, &[words, &["--quiet"]].concat());
        assert_eq!(finished.stderr, "", "{words:?}");
        assert!([0, 6].contains(&finished.code), "{words:?}: {}", finished.code);
    }
    environment.run(&["pack", "--quiet"]).expect(2).says("error: there is no proveniq.toml");
}

/// Runs with the reader of stdout gone before the first byte, or the reader of both streams.
fn run_without_reader(mut command: Command, stderr_too: bool) -> (i32, String) {
    let (reader, writer) = std::io::pipe().expect("pipe");
    drop(reader);
    if stderr_too {
        command.stderr(writer.try_clone().expect("pipe"));
    }
    let child = command.stdout(writer).spawn().expect("started");
    // The command keeps the pipe's writing end open.
    drop(command);
    let output = child.wait_with_output().expect("ended");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_reader_that_goes_away_causes_no_panic() {
    let environment = TestEnvironment::new();
    let cases: [(&[&str], i32); 8] = [
        (&["--help"], 0),
        (&["keys", "create", "--help"], 0),
        (&["completions", "zsh"], 0),
        (&["openapi"], 0),
        (&["man"], 0),
        (&["template", "list", "--quiet", "--json"], 0),
        (&["pack", "--json"], 2),
        (&["--nope", "--json"], 2),
    ];
    for (words, code) in cases {
        let ended = run_without_reader(environment.command_in(&environment.work(), words), false);
        assert_eq!(ended, (code, String::new()), "{words:?}");
        let ended = run_without_reader(environment.command_in(&environment.work(), words), true);
        assert_eq!(ended.0, code, "{words:?}");
    }
}

#[test]
fn a_full_disk_behind_stdout_is_an_error() {
    let environment = TestEnvironment::new();
    for words in [&["template", "list"][..], &["openapi"], &["--help"]] {
        let mut command = environment.command_in(&environment.work(), words);
        command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").expect("device"));
        Finished::of(command.spawn().expect("started")).expect(2).says("cannot write to standard output");
    }
}

#[test]
fn a_command_works_in_the_folder_that_is_named() {
    let environment = TestEnvironment::new();
    environment.plain_project();
    let packed = environment.run(&["-C", "plain", "pack", "--list", "--json"]).expect(0).json();
    assert!(packed["files"].as_array().expect("files").iter().any(|file| file["path"] == "handler.py"), "{packed}");
    environment.run(&["-C", "plain/docs", "pack", "--list"]).expect(0);
    environment
        .run(&["-C", "nope", "pack"])
        .expect(2)
        .says("cannot work in nope")
        .says("hint: name an existing folder");
    environment.run(&["-C", "plain/README.md", "pack"]).expect(2).says("cannot work in plain/README.md");
    is_an_error_document(&environment.run(&["-C", "nope", "doctor", "--json"]).expect(2));
}

#[test]
fn a_profile_that_is_no_name_is_refused() {
    let environment = TestEnvironment::new();
    let finished = environment.run(&["--marketplace", "http://127.0.0.1:9", "--profile", "a/b", "keys", "list"]);
    finished.expect(2).says("\"a/b\" is not a profile name").says("hint: use 1 to 64 letters");
}

#[test]
fn completions_of_every_shell_name_the_commands() {
    let environment = TestEnvironment::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = environment.run(&["completions", shell]).expect(0).stdout;
        for path in commands() {
            for word in path {
                assert!(script.contains(&word), "{shell}: {word}");
            }
        }
        let document = environment.run(&["completions", shell, "--json"]).expect(0).json();
        assert_eq!(document["text"], script.as_str(), "{shell}");
    }
}

#[test]
fn the_manual_is_roff_and_has_a_page_for_each_command() {
    let environment = TestEnvironment::new();
    let page = environment.run(&["man"]).expect(0).stdout;
    assert!(page.contains(".TH proveniq 1"), "{page}");
    let written = environment.run(&["man", "--out", "pages", "--json"]).expect(0).json();
    let pages = environment.listing(&environment.work().join("pages"));
    let expected: BTreeSet<_> =
        commands().iter().map(|path| [&["proveniq".to_owned()], &path[..]].concat().join("-") + ".1").collect();
    assert_eq!(pages.iter().cloned().collect::<BTreeSet<_>>(), expected);
    assert_eq!(written["files"].as_array().expect("files").len(), pages.len());
    for page in pages {
        let text = fs::read_to_string(environment.work().join("pages").join(&page)).expect("page");
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{page}");
    }
}
