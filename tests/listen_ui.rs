//! `listen --ui`: the page in a real browser, and who may ask its server.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::support::{Browser, Fake, Http, PlainHandler, TestEnvironment, Way, reply, wait_until};

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// `listen --local --ui`, and where its page and its endpoint are.
struct Listening {
    child: Child,
    page: String,
    token: String,
    endpoint: String,
    _environment: TestEnvironment,
}

impl Listening {
    fn start(arguments: &[&str]) -> Self {
        let mut environment = TestEnvironment::new();
        environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
        let arguments = [&["listen", "--local", "--ui", "--json"], arguments].concat();
        let mut child =
            environment.command_in(&environment.work(), &arguments).stdin(Stdio::null()).spawn().expect("started");
        let mut line = String::new();
        BufReader::new(child.stderr.take().expect("pipe")).read_line(&mut line).expect("address");
        let (page, token) = line.trim().trim_start_matches("inspect ").split_once("/#").expect("an address");
        let (page, token) = (page.to_owned(), token.to_owned());
        let mut stdout = BufReader::new(child.stdout.take().expect("pipe"));
        let mut first = String::new();
        stdout.read_line(&mut first).expect("connected");
        let connected: Value = serde_json::from_str(&first).expect("JSON");
        let endpoint = connected["from"].as_str().expect("address").to_owned();
        // Nobody reads the rest; a full pipe would stop it.
        std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        Listening { child, page, token, endpoint, _environment: environment }
    }

    fn address(&self) -> String {
        format!("{}/#{}", self.page, self.token)
    }

    fn port(&self) -> u16 {
        self.page.rsplit(':').next().and_then(|port| port.parse().ok()).expect("port")
    }

    fn deliver(&self, headers: &[(&str, &str)], body: &[u8]) {
        Http::new(&self.endpoint, None).send("POST", "/", headers, body);
    }

