//! proveniq.toml: every problem in one pass, at its place, in words that help.

use std::fs;

use crate::support::{Finished, TestEnvironment};

pub const FULL: &str = include_str!("fixtures/manifests/full.toml");
pub const PLAIN: &str = include_str!("fixtures/plain/proveniq.toml");

/// Reads a manifest as every command does.
pub fn read(environment: &TestEnvironment, manifest: impl AsRef<[u8]>) -> Finished {
    fs::write(environment.work().join("proveniq.toml"), manifest).expect("written");
    environment.run(&["pack", "--list", "--json"])
}

/// The problems of a manifest as `line:column: message`, with the hint behind a `>`.
#[track_caller]
pub fn problems(environment: &TestEnvironment, manifest: impl AsRef<[u8]>) -> Vec<String> {
    let document = read(environment, manifest).expect(2).json();
    let found = document["error"]["diagnostics"].as_array().unwrap_or_else(|| panic!("no places in {document}"));
    let shown = found.iter().map(|problem| {
        assert_eq!(problem["file"], "proveniq.toml");
        let message = problem["message"].as_str().expect("message");
        let hint = problem["hint"].as_str().map(|hint| format!(" > {hint}")).unwrap_or_default();
        format!("{}:{}: {message}{hint}", problem["line"], problem["column"])
    });
    shown.collect()
}

/// The plain manifest with one piece of it replaced.
pub fn with(piece: &str, by: &str) -> String {
    assert_eq!(PLAIN.matches(piece).count(), 1, "{piece}");
    PLAIN.replace(piece, by)
}

/// The plain manifest with lines behind it, the first of which is line 20.
pub fn and(lines: &str) -> String {
    format!("{PLAIN}{lines}")
}

/// Expects exactly one problem in each manifest.
#[track_caller]
pub fn each_has(cases: &[(String, &str)]) {
    let environment = TestEnvironment::new();
    for (manifest, problem) in cases {
        assert_eq!(problems(&environment, manifest), [*problem], "in:\n{manifest}");
    }
}

#[test]
fn the_manifests_that_the_cases_start_from_hold() {
    let environment = TestEnvironment::new();
    fs::write(environment.work().join("README.md"), "# Plain\n").expect("written");
    read(&environment, PLAIN).expect(0);
    read(&environment, FULL).expect(0);
    read(&environment, format!("\u{feff}{PLAIN}").replace('\n', "\r\n")).expect(0);
}

#[test]
fn the_identity_is_checked() {
    each_has(&[
        (with("\"acme/plain\"", "\"plain\""), "2:8: integration.name \"plain\" is not of the form publisher/name"),
        (
            with("\"acme/plain\"", "\"Acme/plain\""),
            "2:8: integration.name \"Acme/plain\" has a publisher that is not 1 to 64 of a-z, 0-9 and '-', with no '-' at its ends",
        ),
        (
            with("\"acme/plain\"", "\"acme/../x\""),
            "2:8: integration.name \"acme/../x\" has a name that is not 1 to 64 of a-z, 0-9 and '-', with no '-' at its ends",
        ),
        (with("\"acme/plain\"", "7"), "2:8: integration.name must be a string, not integer"),
        (with("name = \"acme/plain\"\n", ""), "1:2: integration.name is missing"),
        (with("\"Plain\"", "\" \""), "3:9: integration.title is empty"),
        (
            with("\"Plain\"", &format!("{:?}", "x".repeat(81))),
            "3:9: integration.title has 81 characters; 80 are allowed",
        ),
        (with("\"Plain\"", "\"a\\nb\""), "3:9: integration.title must be one line without control characters"),
        (
            with("\"1.0.0\"", "\"1.0\""),
            "4:11: integration.version \"1.0\" is not a semantic version: unexpected end of input while parsing minor version number",
        ),
        (with("\"1.0.0\"", "1.0"), "4:11: integration.version must be a string, not float"),
        (
            with("type = \"webhook\"", "type = \"plugin\""),
            "5:8: integration.type \"plugin\" is no integration type; known: webhook, sdk-plugin, native",
        ),
        (
            with("\"claims-management\"", "\"claims\""),
            "6:12: integration.category \"claims\" is no category; known: policy-admin, claims-management, document-management, analytics-bi, communication, compliance",
        ),
        (with("license = \"MIT\"\n", ""), "1:2: integration.license is missing"),
        (
            with("license = \"MIT\"\n", "license = \"MIT\"\nrepository = \"http://git.acme.test\"\n"),
            "9:14: integration.repository \"http://git.acme.test\" must begin with https://",
        ),
        (
            with("license = \"MIT\"\n", "license = \"MIT\"\nrepository = \"https://me:hunter2@git.acme.test\"\n"),
            "9:14: integration.repository must not hold a user name or a password",
        ),
        (
            with("license = \"MIT\"\n", "license = \"MIT\"\nrepository = \"https://me:hunter2@git.acme.test:99999\"\n"),
            "9:14: integration.repository is not a URL: invalid port number",
        ),
    ]);
}

