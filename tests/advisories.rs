//! `advisories update` and what `certify` makes of advisories: archives as OSV publishes them, served on this machine.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{Fake, Finished, Request, Running, TestEnvironment, Then, wait_until};

const ECOSYSTEMS: [(&str, &str); 3] = [("npm", "npm"), ("PyPI", "pypi"), ("crates.io", "crates.io")];

/// A zip archive of documents.
pub(super) fn zip(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in entries {
        let file = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().expect("entry");
        let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default()));
        writer.write_all(content).expect("written");
        let (encoder, descriptor) = writer.finish().expect("finished");
        encoder.finish().expect("finished");
        entry.finish(descriptor).expect("finished");
    }
    archive.finish().expect("finished");
    bytes
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/osv")
}

/// The documents of an ecosystem, and one of today.
pub(super) fn documents(ecosystem: &str, folder: &str) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(fixtures().join(folder)).expect("folder").map(|entry| entry.expect("entry").path());
    let named = |path: PathBuf| {
        (path.file_name().expect("name").to_str().expect("UTF-8").to_owned(), fs::read(&path).expect("read"))
    };
    files.map(named).chain([fresh(ecosystem)]).collect()
}

pub(super) fn fresh(ecosystem: &str) -> (String, Vec<u8>) {
    let document = advisory("TEST-FRESH", ecosystem, "nobody-has-this", &json!({"modified": jiff::Timestamp::now()}));
    ("TEST-FRESH.json".to_owned(), document)
}

/// An advisory on every version of a package.
fn advisory(id: &str, ecosystem: &str, name: &str, more: &Value) -> Vec<u8> {
    let mut document = json!({
        "id": id, "modified": jiff::Timestamp::now(),
        "affected": [{
            "package": {"ecosystem": ecosystem, "name": name},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
        }],
    });
    for (key, value) in more.as_object().expect("object") {
        document[key] = value.clone();
    }
    serde_json::to_vec(&document).expect("JSON")
}

