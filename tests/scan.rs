//! `scan`: files, archives, history and what is staged; what cannot be searched is named.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Instant;

use proveniq::event::SplitMix64;
use proveniq::scan::synthesise;
use serde_json::Value;

use crate::support::{Finished, TestEnvironment};

/// A password that only its name gives away.
const WEAK: &str = "hunter2";

fn made(form: &str) -> String {
    synthesise(form, &mut SplitMix64::new(5))
}

/// A token that looks real.
fn token() -> String {
    made("ghp_{30}{crc}")
}

fn write(environment: &TestEnvironment, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
    let path = environment.work().join(path);
    fs::create_dir_all(path.parent().expect("folder")).expect("folder");
    fs::write(path, content).expect("written");
}

/// What was found, as `path:line:column rule severity`.
fn found(document: &Value) -> Vec<String> {
    let text = |finding: &Value, field: &str| finding[field].as_str().expect("text").to_owned();
    let place = |finding: &Value| format!("{}:{}:{}", text(finding, "path"), finding["line"], finding["column"]);
    let findings = document["findings"].as_array().expect("findings").iter();
    findings
        .map(|finding| format!("{} {} {}", place(finding), text(finding, "rule"), text(finding, "severity")))
        .collect()
}

fn skipped(document: &Value) -> Vec<String> {
    let text = |skipped: &Value, field: &str| skipped[field].as_str().expect("text").to_owned();
    let all = document["skipped"].as_array().expect("skipped").iter();
    all.map(|skipped| format!("{}: {}", text(skipped, "path"), text(skipped, "reason"))).collect()
}

fn scan(environment: &TestEnvironment, arguments: &[&str], code: i32) -> Value {
    environment.run(&[&["scan", "--json"], arguments].concat()).expect(code).json()
}

fn git(environment: &TestEnvironment, folder: &Path, arguments: &[&str]) -> String {
    let user = ["-c", "user.name=Dev", "-c", "user.email=dev@acme.test"];
    let words = [&user[..], arguments].concat();
    Finished::of(environment.prepared("git", folder, &words).spawn().expect("git")).expect(0).stdout
}

#[test]
fn secrets_are_told_with_place_and_fingerprint_and_never_shown() {
    let environment = TestEnvironment::new();
    write(&environment, "src/app.py", format!("import os\n\nKEY = \"{}\"\n", token()));
    write(&environment, "notes.txt", format!("password = \"{WEAK}\"\n"));
    let document = scan(&environment, &[], 1);
    assert_eq!(found(&document), ["notes.txt:1:13 generic-password warn", "src/app.py:3:8 github-token block"]);
    assert_eq!((&document["schema"], &document["files"]), (&"proveniq.scan/1".into(), &2.into()));
    assert_eq!((&document["blocking"], &document["warnings"]), (&1.into(), &1.into()));
    assert_eq!(document["findings"][1]["fingerprint"].as_str().map(str::len), Some(16));
    let human = environment.run(&["scan"]).expect(1);
    assert!(human.stdout.contains("src/app.py:3:8") && human.stdout.contains("GitHub token"), "{}", human.stdout);
    let (stdout, stderr) = (human.stdout.clone(), human.stderr.clone());
    human.says("hint: take each out");
    for shown in [stdout, stderr, document.to_string()] {
        assert!(!shown.contains(&token()[8..20]) && !shown.contains(WEAK), "{shown}");
    }
}

#[test]
fn warnings_alone_do_not_stop_anybody_and_nothing_is_said_to_be_nothing() {
    let environment = TestEnvironment::new();
    write(&environment, "notes.txt", format!("password = \"{WEAK}\"\n"));
    environment.run(&["scan"]).expect(0).says("nothing stands in the way, but look at the warnings");
    write(&environment, "notes.txt", "nothing\n");
    environment.run(&["scan"]).expect(0).says("Searched 1 file: no secret");
    environment.run(&["scan", "none"]).expect(2).says("error: cannot search");
    // A file by its name, and a link that is named.
    write(&environment, "one.txt", token());
    std::os::unix::fs::symlink("one.txt", environment.work().join("link")).expect("link");
    for path in ["one.txt", "link"] {
        assert_eq!(found(&scan(&environment, &[path], 1)), ["one.txt:1:1 github-token block"]);
    }
}