#[test]
fn support_and_pricing_are_checked() {
    each_has(&[
        (with("\"support@acme.test\"", "\"support\""), "11:9: support.email \"support\" is not an email address"),
        (
            with("\"support@acme.test\"", "\"a b@acme.test\""),
            "11:9: support.email \"a b@acme.test\" is not an email address",
        ),
        (and("[support.sla]\n"), "20:10: support.sla.uptime_percent is missing"),
        (and("[support.sla]\nuptime_percent = 101\n"), "21:18: support.sla.uptime_percent must be 0 to 100"),
        (and("[support.sla]\nuptime_percent = nan\n"), "21:18: support.sla.uptime_percent must be 0 to 100"),
        (and("[support.sla]\nuptime_percent = 0x1e1\n"), "21:18: support.sla.uptime_percent must be 0 to 100"),
        (
            and("[support.sla]\nuptime_percent = 99.9\nfirst_response_hours = {critical = 0, high = 4, normal = 24}\n"),
            "22:36: support.sla.first_response_hours.critical must be more than 0",
        ),
        (
            and(
                "[support.sla]\nuptime_percent = 99.9\nfirst_response_hours = {critical = inf, high = 4, normal = 24}\n",
            ),
            "22:36: support.sla.first_response_hours.critical must be more than 0",
        ),
        (
            and("[support.sla]\nuptime_percent = 99.9\nfirst_response_hours = {critical = 1, high = 4}\n"),
            "22:1: support.sla.first_response_hours.normal is missing",
        ),
        (
            and("[pricing]\nmodel = \"cheap\"\n"),
            "21:9: pricing.model \"cheap\" is no pricing model; known: free, freemium, paid",
        ),
        (and("[pricing]\n"), "20:2: pricing.model is missing"),
    ]);
}

