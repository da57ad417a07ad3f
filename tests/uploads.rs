//! Uploads and commits over the HTTP API: honest ones, hostile ones, many at once, and what is left when one breaks.

use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use proveniq::credential::{ApiKey, KeyKind};
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{
    Announced, Files, Http, Sandbox, TestEnvironment, at_once, claim, commit, is_alive, send_signal, wait_until,
};

#[test]
fn an_upload_takes_each_byte_once_and_in_order() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let package = Announced::plain("acme/plain", "1.0.0");
    let (size, half) = (package.blob.len(), package.blob.len() / 2);
    let opened = http.post("/v1/uploads", &package.document).expect(200);
    assert_eq!((&opened["offset"], &opened["size"]), (&json!(0), &json!(size)));
    let id = opened["id"].as_str().expect("id");
    let path = format!("/v1/uploads/{id}");
    commit(&http, id).problem(409, "offset_mismatch");
    package.send_part(&http, id, 1, half).problem(409, "offset_mismatch");
    package.send_part(&http, id, 0, half).expect(200);
    package.send_part(&http, id, 0, half).problem(409, "offset_mismatch");
    commit(&http, id).problem(409, "offset_mismatch");
    for offset in [None, Some("x"), Some("-1"), Some("")] {
        let headers: Vec<_> = offset.iter().map(|offset| ("upload-offset", *offset)).collect();
        http.send("PATCH", &path, &headers, b"x").problem(400, "bad_request");
    }
    let offset = half.to_string();
    http.send("PATCH", &path, &[("upload-offset", &offset)], &vec![0; size]).problem(413, "too_large");
    http.send("PATCH", &path, &[("upload-offset", &u64::MAX.to_string())], b"x").problem(413, "too_large");
    http.send("PATCH", &path, &[("upload-offset", &offset)], &vec![0; (8 << 20) + 1]).problem(413, "too_large");
    // Whoever asks is told where to go on, also by opening it again.
    assert_eq!(http.get(&path).expect(200)["offset"], half);
    let again = http.post("/v1/uploads", &package.document).expect(200);
    assert_eq!((&again["id"], &again["offset"]), (&json!(id), &json!(half)));
    package.send_part(&http, id, half, size).expect(200);
    commit(&http, id).expect(201);
    http.get(&path).problem(404, "not_found");
    assert_eq!(environment.listing(&environment.path("state/sandbox/data/uploads")), [""; 0]);
}

#[test]
fn an_announcement_that_makes_no_sense_is_refused() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let announced = Announced::plain("acme/plain", "1.0.0").document;
    let with = |field: &str, value: Value| {
        let mut document = announced.clone();
        document[field] = value;
        http.post("/v1/uploads", &document)
    };
    for (field, value) in [
        ("name", json!("acme")),
        ("name", json!("acme/../x")),
        ("name", json!("Acme/Plain")),
        ("version", json!("1.0")),
        ("version", json!("../1.0.0")),
        ("version", json!(format!("1.0.0-{}", "x".repeat(130)))),
        ("digest", json!("x")),
        ("digest", json!("A".repeat(64))),
        ("blob_digest", json!("../".repeat(21) + "x")),
        ("size", json!(0)),
        ("size", json!(-1)),
        ("extra", json!(true)),
    ] {
        with(field, value).problem(400, "bad_request");
    }
    with("size", json!((256 << 20) + 1)).problem(413, "too_large");
    with("size", json!(u64::MAX)).problem(413, "too_large");
}

