//! `init` and `template`: what is asked, what is refused, what is written, and that a failure leaves nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::support::{Finished, TestEnvironment};

const FLAGS: [&str; 6] =
    ["--template", "webhook-python", "--name", "acme/claim-sync", "--category", "claims-management"];

/// `init` with the flags that it needs, and more.
fn init(environment: &TestEnvironment, more: &[&str]) -> Finished {
    environment.run(&[&["init"], &FLAGS[..], more].concat())
}

impl TestEnvironment {
    /// Runs git in a folder below the work folder.
    fn git(&self, folder: &str, arguments: &[&str]) -> Finished {
        Finished::of(self.prepared("git", &self.work().join(folder), arguments).spawn().expect("git"))
    }

    #[track_caller]
    fn has_nothing_in_work(&self) {
        assert_eq!(self.listing(&self.work()), [""; 0], "nothing is left behind");
    }
}

#[test]
fn a_project_is_made_with_all_that_it_needs() {
    let environment = TestEnvironment::new();
    let made = init(&environment, &["--json"]).expect(0).json();
    assert_eq!(made["schema"], "proveniq.init/1");
    assert_eq!(made["name"], "acme/claim-sync");
    assert_eq!(made["template"], "webhook-python");
    assert_eq!(made["git"], true);
    assert_eq!(made["next"][0], "cd claim-sync");
    let project = environment.work().join("claim-sync");
    assert_eq!(made["path"], project.to_str().expect("UTF-8"));
    for file in made["files"].as_array().expect("files") {
        assert!(project.join(file.as_str().expect("path")).is_file(), "{file}");
    }
    assert_eq!(environment.listing(&environment.work()), ["claim-sync"]);
    environment.run_in(&project, &["pack", "--list"]).expect(0);
}

#[test]
fn people_are_told_what_to_type_next_and_what_was_made_up() {
    let environment = TestEnvironment::new();
    let human = init(&environment, &["it's here"]).expect(0);
    assert!(human.stdout.contains("Next:\n  cd \"it's here\"\n  proveniq test-webhook"), "{}", human.stdout);
    human.says("support.email is support@acme.test, which reaches nobody: set yours in proveniq.toml");
}

#[test]
fn without_a_terminal_all_missing_flags_are_named_at_once() {
    let environment = TestEnvironment::new();
    for (extra, why) in [
        (&[][..], "without a terminal to ask on"),
        (&["--no-input"], "without a terminal to ask on"),
        (&["--yes"], "since --yes asks nothing"),
    ] {
        let refused = environment.run(&[&["init"], extra].concat()).expect(2);
        refused.says(&format!("missing {why}: --template, --name, --category")).says("hint: templates");
    }
    environment.run(&["init", "x", "--name", "acme/x"]).expect(2).says("ask on: --template, --category");
    environment.run(&[&["init"], &FLAGS[..4]].concat()).expect(2).says("ask on: --category");
    let asked_not_to = environment.run_with_variable(("PROVENIQ_NO_INPUT", "1"), &["init"]).expect(2);
    asked_not_to.says("--template, --name, --category");
    environment.has_nothing_in_work();
}

#[test]
fn answers_that_do_not_hold_are_refused() {
    let environment = TestEnvironment::new();
    let long = "x".repeat(201);
    let cases: [(&[&str], &str); 11] = [
        (&["--name", "claim-sync"], "--name: \"claim-sync\" is not of the form publisher/name"),
        (&["--name", "Acme/x"], "--name: \"Acme/x\" has a publisher that is not 1 to 64 of a-z"),
        (&["--name", "acme/../x"], "--name: \"acme/../x\" has a name that is not"),
        (&["--template", "webhook-pyton"], "hint: did you mean webhook-python?"),
        (&["--template", "zzz"], "hint: known: webhook-python, webhook-typescript"),
        (&["--category", "claims"], "invalid value 'claims'"),
        (&["--title", " "], "--title: is empty"),
        (&["--title", "a\nb"], "--title: must be one line"),
        (&["--title", &long], "--title: has 201 characters; 80 are allowed"),
        (&["--summary", &long], "--summary: has 201 characters; 200 are allowed"),
        (&["--support-email", "nobody"], "--support-email: \"nobody\" is not an email address"),
    ];
    for (wrong, reason) in cases {
        let kept = FLAGS.chunks(2).filter(|pair| pair[0] != wrong[0]).flatten().copied().collect::<Vec<_>>();
        environment.run(&[&["init"], &kept[..], wrong].concat()).expect(2).says(reason);
        environment.has_nothing_in_work();
    }
}