/// Serves `/ECOSYSTEM/all.zip` with an entity tag, and says that nothing changed where that is named.
fn serve(archive: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Fake {
    Fake::start(move |request| {
        let ecosystem = request.path.split('/').nth(1).unwrap_or_default();
        let bytes = archive(ecosystem);
        let tag = format!("\"{}\"", crc32fast::hash(&bytes));
        if request.head.to_ascii_lowercase().contains(&format!("if-none-match: {tag}")) {
            return Then::Write(b"HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_vec());
        }
        let length = bytes.len();
        let head = format!("HTTP/1.1 200 OK\r\netag: {tag}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
        Then::Write([head.into_bytes(), bytes].concat())
    })
}

pub(super) fn serve_fixtures() -> Fake {
    let archives = ECOSYSTEMS.map(|(ecosystem, folder)| (ecosystem, zip(&documents(ecosystem, folder))));
    serve(move |asked| archives.iter().find(|(name, _)| *name == asked).expect("an ecosystem").1.clone())
}

pub(super) fn update(environment: &TestEnvironment, fake: &Fake, arguments: &[&str]) -> Finished {
    let from = format!("{}/{{ecosystem}}/all.zip", fake.url);
    environment.run(&[&["advisories", "update", "--from", &from, "--json"], arguments].concat())
}

pub(super) const NPM: &str = r#"{
  "lockfileVersion": 3,
  "packages": {
    "node_modules/lodash": {
      "version": "4.17.20"
    }
  }
}"#;
const PYTHON: &str = "requests==2.19.0\n";
const CARGO: &str = "version = 4\n\n[[package]]\nname = \"time\"\nversion = \"0.1.43\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";

/// The plain project with files of its own.
pub(super) fn project(environment: &TestEnvironment, files: &[(&str, &str)]) -> PathBuf {
    let project = environment.plain_project();
    for (name, text) in files {
        fs::write(project.join(name), text).expect("written");
    }
    project
}

/// What `certify --static` says of dependencies.
pub(super) fn certify(environment: &TestEnvironment, project: &Path, arguments: &[&str]) -> Value {
    let all = [&["certify", "--static", "--tier", "verified", "--json"], arguments].concat();
    let report = environment.run_in(project, &all).json();
    let checks = report["checks"].as_array().unwrap_or_else(|| panic!("{report}"));
    checks.iter().find(|check| check["id"] == "SEC-DEPS").expect("the check").clone()
}

/// Rule, path and line of each finding.
pub(super) fn findings(check: &Value) -> Vec<String> {
    let findings = check["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let shown = |finding: &Value| {
        format!(
            "{} {}:{}",
            finding["rule"].as_str().unwrap_or("-"),
            finding["path"].as_str().unwrap_or("-"),
            finding["line"]
        )
    };
    findings.iter().map(shown).collect()
}

#[test]
fn what_was_fetched_is_looked_up_for_every_ecosystem() {
    let (environment, fake) = (TestEnvironment::new(), serve_fixtures());
    let project =
        project(&environment, &[("package-lock.json", NPM), ("requirements.txt", PYTHON), ("Cargo.lock", CARGO)]);
    let check = certify(&environment, &project, &[]);
    assert_eq!(check["verdict"], "not_run", "{check}");
    assert!(check["summary"].as_str().expect("text").contains("proveniq advisories update"), "{check}");

    let updated = update(&environment, &fake, &[]).expect(0).json();
    assert_eq!(updated["schema"], "proveniq.advisories-update/1");
    let counts: Vec<_> =
        updated["ecosystems"].as_array().expect("list").iter().map(|one| one["advisories"].clone()).collect();
    assert_eq!(counts, [json!(2), json!(3), json!(3)], "{updated}");
    let check = certify(&environment, &project, &[]);
    assert_eq!(check["verdict"], "fail", "{check}");
    assert_eq!(
        findings(&check),
        [
            "RUSTSEC-2020-0071 Cargo.lock:3",
            "GHSA-35jh-r3h4-6jhm package-lock.json:4",
            "GHSA-x84v-xcm2-53pg requirements.txt:1"
        ]
    );
    let message = check["findings"][1]["message"].as_str().expect("text");
    let expected =
        "lodash 4.17.20: GHSA-35jh-r3h4-6jhm (CVE-2021-23337, high): Command Injection in lodash; mended in 4.17.21";
    assert_eq!(message, expected);
    assert!(check["findings"][0]["message"].as_str().expect("text").contains("CVE-2020-26235, moderate"), "{check}");
}

#[test]
fn what_has_not_changed_is_not_fetched_again() {
    let (environment, fake) = (TestEnvironment::new(), serve_fixtures());
    update(&environment, &fake, &["--ecosystem", "npm"]).expect(0);
    let again = update(&environment, &fake, &["--ecosystem", "npm"]).expect(0).json();
    assert_eq!((&again["ecosystems"][0]["changed"], &again["ecosystems"][0]["advisories"]), (&json!(false), &json!(2)));
    assert_eq!(fake.requests().len(), 2);
    assert_eq!(environment.listing(&environment.path("state/advisories")), ["npm.db"]);
}

#[test]
fn the_address_comes_from_the_configuration_too() {
    let (environment, fake) = (TestEnvironment::new(), serve_fixtures());
    fs::create_dir_all(environment.path("config")).expect("folder");
    let text = format!("[advisories]\nurl = \"{}/{{ecosystem}}/all.zip\"\n", fake.url);
    fs::write(environment.path("config/config.toml"), text).expect("written");
    environment.run(&["advisories", "update"]).expect(0);
    assert_eq!(environment.listing(&environment.path("state/advisories")), ["crates-io.db", "npm.db", "pypi.db"]);
}

#[test]
fn a_database_is_a_folder_or_an_archive() {
    let environment = TestEnvironment::new();
    let project = project(&environment, &[("package-lock.json", NPM)]);
    let archive = environment.path("npm.zip");
    fs::write(&archive, zip(&documents("npm", "npm"))).expect("written");
    for database in [fixtures(), archive] {
        let check = certify(&environment, &project, &["--osv-db", database.to_str().expect("UTF-8")]);
        assert!(findings(&check).contains(&"GHSA-35jh-r3h4-6jhm package-lock.json:4".to_owned()), "{check}");
    }
}

#[test]
fn versions_that_are_mended_pass_and_old_advisories_warn() {
    let (environment, fake) = (TestEnvironment::new(), serve_fixtures());
    let project = project(&environment, &[("package-lock.json", &NPM.replace("4.17.20", "4.17.21"))]);
    update(&environment, &fake, &["--ecosystem", "npm"]).expect(0);
    let check = certify(&environment, &project, &[]);
    let today = jiff::Timestamp::now().strftime("advisories of %Y-%m").to_string();
    assert!(check["verdict"] == "pass" && check["summary"].as_str().expect("text").contains(&today), "{check}");
    let old = certify(&environment, &project, &["--osv-db", fixtures().to_str().expect("UTF-8")]);
    assert_eq!(
        (&old["verdict"], findings(&old)[0].as_str()),
        (&json!("warn"), "advisories.old proveniq.toml:17"),
        "{old}"
    );
}

#[test]
fn nothing_that_is_installed_is_nothing_to_look_up() {
    let environment = TestEnvironment::new();
    assert_eq!(certify(&environment, &project(&environment, &[]), &[])["verdict"], "not_applicable");
}

#[test]
fn what_only_informs_warns_and_what_was_withdrawn_is_silent() {
    let environment = TestEnvironment::new();
    let project = project(
        &environment,
        &[("Cargo.lock", &CARGO.replace("\"time\"", "\"ansi_term\"")), ("requirements.txt", "gone==1.0\n")],
    );
    let database = environment.path("database");
    fs::create_dir_all(&database).expect("folder");
    let withdrawn = advisory("TEST-2", "PyPI", "gone", &json!({"withdrawn": "2024-01-01T00:00:00Z"}));
    fs::write(database.join("TEST-2.json"), withdrawn).expect("written");
    fs::copy(fixtures().join("crates.io/RUSTSEC-2021-0139.json"), database.join("one.json")).expect("copied");
    let check = certify(&environment, &project, &["--osv-db", database.to_str().expect("UTF-8")]);
    assert_eq!(
        (&check["verdict"], findings(&check)),
        (&json!("warn"), vec!["RUSTSEC-2021-0139 Cargo.lock:3".to_owned()])
    );
}

#[test]
fn a_lockfile_that_contradicts_fails_without_advisories_too() {
    let environment = TestEnvironment::new();
    let lock = NPM.replace(
        "\"4.17.20\"",
        "\"4.17.20\",\n      \"resolved\": \"https://registry.npmjs.org/evil/-/evil-1.0.0.tgz\"",
    );
    let check = certify(&environment, &project(&environment, &[("package-lock.json", &lock)]), &[]);
    assert_eq!(
        (&check["verdict"], findings(&check)),
        (&json!("fail"), vec!["lockfile.contradiction package-lock.json:4".to_owned()])
    );
}

#[test]
fn a_database_without_an_ecosystem_does_not_speak_for_it() {
    let environment = TestEnvironment::new();
    let project = project(
        &environment,
        &[("package-lock.json", &NPM.replace("4.17.20", "4.17.21")), ("requirements.txt", PYTHON)],
    );
    let database = environment.path("database");
    fs::create_dir_all(&database).expect("folder");
    fs::write(database.join("one.json"), fresh("npm").1).expect("written");
    let check = certify(&environment, &project, &["--osv-db", database.to_str().expect("UTF-8")]);
    assert_eq!(check["verdict"], "not_run", "{check}");
    assert!(check["summary"].as_str().expect("text").contains("no advisories of PyPI"), "{check}");
}

#[test]
fn one_wrong_document_of_thousands_is_named_and_leaves_no_answer() {
    let environment = TestEnvironment::new();
    let mut entries: Vec<_> = (0..3000)
        .map(|number| {
            (
                format!("TEST-{number}.json"),
                advisory(&format!("TEST-{number}"), "npm", &format!("p{number}"), &json!({})),
            )
        })
        .collect();
    entries[1500].1.truncate(40);
    let fake = serve(move |_| zip(&entries));
    let updated = update(&environment, &fake, &["--ecosystem", "npm"]).expect(0).json();
    let npm = &updated["ecosystems"][0];
    assert_eq!((&npm["advisories"], &npm["unreadable_count"]), (&json!(2999), &json!(1)), "{updated}");
    assert!(npm["unreadable"][0].as_str().expect("text").starts_with("TEST-1500.json: "), "{updated}");
    let clean = project(&environment, &[("package-lock.json", NPM)]);
    let check = certify(&environment, &clean, &[]);
    assert!(
        check["verdict"] == "inconclusive" && check["summary"].as_str().expect("text").contains("TEST-1500"),
        "{check}"
    );
    let hit = project(&environment, &[("package-lock.json", &NPM.replace("lodash", "p7"))]);
    assert_eq!(certify(&environment, &hit, &[])["verdict"], "fail");
}

#[test]
fn archives_that_cannot_be_trusted_are_refused_and_the_cache_stays() {
    let environment = TestEnvironment::new();
    update(&environment, &serve_fixtures(), &["--ecosystem", "npm"]).expect(0);
    let kept = fs::read(environment.path("state/advisories/npm.db")).expect("cache");
    let whole = zip(&documents("npm", "npm"));
    let bomb = zip(&(0..8).map(|number| (format!("{number}.json"), vec![b' '; 4 << 20])).collect::<Vec<_>>());
    assert!(bomb.len() < 100_000);
    let other = zip(&documents("PyPI", "pypi"));
    for (bytes, says) in [
        (bomb, "it unpacks to more than"),
        (whole[..whole.len() / 2].to_vec(), "it is no zip archive, or it is cut off"),
        (b"<html>".to_vec(), "it is no zip archive"),
        (Vec::new(), "it is no zip archive"),
        (other, "holds no advisories of npm"),
        (zip(&[]), "holds no advisories of npm"),
    ] {
        let fake = serve(move |_| bytes.clone());
        update(&environment, &fake, &["--ecosystem", "npm"]).expect(2);
        let from = format!("{}/{{ecosystem}}/all.zip", fake.url);
        environment.run(&["advisories", "update", "--from", &from, "--ecosystem", "npm"]).expect(2).says(says);
        assert!(fs::read(environment.path("state/advisories/npm.db")).expect("cache") == kept, "{says}");
        assert_eq!(environment.listing(&environment.path("state/advisories")), ["npm.db"], "{says}");
    }
}

#[test]
fn a_bomb_that_is_named_leaves_no_answer() {
    let environment = TestEnvironment::new();
    let project = project(&environment, &[("package-lock.json", NPM)]);
    let bomb = environment.path("bomb.zip");
    let entries: Vec<_> = (0..8).map(|number| (format!("{number}.json"), vec![b' '; 4 << 20])).collect();
    fs::write(&bomb, zip(&entries)).expect("written");
    let check = certify(&environment, &project, &["--osv-db", bomb.to_str().expect("UTF-8")]);
    assert!(
        check["verdict"] == "inconclusive" && check["summary"].as_str().expect("text").contains("unpacks"),
        "{check}"
    );
    let arguments = ["certify", "--static", "--tier", "verified", "--osv-db", "nowhere"];
    environment.run_in(&project, &arguments).expect(2).says("there is no database of advisories");
}

#[test]
fn servers_that_fail_are_told_apart() {
    let environment = TestEnvironment::new();
    let redirecting: fn(&Request) -> Then = |_| {
        Then::Write(
            b"HTTP/1.1 302 Found\r\nlocation: /npm/all.zip\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        )
    };
    let cut: fn(&Request) -> Then =
        |_| Then::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\nshort".to_vec());
    let missing: fn(&Request) -> Then =
        |_| Then::Write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec());
    let huge: fn(&Request) -> Then =
        |_| Then::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\nconnection: close\r\n\r\n".to_vec());
    let closing: fn(&Request) -> Then = |_| Then::Close;
    for (answer, code, says) in [
        (redirecting, 4, "again and again"),
        (cut, 4, "cannot fetch advisories"),
        (missing, 4, "the server answered 404 Not Found"),
        (huge, 2, "has more than"),
        (closing, 4, "cannot fetch advisories"),
    ] {
        let fake = Fake::start(answer);
        let from = format!("{}/{{ecosystem}}/all.zip", fake.url);
        environment.run(&["advisories", "update", "--from", &from, "--ecosystem", "npm"]).expect(code).says(says);
    }
    assert_eq!(environment.listing(&environment.path("state/advisories")), [] as [&str; 0]);
}

#[test]
fn addresses_that_cannot_be_meant_are_refused() {
    let environment = TestEnvironment::new();
    for (from, says) in [
        ("nowhere", "is no http or https URL"),
        ("ftp://acme.test/{ecosystem}.zip", "is no http or https URL"),
        ("https://me:word@acme.test/{ecosystem}.zip", "holds a name or a password"),
        ("https://acme.test/all.zip", "one address for several ecosystems"),
    ] {
        let finished = environment.run(&["advisories", "update", "--from", from]).expect(2).says(says);
        assert!(!finished.stderr.contains("me:word"), "{}", finished.stderr);
    }
}

#[test]
fn an_update_that_is_interrupted_leaves_nothing_behind() {
    let environment = TestEnvironment::new();
    let asked = Arc::new(Mutex::new(0));
    let seen = Arc::clone(&asked);
    let fake = Fake::start(move |_| {
        *seen.lock().expect("count") += 1;
        Then::WriteForEver(vec![b' '; 1000])
    });
    let from = format!("{}/{{ecosystem}}/all.zip", fake.url);
    let folder = environment.path("state/advisories");
    let arguments = ["advisories", "update", "--from", &from];
    let running = Running::start(environment.command_in(&environment.work(), &arguments));
    wait_until("something is fetched", || *asked.lock().expect("count") > 0 && folder.exists());
    running.signal(Signal::INT);
    assert_eq!(running.finish_within(Duration::from_secs(20)).code, 130);
    assert_eq!(environment.listing(&folder), [] as [&str; 0]);
}

#[test]
fn a_cache_that_is_broken_leaves_no_answer_and_is_made_anew() {
    let (environment, fake) = (TestEnvironment::new(), serve_fixtures());
    let project = project(&environment, &[("package-lock.json", NPM)]);
    fs::create_dir_all(environment.path("state/advisories")).expect("folder");
    fs::write(
        environment.path("state/advisories/npm.db"),
        "no database, but as long as the head of one is: ".repeat(40),
    )
    .expect("written");
    let check = certify(&environment, &project, &[]);
    assert_eq!(check["verdict"], "inconclusive", "{check}");
    update(&environment, &fake, &["--ecosystem", "npm"]).expect(0);
    assert_eq!(certify(&environment, &project, &[])["verdict"], "fail");
}
