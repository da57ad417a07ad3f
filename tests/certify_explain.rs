//! `certify --explain`.

use proveniq::certification::RuleSet;

use crate::support::TestEnvironment;

#[test]
fn every_check_is_explained_without_a_project() {
    let environment = TestEnvironment::new();
    for check in RuleSet::current().checks {
        let about = environment.run(&["certify", "--explain", check.id]).expect(0).stdout;
        assert!(about.contains(check.id) && about.contains(check.tier.as_str()), "{about}");
        assert!(
            about.contains("For example:")
                && about.contains("to mend: ")
                && about.lines().all(|line| line.chars().count() <= 80),
            "{about}"
        );
    }
    let about = environment.run(&["certify", "--explain", "sec-secret", "--json"]).expect(0).json();
    assert_eq!(about["schema"], "proveniq.certify-explain/1");
    assert_eq!(about["checks"][0]["id"], "SEC-SECRET");
    let example = about["checks"][0]["suppression"].as_str().expect("an example");
    proveniq::certification::Suppressions::parse(example).expect("an example that holds");
}

#[test]
fn without_a_name_all_are_listed() {
    let environment = TestEnvironment::new();
    let list = environment.run(&["certify", "--explain"]).expect(0).stdout;
    for check in RuleSet::current().checks {
        assert!(list.contains(check.id), "{} is not in {list}", check.id);
    }
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
    let listed = environment.run(&["certify", "--explain", "--json"]).expect(0).json();
    assert_eq!(listed["checks"].as_array().expect("checks").len(), RuleSet::current().checks.len());
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let environment = TestEnvironment::new();
    environment.run(&["certify", "--explain", "DOC-REDME"]).expect(2).says("did you mean DOC-README?");
    environment.run(&["certify", "--explain", "zzz"]).expect(2).says("`proveniq certify --explain` lists all");
}
