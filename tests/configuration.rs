//! Which marketplace, profile and store are used: flag, environment, project, configuration, sandbox, in this order.

use std::fs;

use crate::support::{Finished, Sandbox, TestEnvironment};

impl TestEnvironment {
    /// Writes config.toml.
    fn configure(&self, text: &str) {
        fs::create_dir_all(self.path("config")).expect("folder");
        fs::write(self.path("config/config.toml"), text).expect("written");
    }

    /// The marketplace and the profile that a command with these flags would use, seen without sending anything.
    #[track_caller]
    fn target(&self, flags: &[&str]) -> String {
        let refused = self.run_in(&self.work().join("plain"), &[&["keys", "use", "nope", "--json"], flags].concat());
        let document = refused.expect(2).json();
        let message = document["error"]["message"].as_str().expect("message");
        message.strip_prefix("no key \"nope\" is stored for ").unwrap_or_else(|| panic!("{message}")).to_owned()
    }

    /// What `doctor` says of `check`: its state and its detail.
    fn diagnosis(&self, check: &str) -> (String, String) {
        let document = self.run(&["doctor", "--json"]).json();
        let checks = document["checks"].as_array().expect("checks");
        let found = checks.iter().find(|item| item["name"] == check).expect("check");
        let text = |name: &str| found[name].as_str().expect("text").to_owned();
        (text("state"), text("detail"))
    }
}

#[test]
fn the_marketplace_is_named_by_flag_environment_project_configuration_or_the_sandbox() {
    let mut environment = TestEnvironment::new();
    let project = environment.plain_project();
    environment.run(&["keys", "use", "nope"]).expect(4).says("proveniq sandbox start --detach");

    let sandbox = Sandbox::start(&environment);
    assert_eq!(environment.target(&[]), format!("{}, profile default", sandbox.url));
    drop(sandbox);

    environment.configure("marketplace = 'https://config.test'\n");
    assert_eq!(environment.target(&[]), "https://config.test, profile default");

    let manifest = fs::read_to_string(project.join("proveniq.toml")).expect("manifest");
    fs::write(project.join("proveniq.toml"), manifest + "[marketplace]\nurl = 'https://project.test'\n")
        .expect("written");
    assert_eq!(environment.target(&[]), "https://project.test, profile default");

    environment.set("PROVENIQ_MARKETPLACE_URL", "https://environment.test");
    assert_eq!(environment.target(&[]), "https://environment.test, profile default");
    assert_eq!(
        environment.target(&["--marketplace", "https://flag.test/below/"]),
        "https://flag.test, profile default",
        "keys are bound to the origin"
    );

    environment.set("PROVENIQ_MARKETPLACE_URL", "");
    assert_eq!(environment.target(&[]), "https://project.test, profile default", "an empty variable counts as absent");
}

#[test]
fn the_profile_is_named_by_flag_environment_or_configuration() {
    let mut environment = TestEnvironment::new();
    environment.plain_project();
    environment.set("PROVENIQ_MARKETPLACE_URL", "https://market.test");
    assert_eq!(environment.target(&[]), "https://market.test, profile default");
    environment.configure("profile = 'of-config'\n");
    assert_eq!(environment.target(&[]), "https://market.test, profile of-config");
    environment.set("PROVENIQ_PROFILE", "of-environment");
    assert_eq!(environment.target(&[]), "https://market.test, profile of-environment");
    assert_eq!(environment.target(&["--profile", "of-flag"]), "https://market.test, profile of-flag");
}

#[test]
fn a_profile_has_a_marketplace_of_its_own() {
    let environment = TestEnvironment::new();
    environment.plain_project();
    environment.configure("marketplace = 'https://usual.test'\n[marketplaces]\nstaging = 'https://staging.test'\n");
    assert_eq!(environment.target(&[]), "https://usual.test, profile default");
    assert_eq!(environment.target(&["--profile", "staging"]), "https://staging.test, profile staging");
}

