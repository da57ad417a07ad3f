//! Each scheme against the libraries that its vendors' users verify with: the careful endpoint passes everything, and the
//! same endpoint without its check fails exactly what must be rejected.

use std::path::Path;

use serde_json::Value;

use crate::support::{Runtime, TestEnvironment, VendorEndpoint};

const STANDARD_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// Schemes other than Standard Webhooks take the text as it is.
const TEXT_SECRET: &str = "It's a Secret to Everybody";

/// A library, and what the endpoint that verifies with it is warned of.
struct Library {
    runtime: Runtime,
    kind: &'static str,
    scheme: &'static str,
    warnings: &'static [&'static str],
}

impl Library {
    fn secret(&self) -> &'static str {
        if self.scheme == "standard" { STANDARD_SECRET } else { TEXT_SECRET }
    }

    /// The report on an endpoint that checks, or does not.
    fn report(&self, checks: bool, code: i32) -> Value {
        let endpoint = VendorEndpoint::start(self.runtime, self.kind, self.secret(), checks);
        let data = format!("@{}/tests/fixtures/vendors/events/{}.json", env!("CARGO_MANIFEST_DIR"), self.scheme);
        let mut arguments =
            vec!["test-webhook", &endpoint.url, "--scheme", self.scheme, "--secret-env", "VENDOR_SECRET"];
        arguments.extend(["--suite", "delivery", "--suite", "signature", "--suite", "robustness", "--json"]);
        if self.scheme != "standard" {
            arguments.extend(["--data", &data]);
        }
        let mut environment = TestEnvironment::new();
        environment.set("VENDOR_SECRET", Path::new(self.secret()));
        let finished = environment.run(&arguments).expect(code);
        assert!(!finished.stdout.contains(self.secret()), "{}", finished.stdout);
        finished.json()
    }

    /// The endpoint with its check passes, but for the warnings; the one without fails what must be rejected.
    #[track_caller]
    fn is_told_apart_from_one_without_a_check(&self) {
        let report = self.report(true, 0);
        assert_eq!(ids(&report, |case| case["verdict"] == "warn"), self.warnings, "{report:#}");
        assert_eq!(ids(&report, |case| case["verdict"] != "warn" && case["verdict"] != "pass"), [""; 0], "{report:#}");
        let unchecked = self.report(false, 1);
        // What is moved into its body makes it no JSON, which is refused without any check.
        let forged = |case: &Value| case["expectation"] == "rejected" && case["id"] != "signature.moved-boundary";
        assert_eq!(ids(&unchecked, |case| case["verdict"] == "fail"), ids(&unchecked, forged), "{unchecked:#}");
        assert!(ids(&unchecked, forged).len() >= 9, "{unchecked:#}");
    }
}

fn ids(report: &Value, which: impl Fn(&Value) -> bool) -> Vec<&str> {
    let cases = report["cases"].as_array().expect("cases").iter();
    cases.filter(|case| which(case)).map(|case| case["id"].as_str().expect("id")).collect()
}

/// A test for each library.
macro_rules! libraries {
    ($($name:ident: $runtime:ident, $kind:literal, $scheme:literal, warned of $warnings:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let (runtime, warnings) = (Runtime::$runtime, &$warnings);
                Library { runtime, kind: $kind, scheme: $scheme, warnings }.is_told_apart_from_one_without_a_check();
            }
        )*
    };
}

const DOTTED_ID: [&str; 1] = ["signature.dotted-id"];
const OF_THE_FUTURE: [&str; 2] = ["signature.future", "signature.milliseconds"];
const NO_NUMBER_EITHER: [&str; 3] = ["signature.future", "signature.milliseconds", "signature.timestamp-no-number"];
const NOTHING: [&str; 0] = [];

libraries! {
    standardwebhooks_of_npm: Node, "standardwebhooks", "standard", warned of DOTTED_ID;
    standardwebhooks_of_pypi: Python, "standardwebhooks", "standard", warned of DOTTED_ID;
    standardwebhooks_of_crates_io: Rust, "standardwebhooks", "standard", warned of DOTTED_ID;
    svix_of_npm: Node, "svix", "standard", warned of DOTTED_ID;
    svix_of_pypi: Python, "svix", "standard", warned of DOTTED_ID;
    svix_of_crates_io: Rust, "svix", "standard", warned of DOTTED_ID;
    stripe_of_npm: Node, "stripe", "stripe", warned of OF_THE_FUTURE;
    stripe_of_pypi: Python, "stripe", "stripe", warned of OF_THE_FUTURE;
    octokit_webhooks_methods_of_npm: Node, "octokit", "github", warned of NOTHING;
    shopify_api_of_npm: Node, "shopify", "shopify", warned of NOTHING;
    slack_bolt_of_npm: Node, "slack", "slack", warned of NO_NUMBER_EITHER;
    slack_sdk_of_pypi: Python, "slack", "slack", warned of NOTHING;
}

/// What is not passed at an endpoint with a public key, by the suites that send to a running one.
fn not_passed_with_a_public_key(kind: &str, code: i32) -> Vec<String> {
    let document = include_str!("fixtures/standard-webhooks.json");
    let document: Value = serde_json::from_str(document).expect("JSON");
    let vectors = document["vectors"].as_array().expect("vectors");
    let keys = vectors.iter().find(|vector| vector["scheme"] == "v1a").expect("a pair of keys");
    let key = |name: &str| keys[name].as_str().expect("key");
    let endpoint = VendorEndpoint::start(Runtime::Node, kind, key("public_key"), true);
    let mut environment = TestEnvironment::new();
    environment.set("VENDOR_SECRET", Path::new(key("private_key")));
    let arguments = ["test-webhook", &endpoint.url, "--asymmetric", "--secret-env", "VENDOR_SECRET", "--json"];
    let finished = environment.run(&arguments).expect(code);
    assert!(!finished.stdout.contains(&key("private_key")["whsk_".len()..]), "{}", finished.stdout);
    let report = finished.json();
    assert!(!ids(&report, |case| case["id"] == "signature.confused-key").is_empty(), "{report:#}");
    ids(&report, |case| case["verdict"] != "pass").into_iter().map(str::to_owned).collect()
}

#[test]
fn an_endpoint_that_verifies_ed25519_passes() {
    assert_eq!(not_passed_with_a_public_key("v1a", 0), [""; 0]);
}

#[test]
fn an_endpoint_that_takes_its_public_key_for_a_secret_is_found() {
    assert_eq!(not_passed_with_a_public_key("v1a-confused", 1), ["signature.confused-key"]);
}