#[test]
fn what_git_ignores_is_left_out_unless_asked_for() {
    let environment = TestEnvironment::new();
    write(&environment, ".gitignore", ".env\n");
    write(&environment, ".env", token());
    assert_eq!(found(&scan(&environment, &[], 1)).len(), 1, "without a repository nothing is ignored");
    git(&environment, &environment.work(), &["init", "--quiet"]);
    assert_eq!(found(&scan(&environment, &[], 0)), [""; 0]);
    assert_eq!(found(&scan(&environment, &["--ignored"], 1)), [".env:1:1 github-token block"]);
    // What is committed all the same is no secret of this machine.
    git(&environment, &environment.work(), &["add", "--force", ".env"]);
    assert_eq!(found(&scan(&environment, &[], 1)), [".env:1:1 github-token block"]);
}

#[test]
fn what_cannot_be_searched_is_named_and_is_no_pass() {
    let environment = TestEnvironment::new();
    let work = &environment.work();
    write(&environment, "fine.txt", "nothing\n");
    fs::create_dir(work.join("loop")).expect("folder");
    std::os::unix::fs::symlink("..", work.join("loop/again")).expect("link");
    std::os::unix::fs::symlink("nowhere", work.join("dangling")).expect("link");
    Finished::of(environment.prepared("mkfifo", work, &["pipe"]).spawn().expect("mkfifo")).expect(0);
    assert_eq!(skipped(&scan(&environment, &[], 0)), [""; 0], "links and pipes are no files");
    let inner = zip(&[("b.txt", token().as_bytes())]);
    write(&environment, "outer.zip", zip(&[("a.txt", b"nothing"), ("inner.zip", &inner)]));
    write(&environment, "cut.tar.gz", &gzip(&tar(&[("a.txt", &[b'x'; 5000])]))[..60]);
    write(&environment, "bomb.gz", gzip(&vec![0; 257 << 20]));
    let document = scan(&environment, &[], 6);
    let told = skipped(&document);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("bomb.gz: the archive unfolds to more than 256 MiB"), "{told:?}");
    assert!(told[1].starts_with("cut.tar.gz: the archive cannot be read to its end"), "{told:?}");
    assert_eq!(told[2], "outer.zip!inner.zip: it is an archive within an archive");
    environment.run(&["scan"]).expect(6);
    // A secret is a secret whatever else was not searched.
    write(&environment, "a.txt", token());
    scan(&environment, &[], 1);
}

#[test]
fn a_file_that_may_not_be_read_is_named() {
    let environment = TestEnvironment::new();
    let work = &environment.work();
    write(&environment, "closed.txt", token());
    write(&environment, "closed/a.txt", token());
    write(&environment, "open.txt", "nothing\n");
    for path in ["closed.txt", "closed"] {
        fs::set_permissions(work.join(path), fs::Permissions::from_mode(0o000)).expect("mode");
    }
    let program = env!("CARGO_BIN_EXE_proveniq");
    let finished = if rustix::process::geteuid().is_root() {
        // Nothing is closed to root, so that somebody else looks.
        for folder in work.ancestors().take_while(|folder| folder.starts_with(std::env::temp_dir())).take(2) {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("mode");
        }
        let arguments = ["--reuid=65534", "--regid=65534", "--clear-groups", program, "scan", "--json"];
        let mut command = environment.prepared("setpriv", work, &arguments);
        Finished::of(
            command.env("HOME", work).env("PROVENIQ_CONFIG_DIR", work.join("config")).spawn().expect("setpriv"),
        )
    } else {
        environment.run(&["scan", "--json"])
    };
    let document = finished.expect(6).json();
    assert_eq!(document["files"], 1);
    assert_eq!(
        skipped(&document),
        ["closed", "closed.txt"].map(|path| format!("{path}: it cannot be read: Permission denied (os error 13)"))
    );
    fs::set_permissions(work.join("closed"), fs::Permissions::from_mode(0o755)).expect("mode");
}

