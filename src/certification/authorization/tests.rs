//! The judge on transcripts that are written down here; `tests/certify_dynamic.rs` judges real ones.

use super::*;
use crate::credential::pkce;
use crate::verdict::Verdict;
use crate::webhook::exchange::{CapturedRequest, Header, Reply};
use url::{Url, form_urlencoded};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const REDIRECT: &str = "http://127.0.0.1:4000/callback";

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn heard(party: Party, path: &str, body: &str, status: u16, answer: &str) -> Heard {
    let headers = vec![Header::text("content-type", "application/x-www-form-urlencoded")];
    let request = CapturedRequest { method: "POST".into(), path: path.into(), headers, body: body.into() };
    let reply = Reply { status, headers: Vec::new(), body: answer.into(), truncated: false };
    Heard { party, request, reply: Some(reply) }
}

fn token(pairs: &[(&str, &str)], access: &str, refresh: &str) -> Heard {
    let client = [("client_id", "client"), ("client_secret", "of-the-client")];
    let answer = serde_json::json!({ "access_token": access, "refresh_token": refresh }).to_string();
    heard(Party::Marketplace, "/oauth/token", &form(&[pairs, &client].concat()), 200, &answer)
}

fn asked(state: &str, verifier: &str) -> AuthorizationRequest {
    let challenge = pkce::challenge_of(verifier);
    let query = form(&[
        ("response_type", "code"),
        ("client_id", "client"),
        ("redirect_uri", REDIRECT),
        ("scope", "ledger:events:read"),
        ("state", state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    AuthorizationRequest::of(&Url::parse(&format!("http://127.0.0.1:1/oauth/authorize?{query}")).expect("URL"))
}

fn step(act: Act, asked: Option<AuthorizationRequest>, code: Option<&str>, heard: Vec<Heard>) -> Step {
    Step { act, asked, code: code.map(str::to_owned), came_back: true, heard, ended: None }
}

fn refreshed(with: &str, access: &str, next: &str) -> Heard {
    token(&[("grant_type", "refresh_token"), ("refresh_token", with)], access, next)
}

/// An integration without a fault.
fn faultless() -> Transcript {
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", "code-1"),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let other = "another-verifier-that-has-forty-three-characters";
    let landed = heard(Party::Integration, "/callback", "", 302, "");
    let steps = vec![
        step(
            Act::Consent,
            Some(asked("fPzS0mYq3vJ8kLw2", VERIFIER)),
            Some("code-1"),
            vec![token(&grant, "access-1", "refresh-1"), landed],
        ),
        step(
            Act::WrongState,
            Some(asked("Xb7TnRc9Ue5HgAd1", other)),
            Some("code-2"),
            vec![heard(Party::Integration, "/callback", "", 400, "")],
        ),
        step(Act::Use, None, None, vec![refreshed("refresh-1", "access-2", "refresh-2")]),
        step(Act::Use, None, None, vec![refreshed("refresh-2", "access-3", "refresh-3")]),
    ];
    Transcript { client_id: "client".into(), client_secret: "of-the-client".into(), steps, obstacle: None }
}

fn rules(transcript: &Transcript) -> (Verdict, Vec<String>) {
    let finished = judge(transcript, &["http://127.0.0.1/callback".to_owned()]);
    (finished.verdict, finished.findings.into_iter().filter_map(|finding| finding.rule).collect())
}

#[track_caller]
fn breaks(rule: &str, change: impl FnOnce(&mut Transcript)) {
    let mut transcript = faultless();
    change(&mut transcript);
    assert_eq!(rules(&transcript), (Verdict::Fail, vec![rule.to_owned()]));
}

#[test]
fn a_faultless_one_passes() {
    assert_eq!(rules(&faultless()), (Verdict::Pass, Vec::new()));
}

#[test]
fn each_fault_breaks_its_own_rule() {
    breaks("state", |transcript| transcript.steps[1].asked = Some(asked("fPzS0mYq3vJ8kLw3", "x")));
    breaks("state", |transcript| transcript.steps[1].asked = Some(asked("short", "x")));
    breaks("pkce", |transcript| transcript.steps[1].asked = Some(asked("Xb7TnRc9Ue5HgAd1", VERIFIER)));
    breaks("state-check", |transcript| {
        transcript.steps[1].heard.push(token(&[("code", "code-2")], "access-9", "refresh-9"));
    });
    breaks("refresh", |transcript| transcript.steps[3].heard = vec![refreshed("refresh-1", "access-3", "x")]);
    breaks("ended", |transcript| transcript.steps[1].ended = Some("exit status: 1".into()));
    breaks("client-authentication", |transcript| transcript.client_secret = "another".into());
    breaks("token-sent-elsewhere", |transcript| {
        let leak = heard(Party::Upstream("claims".into()), "/claims?t=access-2", "", 200, "");
        transcript.steps[3].heard.push(leak);
    });
    breaks("token-sent-elsewhere", |transcript| {
        let mut leak = heard(Party::Upstream("claims".into()), "/claims", "", 200, "");
        // "me:access-2" in base64.
        leak.request.headers.push(Header::text("authorization", "Basic bWU6YWNjZXNzLTI="));
        transcript.steps[3].heard.push(leak);
    });
    breaks("token-in-address", |transcript| {
        transcript.steps[3].heard.push(heard(Party::Marketplace, "/v1?token=access-3", "", 200, ""));
    });
}

#[test]
fn what_was_not_seen_is_open() {
    let mut transcript = faultless();
    transcript.steps.truncate(3);
    assert_eq!(rules(&transcript).0, Verdict::Inconclusive);
    let mut transcript = faultless();
    transcript.obstacle = Some("it could not be gone on with".into());
    assert_eq!(rules(&transcript).0, Verdict::Inconclusive);
}

#[test]
fn a_token_that_is_let_expire_is_warned_of() {
    let mut transcript = faultless();
    transcript.steps.truncate(2);
    let refused = heard(Party::Marketplace, "/v1/ledger/events", "", 401, "");
    transcript.steps.push(step(Act::Use, None, None, vec![refused]));
    assert_eq!(rules(&transcript), (Verdict::Warn, vec!["refresh".to_owned()]));
}

#[test]
fn redirect_uris_are_compared_but_for_the_port_of_loopback() {
    let verdict = |declared: &str| judge(&faultless(), &[declared.to_owned()]).verdict;
    assert_eq!(verdict("http://127.0.0.1:1/callback"), Verdict::Pass);
    for other in ["http://127.0.0.1/callback2", "http://[::1]/callback", "https://app.test/callback"] {
        assert_eq!(verdict(other), Verdict::Fail, "{other}");
    }
}

#[test]
fn scopes_beyond_those_declared_fail_and_unused_ones_warn() {
    let request = |scope: Option<&str>| ScopeRequest { what: "a request".into(), scope: scope.map(str::to_owned) };
    let verdict = |scopes: &[Option<&str>], declared: &[&str]| {
        let requests: Vec<_> = scopes.iter().map(|scope| request(*scope)).collect();
        judge_scopes(&requests, &declared.iter().map(|&scope| scope.to_owned()).collect::<Vec<_>>()).verdict
    };
    assert_eq!(verdict(&[Some("a b")], &["a", "b"]), Verdict::Pass);
    assert_eq!(verdict(&[Some("a"), None], &["a", "b"]), Verdict::Pass);
    assert_eq!(verdict(&[Some("a")], &["a", "b"]), Verdict::Warn);
    assert_eq!(verdict(&[Some("a c")], &["a"]), Verdict::Fail);
    assert_eq!(verdict(&[], &[]), Verdict::NotApplicable);
    assert_eq!(verdict(&[Some("a")], &[]), Verdict::Fail);
    assert_eq!(faultless().scope_requests().len(), 2);
}