/// Sends what is announced and expects its refusal; returns the reasons. Nothing of it stays.
#[track_caller]
fn refusal(environment: &TestEnvironment, http: &Http, package: &Announced, claim: &Value, code: &str) -> String {
    let id = package.send(http);
    let problem = http.post(&format!("/v1/uploads/{id}/commit"), claim).problem(422, code);
    http.get(&format!("/v1/uploads/{id}")).problem(404, "not_found");
    http.get("/v1/packages/acme/plain").problem(404, "not_found");
    for folder in ["uploads", "blobs"] {
        assert_eq!(environment.listing(&environment.path("state/sandbox/data").join(folder)), [""; 0]);
    }
    let reasons = problem["reasons"].as_array().cloned().unwrap_or_default();
    let reasons = reasons.iter().map(|reason| {
        format!("{}: {}", reason["check"].as_str().expect("check"), reason["message"].as_str().expect("message"))
    });
    [problem["detail"].as_str().expect("detail").to_owned()].into_iter().chain(reasons).collect::<Vec<_>>().join("\n")
}

#[test]
fn bytes_that_are_not_the_announced_ones_are_refused() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let honest = Announced::plain("acme/plain", "1.0.0");
    for field in ["digest", "blob_digest"] {
        let mut package = honest.clone();
        package.document[field] = json!("0".repeat(64));
        let why = refusal(&environment, &http, &package, &claim(), "digest_mismatch");
        assert!(why.contains("the SHA-256 of"), "{why}");
    }
    honest.publish(&http).expect(201);
}

/// A compressed tar as another program would write it.
fn foreign(entries: &[(&str, tar::EntryType, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, kind, content) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(315_532_800);
        header.set_uid(0);
        header.set_gid(0);
        if kind.is_symlink() {
            header.set_link_name("/etc/passwd").expect("link");
        }
        header.set_cksum();
        archive.append(&header, content.as_bytes()).expect("appended");
    }
    zstd::encode_all(&archive.into_inner().expect("archive")[..], 3).expect("compressed")
}

#[test]
fn hostile_archives_are_refused_with_reasons() {
    use tar::EntryType::{Directory, Link, Regular, Symlink, XHeader};
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let honest = Files::plain("acme/plain", "1.0.0");
    let plain = honest.pack("plain-1.0.0");
    let trailing = {
        let mut tar = zstd::decode_all(&plain[..]).expect("tar");
        tar.extend_from_slice(b"more");
        zstd::encode_all(&tar[..], 3).expect("compressed")
    };
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (foreign(&[("plain-1.0.0/x", Symlink, "")]), "not a plain file"),
        (foreign(&[("plain-1.0.0/x", Link, "")]), "not a plain file"),
        (foreign(&[("plain-1.0.0/", Directory, "")]), "package: "),
        (foreign(&[("plain-1.0.0/x", XHeader, "14 path=/etc/x\n")]), "not a plain file"),
        (foreign(&[("plain-1.0.0/../../etc/cron.d/x", Regular, "x")]), "'.' or '..'"),
        (foreign(&[("/etc/passwd", Regular, "x")]), "package: "),
        (foreign(&[("plain-1.0.0/b", Regular, ""), ("plain-1.0.0/a", Regular, "")]), "out of order"),
        (foreign(&[("plain-1.0.0/a", Regular, ""), ("plain-1.0.0/a", Regular, "")]), "there twice"),
        (honest.clone().with(".git/config", "x").pack("plain-1.0.0"), ".git/config does not belong into a package"),
        (honest.clone().with("a/.env", "x").pack("plain-1.0.0"), "a/.env does not belong into a package"),
        (honest.clone().with("id_rsa", "x").pack("plain-1.0.0"), "id_rsa does not belong into a package"),
        (trailing, "data follows its end"),
        (honest.pack("plain-2.0.0"), "the root folder is \"plain-2.0.0\" where \"plain-1.0.0\" is due"),
        (Files::plain("acme/other", "1.0.0").pack("plain-1.0.0"), "the manifest inside is of acme/other 1.0.0"),
        (Files::plain("acme/plain", "1.0.1").pack("plain-1.0.0"), "the manifest inside is of acme/plain 1.0.1"),
        (
            Files::plain("acme/plain", "1.0.0").without("proveniq.toml").pack("plain-1.0.0"),
            "proveniq.toml cannot be read",
        ),
        (honest.clone().replacing("proveniq.toml", "[integration]\nnam = 1\n").pack("plain-1.0.0"), "manifest: "),
    ];
    for (blob, reason) in cases {
        let package = Announced::truly("acme/plain", "1.0.0", blob);
        let why = refusal(&environment, &http, &package, &claim(), "rejected");
        assert!(why.contains(reason), "{why:?} does not say {reason:?}");
    }
    let mut package = Announced::truly("acme/plain", "1.0.0", plain.clone());
    for blob in [b"PK\x03\x04 no zstd at all".to_vec(), [&plain[..], b"x"].concat(), plain[..plain.len() - 1].to_vec()]
    {
        package.announce_blob(blob);
        let why = refusal(&environment, &http, &package, &claim(), "rejected");
        assert!(why.contains("not a single zstd frame"), "{why}");
    }
}

