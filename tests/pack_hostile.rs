//! Hostile archives, through `verify` and through the marketplace: each is refused by the name of its defect, and nothing is
//! touched but what they were read from.

use std::fs;

use proveniq::certification::Tier;
use proveniq::credential::SigningKey;
use proveniq::package::Digesting;
use serde_json::json;

use crate::support::{Announced, Http, Said, Sandbox, TestEnvironment, claim, failing, hostile_archives};

#[test]
fn hostile_archives_are_refused_by_verify_by_name() {
    let environment = TestEnvironment::new();
    let said = Said::new(&environment, SigningKey::generate().expect("key"), Tier::Listed);
    let before = [environment.listing(&environment.path("")), environment.listing(&environment.work())];
    for hostile in hostile_archives() {
        fs::write(environment.work().join("plain.tar.zst"), &hostile.blob).expect("written");
        let finished = said.verify(&["--key", "key.pem"]);
        assert_eq!(finished.code, 1, "{}: {} {}", hostile.what, finished.stdout, finished.stderr);
        let why = format!("{}: ", hostile.defect.name());
        let steps = finished.json()["steps"].clone();
        let detail = steps[0]["detail"].as_str().expect("detail").to_owned();
        assert!(detail.starts_with(&why), "{}: {detail}", hostile.what);
        failing(&finished.json(), "package", &why);
        let after = [environment.listing(&environment.path("")), environment.listing(&environment.work())];
        assert_eq!(after, before, "{}", hostile.what);
    }
    fs::write(environment.work().join("plain.tar.zst"), &said.package.blob).expect("written");
    said.verify(&["--key", "key.pem"]).expect(0);
}

/// Announces whatever it is truthfully, as far as it can be decompressed.
fn announced(blob: Vec<u8>) -> Announced {
    use std::io::Write as _;
    let mut package = Announced::plain("acme/plain", "1.0.0");
    let mut tar = Digesting::new(std::io::sink());
    if let Ok(bytes) = zstd::decode_all(&blob[..]) {
        tar.write_all(&bytes).expect("digested");
    }
    package.document["digest"] = json!(tar.finish().1);
    package.announce_blob(blob);
    package
}

#[test]
fn hostile_archives_are_refused_by_the_marketplace_by_name() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let data = environment.path("state/sandbox/data");
    let before = environment.listing(&data);
    for hostile in hostile_archives() {
        let id = announced(hostile.blob).send(&http);
        let problem = http.post(&format!("/v1/uploads/{id}/commit"), &claim()).problem(422, "rejected");
        let reason = &problem["reasons"][0];
        let message = reason["message"].as_str().unwrap_or_default();
        assert_eq!(reason["check"], "package", "{}: {problem}", hostile.what);
        assert!(message.starts_with(&format!("{}: ", hostile.defect.name())), "{}: {message}", hostile.what);
        for folder in ["uploads", "blobs"] {
            assert_eq!(environment.listing(&data.join(folder)), [""; 0], "{}", hostile.what);
        }
        assert_eq!(environment.listing(&data), before, "{}", hostile.what);
    }
    let other = Announced::plain("acme/plain", "1.0.1").blob;
    let id = announced(other).send(&http);
    let problem = http.post(&format!("/v1/uploads/{id}/commit"), &claim()).problem(422, "rejected");
    assert!(problem["reasons"][0]["message"].as_str().expect("message").starts_with("manifest-differs: "), "{problem}");
    Announced::plain("acme/plain", "1.0.0").publish(&http).expect(201);
}

#[test]
fn what_unpacks_to_far_more_than_it_has_is_not_packed() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let large = fs::File::create(project.join("large.bin")).expect("file");
    large.set_len(64 << 20).expect("size");
    let before = environment.listing(&project);
    environment.run_in(&project, &["pack"]).expect(2).says("which nobody would unpack");
    assert_eq!(environment.listing(&project), before);
    large.set_len(8 << 20).expect("size");
    environment.run_in(&project, &["pack"]).expect(0);
}
