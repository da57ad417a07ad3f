//! Pipes where files belong: they are named, and nobody waits for them.

use std::path::Path;
use std::process::Command;

use crate::support::TestEnvironment;

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().expect("mkfifo");
    assert!(made.success());
}

#[test]
fn an_ignore_file_that_is_a_pipe_is_named() {
    for place in [".gitignore", "docs/.gitignore"] {
        let environment = TestEnvironment::new();
        let project = environment.plain_project();
        pipe(&project.join(place));
        for words in [&["pack", "--list"][..], &["certify", "--static"]] {
            environment.run_in(&project, words).expect(2).says(place).says("is no plain file");
        }
        let searched = environment.run_in(&project, &["scan", "--json"]).expect(6).json();
        assert!(searched["skipped"].to_string().contains(".gitignore"), "{searched}");
    }
}

#[test]
fn what_is_verified_is_a_plain_file() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    environment.run_in(&project, &["pack", "--out", "../plain.tar.zst"]).expect(0);
    pipe(&environment.path("work/pipe"));
    for words in [["pipe", "none.json"], ["plain.tar.zst", "pipe"]] {
        let finished = environment.run(&["verify", words[0], "--attestation", words[1]]).expect(2);
        if words[1] == "pipe" {
            finished.says("it is no plain file");
        }
    }
}