#[test]
fn a_claim_is_not_believed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let secret = ApiKey::generate(KeyKind::Live).expect("randomness");
    let leaking = Files::plain("acme/plain", "1.0.0").with("config.py", format!("KEY = \"{}\"\n", secret.expose()));
    let leaking = Announced::truly("acme/plain", "1.0.0", leaking.pack("plain-1.0.0"));
    let why = refusal(&environment, &http, &leaking, &claim(), "rejected");
    assert!(why.contains("SEC-SECRET") && why.contains("config.py:1"), "{why}");
    assert!(!why.contains(secret.expose()), "{why}");
    let honest = Announced::plain("acme/plain", "1.0.0");
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut claim = claim();
        change(&mut claim["certification"]);
        refusal(&environment, &http, &honest, &claim, "rejected")
    };
    let why = changed(&|claim| claim["tier"] = json!("verified"));
    assert!(why.contains("tier: verified needs a signed attestation"), "{why}");
    let why = changed(&|claim| claim["rule_set"] = json!("1999.01"));
    assert!(why.contains("rule-set: the claim rests on rules 1999.01"), "{why}");
    let why = changed(&|claim| claim["checks"] = json!([]));
    assert!(why.contains("REL-EVENTS: the claim does not speak of it"), "{why}");
    for verdict in ["fail", "not_run", "inconclusive"] {
        let why = changed(&|claim| {
            let checks = claim["checks"].as_array_mut().expect("checks");
            let events = checks.iter_mut().find(|check| check["id"] == "REL-EVENTS").expect("check");
            events["verdict"] = json!(verdict);
        });
        assert!(why.contains(&format!("REL-EVENTS: claimed {verdict}")), "{why}");
    }
    let id = honest.send(&http);
    http.post(&format!("/v1/uploads/{id}/commit"), &json!({"certification": {}})).problem(400, "bad_request");
    commit(&http, &id).expect(201);
}

#[test]
fn of_many_who_publish_one_version_one_does() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let packages: Vec<_> = (0..6)
        .map(|number| {
            let files = Files::plain("acme/plain", "1.0.0").with("notes.txt", format!("number {number}\n"));
            Announced::truly("acme/plain", "1.0.0", files.pack("plain-1.0.0"))
        })
        .collect();
    let uploads: Vec<_> = packages.iter().map(|package| package.send(&http)).collect();
    let replies = at_once(6, |number| {
        let reply = commit(&http, &uploads[number]);
        if reply.status == 409 {
            reply.problem(409, "version_exists");
        }
        (reply.status, number)
    });
    let statuses: Vec<_> = replies.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
    let winner = &packages[replies[0].1];
    let version = http.get("/v1/packages/acme/plain/versions/1.0.0").expect(200);
    assert_eq!(version["digest"], winner.document["digest"]);
    assert_eq!(http.get("/v1/packages/acme/plain/versions/1.0.0/download").body, winner.blob);
    assert_eq!(environment.listing(&environment.path("state/sandbox/data/uploads")), [""; 0]);
}

