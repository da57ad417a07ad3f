//! Attacks on the pages that a person sees: forged forms, foreign hosts, frames, open redirects, malformed requests.

use serde_json::json;

use crate::support::{Application, Http, Person, Sandbox, TestEnvironment, form, page_form, sign_in_code};

#[test]
fn a_form_counts_with_the_token_of_its_own_session() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let mut person = Person::signed_in(&environment, &sandbox);
    let mut other = Person::signed_in(&environment, &sandbox);
    let asked = app.asks(&[]);
    let foreign = page_form(&other.open(&asked));
    let own = page_form(&person.open(&asked));
    let fields = |form: &crate::support::PageForm, without: &str| {
        let mut fields: Vec<_> = form.fields.iter().filter(|(name, _)| name != without).cloned().collect();
        fields.push(("decision".into(), "allow".into()));
        fields
    };
    let borrowed = |fields: &[(String, String)]| -> Vec<(String, String)> { fields.to_vec() };
    let send = |person: &mut Person, headers: &[(&str, &str)], fields: &[(String, String)]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        person.post_with("/oauth/authorize", headers, &fields)
    };
    let origin = [("origin", sandbox.url.as_str())];
    for (headers, fields) in [
        (&origin[..], fields(&own, "form_token")),
        (&origin, borrowed(&fields(&foreign, ""))),
        (&[("origin", "https://evil.test")], fields(&own, "")),
        (&[("origin", "http://127.0.0.1:1")], fields(&own, "")),
        (&[("sec-fetch-site", "cross-site")], fields(&own, "")),
        (&[("sec-fetch-site", "same-site"), ("origin", "null")], fields(&own, "")),
    ] {
        let reply = send(&mut person, headers, &fields);
        assert!(reply.status >= 400, "{headers:?}: {}", reply.head);
        assert_eq!(reply.header("location"), None);
    }
    assert_eq!(send(&mut Person::stranger(&sandbox.url), &origin, &fields(&own, "")).status, 403);
    assert_eq!(send(&mut person, &origin, &fields(&own, "")).status, 303, "and what is right goes through");
}

#[test]
fn pages_are_served_under_their_own_name_alone() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let address = sandbox.url.trim_start_matches("http://").to_owned();
    let port = address.rsplit(':').next().expect("port");
    for host in ["evil.test", "localhost", &format!("localhost:{port}"), "127.0.0.1", &format!("{address}.evil.test")] {
        for path in [app.asks(&[]), "/oauth/device".to_owned()] {
            let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
            let reply = raw(&address, request.as_bytes());
            assert!(reply.starts_with("HTTP/1.1 400"), "{host}: {reply}");
        }
    }
    let twice =
        format!("GET /oauth/device HTTP/1.1\r\nhost: {address}\r\nhost: evil.test\r\nconnection: close\r\n\r\n");
    let reply = raw(&address, twice.as_bytes());
    assert!(reply.starts_with("HTTP/1.1 400"), "{reply}");
}

fn raw(address: &str, request: &[u8]) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).expect("limit");
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn no_page_is_framed_cached_or_told_to_others() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let mut person = Person::signed_in(&environment, &sandbox);
    let mut stranger = Person::stranger(&sandbox.url);
    let pages = [
        stranger.open(&app.asks(&[])),
        person.open(&app.asks(&[])),
        person.open("/oauth/device"),
        person.open("/oauth/device?user_code=BCDF-GHJK"),
        person.open(&app.asks(&[("redirect_uri", "https://evil.test")])),
        person.post("/oauth/authorize", &[]),
    ];
    for page in pages {
        let policy = page.header("content-security-policy").expect("policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(policy.contains("base-uri 'none'") && !policy.contains("script-src"), "{policy}");
        for (name, value) in [
            ("x-frame-options", "DENY"),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(page.header(name).as_deref(), Some(value), "{}", page.head);
        }
    }
    let answer = person.allows(&app.asks(&[]));
    assert!(!answer.contains("session") && !answer.contains("access_token"), "{answer}");
}

#[test]
fn what_a_request_says_is_shown_as_text() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let script = "\"'><script>alert(1)</script>";
    let app = Application::register(&sandbox.url, &identity, &json!({"name": script}));
    let mut person = Person::signed_in(&environment, &sandbox);
    for path in [
        app.asks(&[("state", script)]),
        app.asks(&[("redirect_uri", script)]),
        app.asks(&[(script, script)]),
        format!("/oauth/device?{}", form(&[("user_code", script)])),
        format!("/oauth/callback/github?{}", form(&[("state", script), ("error", script)])),
        format!("/oauth/callback/{}", form(&[(script, "")])),
    ] {
        let text = String::from_utf8(person.open(&path).body).expect("UTF-8");
        assert!(!text.contains("<script"), "{path}: {text}");
    }
    let mut stranger = Person::stranger(&sandbox.url);
    let page = stranger.open(&app.asks(&[("state", script)]));
    assert!(!String::from_utf8_lossy(&page.body).contains("<script"));
    // What was asked is asked again after signing in, byte for byte.
    let next = stranger.submit(&page, &[("code", &sign_in_code(&environment))]);
    let consent = stranger.open(&next.header("location").expect("location"));
    let sent = stranger.submit(&consent, &[("decision", "allow")]).header("location").expect("location");
    assert_eq!(crate::support::parameter(&sent, "state").as_deref(), Some(script));
}