#[test]
fn the_webhook_is_checked() {
    let path = "\"/webhooks/proveniq\"";
    let events = "[\"ledger.event.created\", \"ledger.proof.requested\"]";
    let no_path =
        |text: &str| format!("{text} is not a path: it must begin with one '/' and hold no space, '?' or '#'");
    let relative = format!("14:8: webhook.path {}", no_path("\"webhooks\""));
    let query = format!("14:8: webhook.path {}", no_path("\"/a?b\""));
    let other_host = format!("14:8: webhook.path {}", no_path("\"//evil.test/a\""));
    each_has(&[
        (with(path, "\"webhooks\""), &relative),
        (with(path, "\"/a?b\""), &query),
        (with(path, "\"//evil.test/a\""), &other_host),
        (with("path = \"/webhooks/proveniq\"\n", ""), "13:2: webhook.path is missing"),
        (
            with(events, "[\"ledger.event.create\"]"),
            "15:11: webhook.events has \"ledger.event.create\", which is no event type; did you mean \"ledger.event.created\"?",
        ),
        (
            with(events, "[\"zzz\"]"),
            "15:11: webhook.events \"zzz\" is no event type; known: ledger.event.created, ledger.proof.requested, integration.installed, integration.configured, integration.uninstalled, webhook.ping",
        ),
        (with(events, "[\"webhook.ping\", \"webhook.ping\"]"), "15:10: webhook.events names an event twice"),
        (with(events, "[]"), "15:10: webhook.events is empty > list the event types that it takes"),
        (
            with(&format!("events = {events}\n"), ""),
            "13:2: webhook.events is missing > list the event types that it takes",
        ),
        (with(events, "\"webhook.ping\""), "15:10: webhook.events must be a list of strings, not string"),
        (with(events, "[7]"), "15:11: webhook.events must be a list of strings, not integer"),
        (
            with(events, "[\"webhook.ping\"]\nrate_per_second = 9"),
            "16:19: webhook.rate_per_second must be 10 to 100000",
        ),
        (
            with(events, "[\"webhook.ping\"]\nrate_per_second = -20"),
            "16:19: webhook.rate_per_second must be 10 to 100000",
        ),
        (
            with(events, "[\"webhook.ping\"]\nrate_per_second = 99999999999999999999"),
            "16:19: webhook.rate_per_second is too large",
        ),
        (
            with(events, "[\"webhook.ping\"]\nrate_per_second = 20.0"),
            "16:19: webhook.rate_per_second must be an integer, not float",
        ),
    ]);
}

#[test]
fn authorization_plugin_and_settings_are_checked() {
    each_has(&[
        (
            and("[oauth]\nscopes = [\"ledger\"]\n"),
            "21:11: oauth.scopes has \"ledger\", which is no scope: words of a-z joined by ':', such as ledger:events:read",
        ),
        (
            and("[oauth]\nredirect_uris = [\"http://acme.test/callback\"]\n"),
            "21:18: oauth.redirect_uris \"http://acme.test/callback\" must use https, except on loopback",
        ),
        (
            and("[oauth]\nredirect_uris = [\"https://*.acme.test/\"]\n"),
            "21:18: oauth.redirect_uris \"https://*.acme.test/\" has a wildcard; redirects are matched exactly",
        ),
        (
            and("[oauth]\nredirect_uris = [\"https://acme.test/#a\"]\n"),
            "21:18: oauth.redirect_uris \"https://acme.test/#a\" has a fragment",
        ),
        (
            and("[plugin]\nentry = \"../index.html\"\n"),
            "21:9: plugin.entry \"../index.html\" is not a path inside the project",
        ),
        (with("type = \"webhook\"", "type = \"sdk-plugin\""), "1:1: type sdk-plugin needs the table [plugin]"),
        (and("[settings]\ntype = \"array\"\n"), "20:1: settings must be a JSON Schema with type = \"object\""),
        (and("[settings]\n"), "20:1: settings must be a JSON Schema with type = \"object\""),
        (and("[[settings]]\n"), "20:1: settings must be a table, not array"),
    ]);
}

