//! `test-webhook`: the stubs in front of what an integration calls.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::TestEnvironment;

/// The correct handler of the fixtures, with replacements in it and in its manifest.
fn handler(environment: &TestEnvironment, code: &[(&str, &str)], manifest: &[(&str, &str)]) -> PathBuf {
    let project = environment.work().join("handler");
    fs::create_dir_all(&project).expect("folder");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/handlers");
    for (name, changes) in [("handler.py", code), ("proveniq.toml", manifest)] {
        let mut text = fs::read_to_string(fixtures.join(name)).expect("fixture");
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        fs::write(project.join(name), text).expect("written");
    }
    project
}

fn verdict<'a>(report: &'a Value, id: &str) -> &'a str {
    let case = report["cases"].as_array().expect("cases").iter().find(|case| case["id"] == id);
    case.unwrap_or_else(|| panic!("no {id}"))["verdict"].as_str().expect("verdict")
}

const UPSTREAM: &str = "\n[[upstream]]\nname = \"claimcenter\"\nenv = \"CLAIMCENTER_URL\"\n";

#[test]
fn the_ledger_is_an_upstream_that_need_not_be_declared() {
    let environment = TestEnvironment::new();
    let code = [
        (
            "CLAIMCENTER = Upstream(os.environ.get(\"CLAIMCENTER_URL\", \"\"), os.environ.get(\"CLAIMCENTER_URL\", \"\") + \"/oauth/token\")",
            "CLAIMCENTER = Upstream(os.environ[\"PROVENIQ_API_URL\"], os.environ[\"PROVENIQ_TOKEN_URL\"])",
        ),
        ("\"/claims\"", "\"/v1/ledger/events\""),
        ("\"/proofs\"", "\"/v1/ledger/events\""),
    ];
    let project = handler(&environment, &code, &[(UPSTREAM, "")]);
    let arguments = [
        "test-webhook",
        "--suite",
        "replay",
        "--case",
        "upstream.ledger.retry-after-seconds",
        "--case",
        "upstream.ledger.unauthorized",
        "--case",
        "upstream.ledger.bad-request",
        "--json",
    ];
    let report = environment.run_in(&project, &arguments).expect(0).json();
    for id in ["replay.concurrent", "upstream.ledger.retry-after-seconds", "upstream.ledger.unauthorized"] {
        assert_eq!(verdict(&report, id), "pass", "{report}");
    }
}

/// Keeps the event in an outbox, answers, and does the work later.
const OUTBOX: &str = r#"
def later(message_id, event):
    connection = database()
    connection.execute("CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, event TEXT, done INTEGER DEFAULT 0)")
    connection.execute("INSERT OR IGNORE INTO outbox (id, event) VALUES (?, ?)", (message_id, json.dumps(event)))
    connection.close()


def run_outbox():
    failures = 0
    while True:
        time.sleep(0.05 if not failures else min(0.5 * 2**failures, 5) * random.uniform(0.75, 1.25))
        try:
            connection = database()
            row = connection.execute("SELECT id, event FROM outbox WHERE done = 0 ORDER BY random() LIMIT 1").fetchone()
            if row:
                work(row[0], json.loads(row[1]))
                connection.execute("UPDATE outbox SET done = 1 WHERE id = ?", (row[0],))
            failures = 0
        except NotNow as reason:
            failures += 1
            if "refused" in str(reason):
                connection.execute("UPDATE outbox SET done = 1 WHERE id = ?", (row[0],))
        except sqlite3.OperationalError:
            pass


# --- HTTP
"#;

#[test]
fn a_handler_that_answers_first_and_works_later_passes_too() {
    let environment = TestEnvironment::new();
    let code = [
        ("\n# --- HTTP\n", OUTBOX),
        ("once(message_id, lambda: work(message_id, event))", "later(message_id, event)"),
        ("        self.answer(204)\n", "        self.answer(202)\n"),
        (
            "signal.signal(signal.SIGTERM",
            "threading.Thread(target=run_outbox, daemon=True).start()\nsignal.signal(signal.SIGTERM",
        ),
        // Each instance has work of its own.
        (
            "os.environ.get(\"DATABASE\", \"handler.db\")",
            "f\"handler-{os.environ['CLAIMCENTER_URL'].rsplit(':')[-1]}.db\"",
        ),
    ];
    let project = handler(&environment, &code, &[]);
    let arguments = ["test-webhook", "--suite", "replay", "--suite", "upstream", "--json"];
    let report = environment.run_in(&project, &arguments).expect(0).json();
    let undecided = |case: &&Value| !matches!(case["verdict"].as_str(), Some("pass" | "warn" | "not_applicable"));
    assert_eq!(report["cases"].as_array().expect("cases").iter().filter(undecided).count(), 0, "{report}");
    assert_eq!(verdict(&report, "upstream.claimcenter.outage"), "pass", "{report}");
}

#[test]
fn without_anything_that_is_called_effects_cannot_be_seen_and_it_is_said_what_to_declare() {
    let environment = TestEnvironment::new();
    let project = handler(&environment, &[], &[(UPSTREAM, "")]);
    let arguments = ["test-webhook", "--suite", "upstream", "--case", "replay.sequence", "--json"];
    let report = environment.run_in(&project, &arguments).expect(6).json();
    assert_eq!(verdict(&report, "replay.sequence"), "inconclusive");
    assert_eq!(verdict(&report, "upstream.ledger.timeout"), "inconclusive");
    let told = report["cases"].as_array().expect("cases").iter().filter(|case| case["verdict"] == "inconclusive");
    assert!(told.clone().all(|case| case["reason"].to_string().contains("[[upstream]]")), "{report}");
}

#[test]
fn a_stub_answers_as_the_openapi_file_says() {
    let environment = TestEnvironment::new();
    let code = [(
        "                    response.read()\n",
        "                    assert json.load(response)[\"claim\"] == \"CLM-1\"\n",
    )];
    let manifest = [("env = \"CLAIMCENTER_URL\"\n", "env = \"CLAIMCENTER_URL\"\nopenapi = \"claimcenter.json\"\n")];
    let project = handler(&environment, &code, &manifest);
    let send = || environment.run_in(&project, &["test-webhook", "--event", "ledger.event.created"]);
    send().expect(2).says("there is no claimcenter.json");
    let answer = serde_json::json!({"content": {"application/json": {"example": {"claim": "CLM-1"}}}});
    let document =
        serde_json::json!({"openapi": "3.1.0", "paths": {"/claims": {"post": {"responses": {"201": answer}}}}});
    fs::write(project.join("claimcenter.json"), document.to_string()).expect("written");
    send().expect(0);
    fs::write(project.join("claimcenter.json"), "{}").expect("written");
    send().expect(1);
}

#[test]
fn a_case_that_was_asked_for_and_has_no_object_here_was_not_run() {
    let environment = TestEnvironment::new();
    let project = handler(&environment, &[], &[]);
    let arguments = ["test-webhook", "--case", "upstream.ledger.reset", "--json"];
    let report = environment.run_in(&project, &arguments).expect(6).json();
    assert_eq!(verdict(&report, "upstream.ledger.reset"), "not_run");
}