#[test]
fn a_target_that_holds_something_is_refused_and_left_as_it_is() {
    let environment = TestEnvironment::new();
    let target = environment.work().join("claim-sync");
    fs::create_dir(&target).expect("folder");
    fs::write(target.join(".hidden"), "mine").expect("written");
    init(&environment, &[]).expect(2).says("claim-sync is not empty").says("hint: name a new folder");
    assert_eq!(environment.listing(&target), [".hidden"]);
    assert_eq!(fs::read_to_string(target.join(".hidden")).expect("file"), "mine");
    assert_eq!(environment.listing(&environment.work()), ["claim-sync"]);
}

#[test]
fn a_file_as_target_is_refused_and_left_as_it_is() {
    let environment = TestEnvironment::new();
    fs::write(environment.work().join("file"), "mine").expect("written");
    init(&environment, &["file"]).expect(2).says("file cannot be used");
    init(&environment, &["file/below"]).expect(2).says("file/below cannot be used");
    init(&environment, &["file/far/below"]).expect(2);
    assert_eq!(fs::read_to_string(environment.work().join("file")).expect("file"), "mine");
    std::os::unix::fs::symlink("nowhere", environment.work().join("link")).expect("link");
    init(&environment, &["link"]).expect(2);
    assert_eq!(environment.listing(&environment.work()), ["file", "link"]);
}

#[test]
fn an_empty_folder_is_filled_and_so_is_the_working_folder() {
    let environment = TestEnvironment::new();
    fs::create_dir(environment.work().join("empty")).expect("folder");
    init(&environment, &["empty/"]).expect(0);
    assert!(environment.work().join("empty/proveniq.toml").is_file());
    assert_eq!(environment.listing(&environment.work()), ["empty"]);

    fs::create_dir(environment.work().join("here")).expect("folder");
    let here = environment.work().join("here");
    let made = environment.run_in(&here, &[&["init", "."], &FLAGS[..], &["--json"]].concat()).expect(0).json();
    assert_eq!(made["next"][0], "proveniq test-webhook");
    assert!(here.join("proveniq.toml").is_file() && here.join(".git").is_dir());
}

#[test]
fn folders_above_the_target_are_made_and_removed_again_when_it_fails() {
    let environment = TestEnvironment::new();
    init(&environment, &["a/b/c"]).expect(0);
    assert!(environment.work().join("a/b/c/proveniq.toml").is_file());
    let long = format!("new/{}/folder/project", "x".repeat(250));
    // The folder fits, and the temporary files below it do not: a path may have 4096 bytes.
    let too_deep = format!("{}/{}", "new", vec![long.as_str(); 15].join("/"));
    init(&environment, &[&too_deep]).expect(2);
    assert_eq!(environment.listing(&environment.work()), ["a"]);
    init(&environment, &["/proc/nope/project"]).expect(2).says("/proc/nope");
}

#[test]
fn hostile_words_stay_words_in_every_file() {
    let environment = TestEnvironment::new();
    let words =
        ["\"quoted\" \\ 'back' `tick`", "Schäden – 保険 🧾", "{{ x }} {% raw %} ${HOME} $(id)", "</h1>*/ # \"\"\" '''"];
    for (index, words) in words.iter().enumerate() {
        for template in ["webhook-python", "webhook-typescript"] {
            let folder = format!("{template}-{index}");
            let name = format!("acme/{folder}");
            let flags = ["--template", template, "--name", &name, "--category", "compliance", "--title", words];
            let more = ["--summary", words, "--support-email", "o'neil+\\x@acme.test"];
            environment.run(&[&["init", &folder], &flags[..], &more].concat()).expect(0);
            let project = environment.work().join(&folder);
            let text = fs::read_to_string(project.join("proveniq.toml")).expect("manifest");
            let manifest = proveniq::manifest::parse("proveniq.toml", &text).expect("a manifest that holds");
            assert_eq!((&*manifest.integration.title, &*manifest.integration.summary), (*words, *words));
            assert_eq!(manifest.support.email.as_deref(), Some("o'neil+\\x@acme.test"));
            if template == "webhook-typescript" {
                for file in ["package.json", "package-lock.json"] {
                    let text = fs::read_to_string(project.join(file)).expect("file");
                    serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
                }
            } else {
                let compiled = ["-m", "compileall", "-q", "integration", "scripts", "tests"];
                Finished::of(environment.prepared("python3", &project, &compiled).spawn().expect("python3")).expect(0);
            }
        }
    }
}