#[test]
fn run_upstream_package_and_marketplace_are_checked() {
    let command = "command = \"python3 handler.py\"";
    each_has(&[
        (with(command, "command = \"python3 'handler.py\""), "18:11: run.command has an unclosed quote"),
        (with(command, "command = \"\""), "18:11: run.command is empty"),
        (with(command, "command = []"), "18:11: run.command is empty"),
        (with(command, "command = [\"python3\", 3]"), "18:23: run.command must be a list of strings, not integer"),
        (with(command, "command = true"), "18:11: run.command must be a command line or a list of words, not boolean"),
        (with(&format!("{command}\n"), ""), "17:2: run.command is missing"),
        (
            and("[[upstream]]\nname = \"a\"\nenv = \"a-url\"\n"),
            "22:7: upstream.env \"a-url\" is not a variable name: A-Z, 0-9 and '_', not beginning with a digit",
        ),
        (
            and("[[upstream]]\nname = \"a\"\nenv = \"PROVENIQ_API_URL\"\n"),
            "22:7: upstream.env \"PROVENIQ_API_URL\" is a variable that proveniq sets itself",
        ),
        (
            and("[[upstream]]\nname = \"a\"\nenv = \"A\"\n[[upstream]]\nname = \"b\"\nenv = \"A\"\n"),
            "20:1: upstream b is declared twice",
        ),
        (and("[upstream]\nname = \"a\"\nenv = \"A\"\n"), "20:1: upstream must be an array of tables, not table"),
        (and("[package]\ninclude = [\"\"]\n"), "21:12: package.include is empty"),
        (and("[package]\nreasons = {a = 1}\n"), "21:16: package.reasons must be a table of strings, not integer"),
        (
            and("[marketplace]\nurl = \"market.test\"\n"),
            "21:7: marketplace.url \"market.test\" is not a URL: relative URL without a base",
        ),
        (
            and("[marketplace]\nurl = \"ftp://market.test\"\n"),
            "21:7: marketplace.url \"ftp://market.test\" is not an http or https URL",
        ),
        (and("[marketplace]\n"), "20:2: marketplace.url is missing"),
    ]);
}

#[test]
fn an_unknown_key_names_the_nearest_one() {
    each_has(&[
        (and("[packge]\n"), "20:2: unknown key packge > did you mean package?"),
        (with("ready = ", "redy = "), "19:1: unknown key run.redy > did you mean run.ready?"),
        (
            and("[support.sla]\nuptime_percent = 99\nuptime = 1\n"),
            "22:1: unknown key support.sla.uptime > did you mean support.sla.uptime_percent?",
        ),
        (and("zzz = 1\n"), "20:1: unknown key run.zzz"),
        (and("\"a\\nb\" = 1\n"), "20:1: unknown key run.a\nb"),
    ]);
}

#[test]
fn tables_and_values_that_are_confused_are_told() {
    each_has(&[
        ("integration = 1\n".into(), "1:15: integration must be a table, not integer"),
        ("[[integration]]\n".into(), "1:1: integration must be a table, not array"),
        (
            with("[support]\nemail = \"support@acme.test\"\n", "[[support]]\n"),
            "10:1: support must be a table, not array",
        ),
        (with("email = \"support@acme.test\"", "email = {a = 1}"), "11:9: support.email must be a string, not table"),
        (
            with("email = \"support@acme.test\"", "email = 1979-05-27"),
            "11:9: support.email must be a string, not datetime",
        ),
        (with("path = \"/webhooks/proveniq\"", "path = [\"/\"]"), "14:8: webhook.path must be a string, not array"),
        (and("[package]\nreasons = []\n"), "21:11: package.reasons must be a table of strings, not array"),
    ]);
}

#[test]
fn all_problems_come_in_one_pass_in_the_order_of_the_file() {
    let environment = TestEnvironment::new();
    let manifest = "[support]\nemail = 'x'\n[integration]\nname = 'a'\ntype = 'webhook'\ncolour = 1\n[[upstream]]\n\
                    name = 'a'\nenv = 'A'\n[[upstream]]\nname = 'a'\nenv = 'B'\n[settings]\ntype = 'array'\n[pricng]\n";
    assert_eq!(
        problems(&environment, manifest),
        [
            "2:9: support.email \"x\" is not an email address",
            "3:1: type webhook needs the table [webhook]",
            "3:2: integration.title is missing",
            "3:2: integration.version is missing",
            "3:2: integration.category is missing",
            "3:2: integration.summary is missing",
            "3:2: integration.license is missing",
            "4:8: integration.name \"a\" is not of the form publisher/name",
            "6:1: unknown key integration.colour",
            "7:1: upstream a is declared twice",
            "13:1: settings must be a JSON Schema with type = \"object\"",
            "15:2: unknown key pricng > did you mean pricing?",
        ]
    );
}