    fn deliver_signed(&self, id: &str, body: &str) {
        let secret = proveniq::webhook::SigningSecret::parse_list(SECRET).expect("secret").remove(0);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("time").as_secs();
        let signature = proveniq::webhook::sign(&secret, id, now.try_into().expect("time"), body.as_bytes());
        let headers = [("webhook-id", id), ("webhook-timestamp", &now.to_string()), ("webhook-signature", &signature)];
        self.deliver(&headers, body.as_bytes());
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn bodies(endpoint: &Fake) -> Vec<Vec<u8>> {
    endpoint.requests().into_iter().map(|request| request.body).collect()
}

/// Writes pictures for people who look at them, where a folder for them is named.
fn pictures(browser: &Browser) {
    let Some(folder) = std::env::var_os("PROVENIQ_TEST_PICTURES") else { return };
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        for width in [1200, 400] {
            browser.resize(width, 800);
            browser.picture(&std::path::Path::new(&folder).join(format!("{scheme}-{width}.png")));
        }
    }
}

#[test]
fn the_page_shows_replays_and_resends() {
    let handler = PlainHandler::start(SECRET);
    let listening = Listening::start(&["--forward-to", &handler.url]);
    let browser = Browser::start(1200, 800);
    browser.open(&listening.address());
    browser.wait_for("#state", "listening");
    assert_eq!(browser.count("#list li"), 0);
    let body = r#"{"type": "ledger.event.created",  "amount": 1.0, "name": "Zoë \u00e9"}"#;
    listening.deliver_signed("msg_1", body);
    browser.wait_for("#list li", "ledger.event.created");
    browser.wait_for("#list li", "204 accepted");
    browser.press("j");
    browser.wait_for("#body", "\"amount\": 1.0,\n");
    assert!(browser.text("#detail table").contains("webhook-signature"));
    browser.click(".views button:nth-child(2)");
    browser.wait_for("#body", "  \"amount\"");
    assert_eq!(browser.script("return document.getElementById('body').textContent"), body, "the exact body");
    browser.click(".views button:nth-child(3)");
    browser.wait_for("#body", "00000000  7b 22 74 79");
    browser.press("r");
    browser.wait_for("#list li", "\u{21bb} 1");
    assert_eq!(browser.count("#list li .accepted"), 2);
    // Another body: it verifies, since it is signed now.
    browser.press("e");
    browser.script("document.getElementById('editor').value = '{\"edited\": true}'");
    browser.click("#send");
    wait_until("the edited one has come", || browser.count("#list li .accepted") == 3);
    browser.wait_for("#body", "\"edited\": true");
    // What does not verify is shown as refused, with its answer.
    listening.deliver(&[("webhook-id", "msg_2")], b"{}");
    browser.wait_for("#list li .failed", "401 refused");
    browser.script("document.getElementById('filter').value = 'failed'; document.getElementById('filter').dispatchEvent(new Event('change'))");
    assert_eq!(browser.count("#list li:not([hidden])"), 1);
    pictures(&browser);
    let log = browser.console();
    assert!(!log.contains("Content Security Policy") && !log.contains("Error"), "{log}");
}

#[test]
fn a_hostile_body_is_text_and_is_found_by_what_it_says() {
    let listening = Listening::start(&[]);
    let browser = Browser::start(1200, 800);
    browser.open(&listening.address());
    browser.wait_for("#state", "listening");
    let script = "<script>window.owned = 1</script><img src=x onerror='window.owned = 2'>";
    let body = json!({"type": script, "needle": "h\u{202e}aystack"}).to_string();
    listening.deliver(&[("x-odd", script), ("authorization", "Bearer hunter2")], body.as_bytes());
    listening.deliver(&[], b"\xff\x00<b>");
    wait_until("both have come", || browser.count("#list li") == 2);
    browser.click("#row-1");
    browser.wait_for("#body", "window.owned = 1");
    assert!(browser.text("#body").contains("h\\u{202e}aystack"), "what steers the direction of text is made visible");
    assert_eq!(browser.count("#detail script, #detail img, #list script, #list img"), 0);
    assert_eq!(browser.script("return window.owned === undefined"), true);
    assert!(!browser.script("return document.documentElement.outerHTML").to_string().contains("hunter2"));
    assert!(browser.text("#detail table").contains("(not shown)"));
    assert_eq!(browser.script("return document.getElementById('replay').disabled"), true, "it was sent nowhere");
    // The policy refuses a script even where one gets in.
    browser.script("const s = document.createElement('div'); document.body.append(s); try { s.innerHTML = '<img src=x>' } catch { window.kept = 1 }");
    assert_eq!(browser.script("return window.kept"), 1);
    browser.press("/NEEDLE");
    wait_until("one is found", || browser.count("#list li:not([hidden])") == 1);
    assert_eq!(browser.text("#list li:not([hidden]) small").split(' ').next(), Some("#1"));
}

#[test]
fn a_connection_that_is_cut_is_made_again_and_nothing_is_missed() {
    let listening = Listening::start(&[]);
    let way = Way::to(listening.port());
    let browser = Browser::start(400, 800);
    browser.open(&format!("http://127.0.0.1:{}/#{}", way.port, listening.token));
    browser.wait_for("#state", "listening");
    listening.deliver(&[], b"1");
    wait_until("one has come", || browser.count("#list li") == 1);
    for number in 2..5 {
        way.cut();
        listening.deliver(&[], b"more");
        wait_until("one more has come", || browser.count("#list li") == number);
        browser.wait_for("#state", "listening");
    }
    let wide = browser.script("return document.documentElement.scrollWidth > innerWidth");
    assert_eq!(wide, false, "nothing is wider than a telephone");
    drop(listening);
    browser.wait_for("#state", "lost");
}

#[test]
fn only_the_page_with_its_token_may_ask() {
    let endpoint = Fake::start(|_| reply("204 No Content", "text/plain", ""));
    let listening = Listening::start(&["--forward-to", &endpoint.url]);
    listening.deliver(&[], b"{}");
    let (plain, page) = (Http::new(&listening.page, None), Http::new(&listening.page, Some(&listening.token)));
    for (method, path) in [
        ("GET", "/api/events"),
        ("GET", "/api/exchanges/1"),
        ("GET", "/api/search?q="),
        ("POST", "/api/exchanges/1/replay"),
    ] {
        assert_eq!(plain.send(method, path, &[], b"{}").status, 403, "{path}");
        assert_eq!(plain.with_key("wrong").send(method, path, &[], b"{}").status, 403, "{path}");
        assert_eq!(page.send(method, path, &[("origin", "http://evil.test")], b"{}").status, 403, "{path}");
        assert_eq!(page.send(method, path, &[("sec-fetch-site", "cross-site")], b"{}").status, 403, "{path}");
        assert_eq!(page.send(method, path, &[("host", "evil.test")], b"{}").status, 421, "{path}: two hosts");
    }
    assert_eq!(endpoint.requests().len(), 1, "nothing was sent again");
    assert_eq!(page.get("/api/exchanges/1").expect(200)["request"]["body"], "{}");
    assert_eq!(page.get("/api/exchanges/2").status, 404);
    assert_eq!(page.send("POST", "/api/exchanges/1/replay", &[], b"{\"to\": \"http://evil.test\"}").status, 400);
    let sent = page.send("POST", "/api/exchanges/1/replay", &[("origin", &listening.page)], b"{}").expect(200);
    assert_eq!((&sent["id"], &sent["outcome"]), (&2.into(), &"accepted".into()));
    assert_eq!(bodies(&endpoint), [b"{}", b"{}"]);
    let document = plain.get("/");
    assert_eq!(document.status, 200);
    let text = String::from_utf8(document.body.clone()).expect("UTF-8");
    assert!(!text.contains(&listening.token), "the page itself holds no secret");
    let policy = document.header("content-security-policy").expect("policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let stranger = Http::new(&listening.page, None).send("GET", "/", &[("origin", "null")], b"");
    assert_eq!(stranger.status, 403);
}