/// The secret in a project's `.env`.
fn secret(project: &Path) -> String {
    let text = fs::read_to_string(project.join(".env")).expect(".env");
    text.lines().find_map(|line| line.strip_prefix("PROVENIQ_WEBHOOK_SECRET=")).expect("secret").to_owned()
}

#[test]
fn each_project_has_a_signing_secret_of_its_own_that_is_kept_from_others_git_and_the_package() {
    let environment = TestEnvironment::new();
    let one = init(&environment, &["one"]).expect(0);
    init(&environment, &["two"]).expect(0);
    let project = environment.work().join("one");
    let mode = fs::metadata(project.join(".env")).expect(".env").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let first = secret(&project);
    proveniq::webhook::SigningSecret::parse_list(&first).expect("a secret that holds");
    assert!(first.starts_with("whsec_"), "{first}");
    assert_ne!(first, secret(&environment.work().join("two")));
    assert!(!one.stdout.contains(&first) && !one.stderr.contains(&first), "it is not printed");
    environment.git("one", &["check-ignore", "--quiet", ".env"]).expect(0);
    let packed = environment.run_in(&project, &["pack", "--list"]).expect(0).stdout;
    assert!(!packed.contains(".env "), "{packed}");
}

#[test]
fn a_repository_without_a_commit_is_made() {
    let environment = TestEnvironment::new();
    init(&environment, &[]).expect(0);
    let project = environment.work().join("claim-sync");
    assert!(project.join(".git").is_dir());
    environment.git("claim-sync", &["rev-parse", "--verify", "--quiet", "HEAD"]).expect(1);
    let unborn = environment.git("claim-sync", &["symbolic-ref", "--short", "HEAD"]).expect(0);
    assert_eq!(unborn.stdout, "main\n");
}

#[test]
fn no_repository_is_made_where_none_is_wanted_or_one_is_already() {
    let environment = TestEnvironment::new();
    let made = init(&environment, &["plain", "--no-git", "--json"]).expect(0).json();
    assert_eq!(made["git"], false);
    assert!(!environment.work().join("plain/.git").exists());

    environment.git(".", &["init", "--quiet"]).expect(0);
    let made = init(&environment, &["inside", "--json"]).expect(0).json();
    assert_eq!(made["git"], false);
    assert!(!environment.work().join("inside/.git").exists());
    let made = init(&environment, &["new/inside", "--json"]).expect(0).json();
    assert_eq!(made["git"], false);
}

#[test]
fn without_git_a_project_is_made_all_the_same() {
    let environment = TestEnvironment::new();
    let nothing = environment.path("nothing");
    let path = ("PATH", nothing.to_str().expect("UTF-8"));
    let made = environment.run_with_variable(path, &[&["init"], &FLAGS[..], &["--json"]].concat()).expect(0).json();
    assert_eq!(made["git"], false);
}

#[test]
fn the_support_address_comes_from_git_where_it_is_known() {
    let environment = TestEnvironment::new();
    environment.git(".", &["init", "--quiet"]).expect(0);
    environment.git(".", &["config", "user.email", "dev@acme.test"]).expect(0);
    let made = init(&environment, &[]).expect(0);
    assert!(!made.stderr.contains("reaches nobody"), "{}", made.stderr);
    let manifest = fs::read_to_string(environment.work().join("claim-sync/proveniq.toml")).expect("manifest");
    assert!(manifest.contains("\"dev@acme.test\""), "{manifest}");
}

#[test]
fn templates_are_listed_and_shown_with_the_files_that_they_write() {
    let environment = TestEnvironment::new();
    let listed = environment.run(&["template", "list", "--json"]).expect(0).json();
    let names: Vec<_> = listed["templates"].as_array().expect("templates").iter().map(|info| &info["name"]).collect();
    assert_eq!(names, ["webhook-python", "webhook-typescript"]);
    for name in ["webhook-python", "webhook-typescript"] {
        let shown = environment.run(&["template", "show", name, "--json"]).expect(0).json();
        assert_eq!(shown["schema"], "proveniq.template/1");
        let flags = ["--template", name, "--name", &format!("acme/{name}"), "--category", "compliance", "--json"];
        let made = environment.run(&[&["init"], &flags[..]].concat()).expect(0).json();
        assert_eq!(shown["files"], made["files"], "{name}");
    }
    environment.run(&["template", "show", "webhook-pyton"]).expect(2).says("hint: did you mean webhook-python?");
}