#[test]
fn a_file_whose_reading_fails_is_named() {
    let environment = TestEnvironment::new();
    // It can be opened, and its first byte belongs to nobody.
    let told = skipped(&scan(&environment, &["/proc/self/mem"], 6));
    assert!(told.len() == 1 && told[0].starts_with("mem: it cannot be read:"), "{told:?}");
}

#[test]
fn archives_are_opened() {
    let environment = TestEnvironment::new();
    let text = format!("first\n{}\n", token());
    let files: &[(&str, &[u8])] = &[("plain.txt", b"nothing"), ("dir/a.env", text.as_bytes())];
    write(&environment, "a.zip", zip(files));
    write(&environment, "b.whl", zip(files));
    write(&environment, "c.tar", tar(files));
    write(&environment, "d.tgz", gzip(&tar(files)));
    write(&environment, "e.tar.zst", zstd::encode_all(&*tar(files), 1).expect("zstd"));
    write(&environment, "f.txt.gz", gzip(text.as_bytes()));
    assert_eq!(
        found(&scan(&environment, &[], 1)),
        [
            "a.zip!dir/a.env:2:1 github-token block",
            "b.whl!dir/a.env:2:1 github-token block",
            "c.tar!dir/a.env:2:1 github-token block",
            "d.tgz!dir/a.env:2:1 github-token block",
            "e.tar.zst!dir/a.env:2:1 github-token block",
            "f.txt.gz!f.txt:2:1 github-token block",
        ]
    );
}

#[test]
fn odd_names_and_encodings() {
    let environment = TestEnvironment::new();
    write(&environment, std::ffi::OsStr::from_bytes(b"latin-\xe9.txt"), token());
    write(&environment, "line\nend.txt", token());
    write(
        &environment,
        "utf16.txt",
        format!("\u{feff}a\r\n{}", token()).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    );
    write(&environment, "binary.dat", [&[0, 159, 146, 150, 0][..], token().as_bytes(), &[0, 255]].concat());
    write(&environment, "wrapped.yaml", made("data:\n  token: {b64:ghp_{30}{crc}}\n"));
    assert_eq!(
        found(&scan(&environment, &[], 1)),
        [
            "binary.dat:1:6 github-token block",
            "latin-\u{fffd}.txt:1:1 github-token block",
            "line\nend.txt:1:1 github-token block",
            "utf16.txt:2:1 github-token block",
            "wrapped.yaml:2:10 github-token block",
        ]
    );
}

#[test]
fn a_file_larger_than_memory_is_searched_to_its_end() {
    let environment = TestEnvironment::new();
    let file = File::create(environment.work().join("large.bin")).expect("file");
    // Sparse, and more than the process may have of address space.
    file.set_len(1 << 30).expect("sparse");
    let mut file = File::options().append(true).open(environment.work().join("large.bin")).expect("file");
    file.write_all(format!("\n{}\n", token()).as_bytes()).expect("written");
    let command = format!("ulimit -v 900000; exec '{}' scan --json large.bin", env!("CARGO_BIN_EXE_proveniq"));
    let finished =
        Finished::of(environment.prepared("sh", &environment.work(), &["-c", &command]).spawn().expect("sh"));
    assert_eq!(found(&finished.expect(1).json()), ["large.bin:2:1 github-token block"]);
}

