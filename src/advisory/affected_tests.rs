use serde_json::{Value, json};

use super::*;
use crate::advisory::Advisory;

const NPM: Ecosystem = Ecosystem::Npm;
const PYPI: Ecosystem = Ecosystem::PyPi;
const CARGO: Ecosystem = Ecosystem::Cargo;

fn affected(affected: &Value) -> Affected {
    let document = json!({"id": "TEST-1", "affected": [affected]}).to_string();
    Advisory::parse(document.as_bytes()).expect("an advisory").affected.remove(0)
}

fn semver(events: &Value) -> Value {
    json!({"ranges": [{"type": "SEMVER", "events": events}]})
}

fn ecosystem(events: &Value) -> Value {
    json!({"ranges": [{"type": "ECOSYSTEM", "events": events}]})
}

#[track_caller]
fn hits(ecosystem: Ecosystem, advisory: &Value, hit: &[&str], missed: &[&str]) {
    let affected = affected(advisory);
    for version in hit {
        assert_eq!(standing(&affected, ecosystem, version), Standing::Affected, "{version} in {advisory}");
    }
    for version in missed {
        assert_eq!(standing(&affected, ecosystem, version), Standing::Clear, "{version} in {advisory}");
    }
}

#[test]
fn a_range_holds_its_beginning_and_not_its_fix() {
    let range = semver(&json!([{"introduced": "1.2.0"}, {"fixed": "1.4.1"}]));
    hits(
        NPM,
        &range,
        &["1.2.0", "1.4.0", "1.3.0-beta.1", "1.4.1-rc.1", "v1.3.0"],
        &["1.1.9", "1.2.0-rc.1", "1.4.1", "2.0.0"],
    );
}

#[test]
fn zero_is_before_everything() {
    let range = semver(&json!([{"introduced": "0"}, {"fixed": "1.0.0"}]));
    hits(CARGO, &range, &["0.0.0", "0.0.0-alpha", "0.9.9", "1.0.0-rc.1"], &["1.0.0", "1.0.0+build"]);
    let python = ecosystem(&json!([{"introduced": "0"}, {"fixed": "1.0"}]));
    hits(PYPI, &python, &["0", "0.dev1", "1.0rc1", "1.0.dev1"], &["1.0", "1.0.0", "1!0.1"]);
}

#[test]
fn the_last_affected_version_is_affected() {
    let range = semver(&json!([{"introduced": "0"}, {"last_affected": "2.3.0"}]));
    hits(NPM, &range, &["2.3.0", "2.3.0+build.5", "1.0.0"], &["2.3.1", "2.3.1-alpha"]);
    let python = ecosystem(&json!([{"introduced": "2.0"}, {"last_affected": "2.3"}]));
    hits(PYPI, &python, &["2.0", "2.3", "2.3.0"], &["2.3.post1", "2.3.1", "1.9", "2.3+local"]);
}

#[test]
fn what_never_ends_goes_on() {
    hits(NPM, &semver(&json!([{"introduced": "1.0.0"}])), &["1.0.0", "99.0.0"], &["0.9.0"]);
}