#[test]
fn on_a_terminal_each_answer_is_asked_for() {
    let environment = TestEnvironment::new();
    let steps = [
        ("Template", "\r"),
        ("Name (publisher/name)", "Acme/Claims\r"),
        ("has a publisher that is not", "acme/claims\r"),
        ("Category", "\u{1b}[B\r"),
        ("Title", "\r"),
        ("Summary", "About claims\r"),
        ("Support email", "dev@acme.test\r"),
    ];
    let finished = environment.run_on_terminal(&steps, &["init"]).expect(0);
    assert!(finished.stdout.contains("acme/claims from webhook-python in "), "{}", finished.stdout);
    let text = fs::read_to_string(environment.work().join("claims/proveniq.toml")).expect("manifest");
    let manifest = proveniq::manifest::parse("proveniq.toml", &text).expect("a manifest that holds");
    assert_eq!(manifest.integration.name.to_string(), "acme/claims");
    assert_eq!(manifest.integration.title, "Claims");
    assert_eq!(manifest.integration.summary, "About claims");
    assert_eq!(manifest.integration.category.as_str(), "claims-management");
    assert_eq!(manifest.support.email.as_deref(), Some("dev@acme.test"));
}

#[test]
fn what_a_flag_says_is_not_asked_for() {
    let environment = TestEnvironment::new();
    let flags = [&FLAGS[..], &["--title", "T", "--summary", "S", "--support-email", "a@acme.test"]].concat();
    environment.run_on_terminal(&[], &[&["init"], &flags[..]].concat()).expect(0);
    assert_eq!(environment.listing(&environment.work()), ["claim-sync"]);
}

#[test]
fn on_a_terminal_no_input_names_the_missing_flags() {
    let environment = TestEnvironment::new();
    for flag in ["--no-input", "--json"] {
        let refused = environment.run_on_terminal(&[], &["init", flag]).expect(2);
        assert!(refused.stdout.contains("--template, --name, --category"), "{}", refused.stdout);
    }
}

#[test]
fn on_a_terminal_yes_asks_nothing() {
    let environment = TestEnvironment::new();
    let refused = environment.run_on_terminal(&[], &["init", "-y"]).expect(2);
    let named = "missing since --yes asks nothing: --template, --name, --category";
    assert!(refused.stdout.contains(named), "{}", refused.stdout);
    let flags = ["--template", "webhook-python", "--name", "acme/claim-sync", "--category", "claims-management"];
    environment.run_on_terminal(&[], &[&["init", "-y"], &flags[..]].concat()).expect(0);
    assert_eq!(environment.listing(&environment.work()), ["claim-sync"]);
}

#[test]
fn ctrl_c_at_any_question_ends_with_130_and_leaves_nothing() {
    let environment = TestEnvironment::new();
    let whole = [
        ("Template", "\r"),
        ("Name (", "acme/x\r"),
        ("Category", "\r"),
        ("Title", "\r"),
        ("Summary", "\r"),
        ("Support", ""),
    ];
    for last in 0..whole.len() {
        let mut steps = whole[..=last].to_vec();
        steps[last].1 = "\u{3}";
        let ended = environment.run_on_terminal(&steps, &["init"]).expect(130);
        assert!(ended.stdout.contains("interrupted"), "{}", ended.stdout);
        environment.has_nothing_in_work();
    }
}

#[test]
fn a_command_line_of_a_stranger_can_be_copied_from_next() {
    let environment = TestEnvironment::new();
    let made = init(&environment, &["a b; touch x", "--json"]).expect(0).json();
    let enter = made["next"][0].as_str().expect("next");
    let mut shell = Command::new("sh");
    let ended = shell.args(["-c", enter]).current_dir(environment.work()).status().expect("sh");
    assert!(ended.success(), "{enter}");
    assert_eq!(environment.listing(&environment.work()), ["a b; touch x"]);
}