#[test]
fn the_store_is_named_by_flag_environment_or_configuration() {
    const VARIABLE: &str = "PROVENIQ_CREDENTIAL_STORE";
    let mut environment = TestEnvironment::new();
    environment.unset(VARIABLE);
    let _sandbox = Sandbox::start(&environment);
    environment.configure("credential_store = 'file'\n");
    assert_eq!(environment.diagnosis("credential store"), ("good".into(), "file".into()));
    let create = ["keys", "create", "--name", "laptop", "--json"];
    let refused = environment.run_with_variable((VARIABLE, "drawer"), &create[..4]).expect(2);
    refused.says("PROVENIQ_CREDENTIAL_STORE: \"drawer\" is no credential store; known: keyring, file");
    let flagged = [&create[..], &["--store", "file"]].concat();
    assert_eq!(environment.run_with_variable((VARIABLE, "drawer"), &flagged).expect(0).json()["store"], "file");
    environment.configure("credential_store = 'keyring'\n");
    environment.run(&["keys", "revoke", "laptop"]).expect(0);
    assert_eq!(environment.run_with_variable((VARIABLE, "file"), &create).expect(0).json()["store"], "file");
}

#[test]
fn a_configuration_that_does_not_hold_is_told_with_every_place() {
    let environment = TestEnvironment::new();
    environment.configure("profil = 'a'\ncredential_store = 'drawer'\nmarketplace = 7\n[marketplaces]\na = []\n");
    let document = environment.run(&["keys", "list", "--json"]).expect(2).json();
    assert_eq!(document["error"]["message"], "the configuration does not hold");
    let file = environment.path("config/config.toml").display().to_string();
    let places = document["error"]["diagnostics"].as_array().expect("diagnostics").iter().map(|problem| {
        assert_eq!(problem["file"], file.as_str());
        format!("{}:{}: {}", problem["line"], problem["column"], problem["message"].as_str().expect("text"))
    });
    assert_eq!(
        places.collect::<Vec<_>>(),
        [
            "1:1: unknown key profil",
            "2:20: credential_store \"drawer\" is no credential store; known: keyring, file, age",
            "3:15: marketplace must be a string, not integer",
            "5:5: marketplaces must be a table of strings, not array",
        ]
    );
    let human = environment.run(&["keys", "list"]).expect(2);
    human.says(&format!("{file}:1:1: unknown key profil")).says("did you mean profile?");
}

#[test]
fn a_configuration_that_cannot_be_read_is_told() {
    let environment = TestEnvironment::new();
    fs::create_dir_all(environment.path("config/config.toml")).expect("folder");
    environment.run(&["keys", "list"]).expect(2).says("config.toml");
}

#[test]
fn an_address_beyond_this_machine_must_be_https() {
    let environment = TestEnvironment::new();
    for address in ["http://market.test", "http://127.0.0.1.market.test", "http://192.0.2.1:7464"] {
        let refused = environment.run(&["--marketplace", address, "keys", "list"]).expect(2);
        refused.says(address).says("beyond this machine it must use https");
    }
    for address in ["market.test", "ftp://market.test", "file:///etc/passwd", "", "http://"] {
        environment.run(&["--marketplace", address, "keys", "list"]).expect(2).says("is no marketplace address");
    }
}

#[test]
fn an_address_with_a_password_is_refused_and_the_password_not_repeated() {
    let mut environment = TestEnvironment::new();
    environment.plain_project();
    // Looking for tools would take most of the time.
    environment.set("PATH", environment.path("nothing"));
    for address in
        ["https://me:hunter2@market.test", "ftp://me:hunter2@market.test", "https://me:hunter2@market.test:99999"]
    {
        environment.set("PROVENIQ_MARKETPLACE_URL", address);
        for words in [&["keys", "list"][..], &["keys", "list", "--json", "--verbose"], &["search", "x"], &["doctor"]] {
            let refused = environment.run(words);
            let printed = format!("{}{}", refused.stdout, refused.stderr);
            assert!([1, 2].contains(&refused.code), "{printed}");
            let said = printed.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains("must not hold a user name or a password"), "{printed}");
            assert!(!printed.contains("hunter2"), "{printed}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_variable_that_is_no_text_is_refused_and_not_passed_over() {
    use std::os::unix::ffi::OsStrExt as _;
    let environment = TestEnvironment::new();
    for name in ["PROVENIQ_API_KEY", "PROVENIQ_MARKETPLACE_URL", "PROVENIQ_PROFILE", "PROVENIQ_WEBHOOK_SECRET"] {
        let mut command = environment.command_in(&environment.work(), &["keys", "list"]);
        command.env(name, std::ffi::OsStr::from_bytes(b"\xff\xfe"));
        Finished::of(command.spawn().expect("started")).expect(2).says(&format!("{name} is not UTF-8"));
    }
}