#[test]
fn events_stand_in_any_order_and_ranges_repeat() {
    let several =
        semver(&json!([{"fixed": "2.1.0"}, {"introduced": "2.0.0"}, {"fixed": "1.5.0"}, {"introduced": "0"}]));
    hits(CARGO, &several, &["1.4.9", "2.0.0", "2.0.9"], &["1.5.0", "1.9.0", "2.1.0"]);
    let two = json!({"ranges": [
        {"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "1.0.5"}]},
        {"type": "SEMVER", "events": [{"introduced": "3.0.0"}, {"fixed": "3.0.5"}]},
    ]});
    hits(NPM, &two, &["1.0.4", "3.0.0"], &["2.0.0", "3.0.5"]);
}

#[test]
fn a_fix_that_is_taken_back_at_once_is_none() {
    let range =
        semver(&json!([{"introduced": "1.0.0"}, {"fixed": "2.0.0"}, {"introduced": "2.0.0"}, {"fixed": "2.0.1"}]));
    hits(NPM, &range, &["1.5.0", "2.0.0"], &["2.0.1"]);
}

#[test]
fn a_limit_ends_a_range() {
    let range = semver(&json!([{"introduced": "1.0.0"}, {"limit": "2.0.0"}]));
    hits(NPM, &range, &["1.0.0", "1.9.0"], &["2.0.0", "0.9.0"]);
    hits(NPM, &semver(&json!([{"introduced": "1.0.0"}, {"limit": "*"}])), &["9.0.0"], &["0.9.0"]);
}

#[test]
fn versions_that_are_listed_count() {
    let listed = json!({"versions": ["1.0", "1.2.post1"]});
    hits(PYPI, &listed, &["1.0", "1.0.0", "1.2.post1", "1.2-1"], &["1.1", "1.2"]);
    hits(NPM, &json!({"versions": ["1.0.0"]}), &["1.0.0"], &["1.0.1"]);
}

#[test]
fn python_versions_have_epochs_posts_and_locals() {
    let range = ecosystem(&json!([{"introduced": "1!1.0"}, {"fixed": "1!2.0"}]));
    hits(PYPI, &range, &["1!1.0", "1!1.9.post3", "1!2.0a1"], &["5.0", "1!2.0", "1!1.0.dev1", "2!1.0"]);
    let post = ecosystem(&json!([{"introduced": "0"}, {"fixed": "1.0.post2"}]));
    hits(PYPI, &post, &["1.0", "1.0.post1", "1.0+cu118"], &["1.0.post2", "1.1"]);
    let local = ecosystem(&json!([{"introduced": "0"}, {"fixed": "2.0"}]));
    hits(PYPI, &local, &["1.9+cpu", "2.0rc1+cpu"], &["2.0+cpu"]);
    let loose = ecosystem(&json!([{"introduced": "0"}, {"fixed": "1.0.0-RC2"}]));
    hits(PYPI, &loose, &["1.0a1", "v1.0rc1"], &["1.0rc2", "1.0c2"]);
}

#[test]
fn short_versions_of_advisories_mean_their_zeros() {
    hits(NPM, &semver(&json!([{"introduced": "1"}, {"fixed": "2.1"}])), &["1.0.0", "2.0.9"], &["2.1.0"]);
}

#[test]
fn ranges_over_commits_say_nothing() {
    let range = json!({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}, {"fixed": "abc"}]}]});
    hits(NPM, &range, &[], &["1.0.0"]);
}

#[test]
fn null_lists_are_empty() {
    hits(NPM, &json!({"ranges": null, "versions": null}), &[], &["1.0.0"]);
}

#[test]
fn what_has_no_place_in_the_order_is_unclear() {
    let range = affected(&semver(&json!([{"introduced": "0"}, {"fixed": "1.0.0"}])));
    assert!(matches!(standing(&range, NPM, "from-git"), Standing::Unclear(_)));
    let broken = affected(&semver(&json!([{"introduced": "0"}, {"fixed": "soon"}])));
    assert!(matches!(standing(&broken, NPM, "1.0.0"), Standing::Unclear(_)));
    let listed = affected(&json!({"versions": ["odd"]}));
    assert_eq!(standing(&listed, NPM, "odd"), Standing::Affected);
}

#[test]
fn the_next_fix_is_named() {
    let range = affected(&semver(&json!([
        {"introduced": "0"}, {"fixed": "1.5.0"}, {"introduced": "2.0.0"}, {"fixed": "2.1.0"},
    ])));
    assert_eq!(fixed_in(&range, NPM, "1.0.0").as_deref(), Some("1.5.0"));
    assert_eq!(fixed_in(&range, NPM, "2.0.0").as_deref(), Some("2.1.0"));
    assert_eq!(fixed_in(&range, NPM, "3.0.0"), None);
}