#[test]
fn the_same_bytes_committed_many_times_at_once_count_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    for round in 0..4 {
        let package = Announced::plain("acme/plain", &format!("1.0.{round}"));
        let id = package.send(&http);
        let replies = at_once(6, |_| {
            let reply = commit(&http, &id);
            (reply.status, String::from_utf8(reply.body).expect("UTF-8"))
        });
        let statuses: Vec<_> = replies.iter().map(|(status, _)| *status).collect();
        // One that comes when all is over finds no such upload.
        assert!(statuses.iter().all(|status| [200, 201, 404].contains(status)), "{replies:#?}");
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{replies:#?}");
        assert_eq!(package.publish(&http).expect(200)["unchanged"], true);
    }
    assert_eq!(environment.listing(&environment.path("state/sandbox/data/uploads")), [""; 0]);
}

#[test]
fn a_killed_marketplace_goes_on_with_an_upload_where_it_was() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let packed = environment.run_in(&project, &["pack", "--out", "../plain.tar.zst", "--json"]).expect(0).json();
    let blob = fs::read(environment.work().join("plain.tar.zst")).expect("package");
    let package = Announced::truly("acme/plain", "1.0.0", blob);
    assert_eq!(package.document["digest"], packed["digest"]);
    let opened = http.post("/v1/uploads", &package.document).expect(200);
    let id = opened["id"].as_str().expect("id");
    package.send_part(&http, id, 0, 1000).expect(200);
    send_signal(sandbox.pid, Signal::KILL);
    wait_until("the sandbox has gone", || !is_alive(sandbox.pid));
    let _again = Sandbox::started(&environment, environment.run(&["sandbox", "start", "--detach", "--json"]));
    assert_eq!(http.get(&format!("/v1/uploads/{id}")).expect(200)["offset"], 1000);
    let published = environment.run_in(&project, &["publish", "--json"]).expect(0).json();
    assert_eq!(published["receipt"]["version"]["digest"], packed["digest"]);
    http.get(&format!("/v1/uploads/{id}")).problem(404, "not_found");
    assert_eq!(http.get("/v1/packages/acme/plain/versions/1.0.0/download").body, package.blob);
}

#[test]
fn the_last_announcement_of_the_same_bytes_counts() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let honest = Announced::plain("acme/plain", "1.0.0");
    let mut wrong = honest.clone();
    wrong.document["digest"] = json!("0".repeat(64));
    wrong.document["size"] = json!(honest.blob.len() + 100);
    wrong.blob.extend([0; 100]);
    wrong.send(&http);
    wrong.document["size"] = json!(5);
    http.post("/v1/uploads", &wrong.document).expect(200);
    honest.publish(&http).expect(201);
}

#[test]
fn bytes_of_uploads_that_are_over_are_cleared_at_start() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let package = Announced::plain("acme/plain", "1.0.0");
    let id = package.send(&http);
    drop(sandbox);
    let folder = environment.path("state/sandbox/data/uploads");
    fs::write(folder.join("upl_over"), "left").expect("written");
    let sandbox = Sandbox::start(&environment);
    assert_eq!(environment.listing(&folder), [id.as_str()]);
    commit(&Http::identity(&environment, &sandbox), &id).expect(201);
}

#[test]
fn a_client_that_stalls_does_not_keep_the_marketplace_from_stopping() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let package = Announced::plain("acme/plain", "1.0.0");
    let opened = http.post("/v1/uploads", &package.document).expect(200);
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let half_a_body = format!(
        "PATCH /v1/uploads/{} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nupload-offset: 0\r\n\
         content-length: 1000\r\n\r\nhalf",
        opened["id"].as_str().expect("id")
    );
    let address = sandbox.url.trim_start_matches("http://");
    let stalled: Vec<_> = ["", "GET /v1 HTTP/1.1\r\nhost:", &half_a_body]
        .map(|text| {
            let mut stream = TcpStream::connect(address).expect("connected");
            stream.write_all(text.as_bytes()).expect("sent");
            stream
        })
        .into();
    assert_eq!(http.get("/healthz").status, 200);
    let started = Instant::now();
    environment.run(&["sandbox", "stop"]).expect(0);
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    drop(stalled);
}