#[test]
fn signing_in_leads_to_a_page_of_the_marketplace() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let code = sign_in_code(&environment);
    for target in [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test/",
        "/oauth/\\evil.test",
        "/oauth",
        "/v1/account",
        "javascript:alert(1)",
        "\t//evil.test",
        "/oauth/\r\nset-cookie: x=y",
        "",
    ] {
        let mut person = Person::stranger(&sandbox.url);
        let reply = person.post("/oauth/sign-in", &[("return_to", target), ("code", &code)]);
        assert_eq!((reply.status, reply.header("location"), person.cookie), (400, None, None), "{target:?}");
    }
}

#[test]
fn a_session_is_kept_well_and_ends() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let mut person = Person::stranger(&sandbox.url);
    // A session that somebody else has chosen is no session (fixation).
    let port = sandbox.url.rsplit(':').next().expect("port");
    person.cookie = Some(format!("proveniq-{port}=pvq_session_chosen"));
    let page = person.open("/oauth/device");
    let signed_in = person.submit(&page, &[("code", &sign_in_code(&environment))]);
    let cookie = signed_in.header("set-cookie").expect("cookie");
    for flag in ["Path=/oauth/", "HttpOnly", "SameSite=Lax", "Max-Age="] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(!cookie.contains("chosen") && !cookie.contains("Domain"), "{cookie}");
    let page = person.open(&app.asks(&[]));
    let token = page_form(&page).fields.iter().find(|(name, _)| name == "form_token").expect("token").1.clone();
    let stolen = person.cookie.clone();
    assert_eq!(person.post("/oauth/sign-out", &[("return_to", "/oauth/device")]).status, 403);
    let out = [("return_to", "/oauth/device"), ("form_token", token.as_str())];
    assert_eq!(person.post("/oauth/sign-out", &out).status, 303);
    assert_eq!(person.cookie, None);
    // The cookie is worth nothing any more, whoever still has it, and also after a start.
    let mut thief = Person::stranger(&sandbox.url);
    thief.cookie = stolen;
    assert!(String::from_utf8_lossy(&thief.open(&app.asks(&[])).body).contains("Sign in"));
}

#[test]
fn malformed_requests_are_refused_in_the_terms_of_the_protocol() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::new(&sandbox.url, None);
    let urlencoded = ("content-type", "application/x-www-form-urlencoded");
    for (headers, body) in [
        (&[("content-type", "application/json")][..], &b"{\"grant_type\": \"client_credentials\"}"[..]),
        (&[("content-type", "multipart/form-data; boundary=x")], b"--x--"),
        (&[], b"grant_type=client_credentials"),
        (&[urlencoded], b""),
        (&[urlencoded], b"&&&==&"),
        (&[urlencoded], b"grant_type=a%00b"),
        (&[urlencoded], b"grant_type=\xff\xfe"),
        (&[urlencoded], b"grant_type=refresh_token&grant_type=refresh_token"),
    ] {
        for path in ["/oauth/token", "/oauth/revoke", "/oauth/introspect", "/oauth/device_authorization"] {
            let reply = http.send("POST", path, headers, body);
            reply.oauth_error(400, "invalid_request");
        }
    }
    let long = format!("grant_type={}", "x".repeat(5000));
    http.send("POST", "/oauth/token", &[urlencoded], long.as_bytes()).oauth_error(400, "invalid_request");
    let many = (0..100).map(|number| format!("p{number}=1")).collect::<Vec<_>>().join("&");
    http.send("POST", "/oauth/token", &[urlencoded], many.as_bytes()).oauth_error(400, "invalid_request");
    let huge = "x".repeat(70 << 10);
    http.send("POST", "/oauth/token", &[urlencoded], huge.as_bytes()).oauth_error(400, "invalid_request");
    let header = [urlencoded, ("authorization", "Basic \u{e9}")];
    http.send("POST", "/oauth/token", &header, b"grant_type=client_credentials").oauth_error(401, "invalid_client");
    for path in ["/oauth/token", "/oauth/revoke"] {
        http.get(path).problem(405, "method_not_allowed");
        http.get(&format!("{path}?grant_type=client_credentials")).problem(405, "method_not_allowed");
    }
    let long = format!("/oauth/authorize?client_id=proveniq-cli&state={}", "x".repeat(5000));
    assert_eq!(http.get(&long).status, 400);
}