#[test]
fn many_files_are_searched() {
    let environment = TestEnvironment::new();
    for folder in 0..20 {
        let folder = environment.work().join(format!("d{folder}"));
        fs::create_dir(&folder).expect("folder");
        for number in 0..1_000 {
            fs::write(folder.join(number.to_string()), "x = 1\n").expect("written");
        }
    }
    write(&environment, "d10/z.txt", token());
    let started = Instant::now();
    let document = scan(&environment, &[], 1);
    assert_eq!((found(&document).len(), &document["files"]), (1, &20_001.into()));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn a_file_full_of_secrets_is_cut_short() {
    let environment = TestEnvironment::new();
    let lines: String = (0..2_000).map(|seed| synthesise("ghp_{30}{crc}\n", &mut SplitMix64::new(seed))).collect();
    write(&environment, "many.txt", lines);
    let document = scan(&environment, &[], 1);
    assert_eq!(found(&document).len(), 1_000);
    assert_eq!(skipped(&document), ["many.txt: it has more than 1000 findings: the rest of it was not searched"]);
}

#[test]
fn rules_of_ones_own_are_followed() {
    let environment = TestEnvironment::new();
    write(
        &environment,
        ".gitleaks.toml",
        "[[rules]]\nid = \"acme\"\nregex = '''acme-[0-9a-z]{12}'''\n[allowlist]\npaths = ['''^docs/''']\n",
    );
    write(&environment, "a.txt", "acme-93kd82hf01mz");
    write(&environment, "docs/b.txt", "acme-93kd82hf01mz");
    assert_eq!(found(&scan(&environment, &[], 1)), ["a.txt:1:1 acme block"]);
    write(&environment, ".gitleaks.toml", "[[rules]]\nid = \"acme\"\nregex = '''acme-['''\n");
    environment.run(&["scan"]).expect(2).says(".gitleaks.toml does not hold: rule acme: the pattern does not compile");
}

#[test]
fn staged_files_are_searched_as_they_would_be_committed() {
    let environment = TestEnvironment::new();
    let root = &environment.work();
    git(&environment, root, &["init", "--quiet"]);
    write(&environment, "a.txt", token());
    write(&environment, "b.txt", token());
    git(&environment, root, &["add", "a.txt"]);
    write(&environment, "a.txt", "clean");
    assert_eq!(found(&scan(&environment, &["--staged"], 1)), ["a.txt:1:1 github-token block"]);
    environment.run(&["scan", "--staged", "--history"]).expect(2);
}

#[test]
fn history_is_searched_on_all_branches_and_names_the_commit() {
    let environment = TestEnvironment::new();
    let root = &environment.work();
    environment.run(&["scan", "--history"]).expect(2).says("git cannot tell the history");
    git(&environment, root, &["init", "--quiet", "--initial-branch=main"]);
    assert_eq!(found(&scan(&environment, &["--history"], 0)), [""; 0], "there is no commit yet");
    write(&environment, "with space.txt", format!("one\n{}\n", token()));
    git(&environment, root, &["add", "."]);
    git(&environment, root, &["commit", "--quiet", "-m", "first"]);
    let first = git(&environment, root, &["rev-parse", "HEAD"]).trim().to_owned();
    fs::remove_file(root.join("with space.txt")).expect("removed");
    git(&environment, root, &["commit", "--quiet", "-am", "second"]);
    git(&environment, root, &["checkout", "--quiet", "-b", "side"]);
    write(&environment, "side.txt", made("glpat-{20}"));
    git(&environment, root, &["add", "."]);
    git(&environment, root, &["commit", "--quiet", "-m", "third"]);
    git(&environment, root, &["checkout", "--quiet", "main"]);
    assert_eq!(found(&scan(&environment, &[], 0)), [""; 0], "the work tree is clean");
    let document = scan(&environment, &["--history"], 1);
    assert_eq!(found(&document), ["side.txt:1:1 gitlab-token block", "with space.txt:2:1 github-token block"]);
    assert_eq!(document["findings"][1]["commit"], first);
    let url = format!("file://{}", root.display());
    git(&environment, root, &["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    let shallow = scan(&environment, &["--history", "shallow"], 6);
    assert_eq!(skipped(&shallow), [".: the clone is shallow: older commits are not here"]);
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *content).expect("entry");
    }
    builder.into_inner().expect("tar")
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).expect("written");
    encoder.finish().expect("gzip")
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("entry");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("zip").into_inner()
}
