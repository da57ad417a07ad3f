//! SUP-CONTACT.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

pub(super) const CHECK: Check = Check {
    id: "SUP-CONTACT",
    area: Area::Support,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "users have an address for support",
    mend: "set email or url under [support] in proveniq.toml to one that reaches somebody",
    anchor: "support",
    revision: 2,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let support = &subject.manifest.support;
    let email = support.email.as_deref().map(|email| (email, problem_of_address(email)));
    let url = support.url.as_deref().map(|url| (url, problem_of_page(url)));
    let contacts: Vec<_> = email.into_iter().chain(url).collect();
    let Some((first, _)) = contacts.first() else {
        return Finished::fail(Finding::new("neither support.email nor support.url is set"));
    };
    let findings = contacts.iter().filter_map(|(contact, problem)| match problem.as_ref()? {
        Problem::Wrong(why) => Some(Finding::new(format!("{contact} {why}"))),
        Problem::Odd(why) => Some(Finding::new(format!("{contact} {why}")).warning()),
    });
    Finished::from_findings(findings.collect(), (*first).to_owned())
}

const THIS_MACHINE: &str = "is on this machine, which reaches nobody";

/// What is wrong with a contact.
enum Problem {
    /// Nobody can be reached by it.
    Wrong(&'static str),
    /// It may be meant for now only.
    Odd(&'static str),
}

fn problem_of_address(email: &str) -> Option<Problem> {
    let (local, host) = email.rsplit_once('@').unwrap_or(("", email));
    let label = |label: &str| {
        let plain = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        plain && !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    let local = local.to_lowercase();
    let stem: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..") && !local.contains('@');
    if !plain || local.is_empty() || !host.split('.').all(label) {
        return Some(Problem::Wrong("is not an email address"));
    }
    if stem.starts_with("noreply") || stem.starts_with("donotreply") {
        return Some(Problem::Wrong("is an address that nobody reads"));
    }
    problem_of_host(host)
}

fn problem_of_page(url: &str) -> Option<Problem> {
    let url = url::Url::parse(url).ok()?;
    match url.host()? {
        url::Host::Domain(host) => problem_of_host(host),
        url::Host::Ipv4(address) if address.is_loopback() => Some(Problem::Odd(THIS_MACHINE)),
        url::Host::Ipv6(address) if address.is_loopback() => Some(Problem::Odd(THIS_MACHINE)),
        _ => None,
    }
}

/// Names that RFC 2606 and RFC 6761 keep from the open network.
fn problem_of_host(host: &str) -> Option<Problem> {
    let host = host.to_lowercase();
    let labels: Vec<_> = host.trim_end_matches('.').split('.').collect();
    match labels.as_slice() {
        [.., "example", "com" | "net" | "org"] | [.., "example"] => Some(Problem::Wrong("is a placeholder")),
        [.., "test" | "invalid" | "localhost" | "local" | "internal"] => {
            Some(Problem::Odd("is in a domain that reaches nobody on the open network"))
        }
        [_] => Some(Problem::Wrong("has a host without a domain")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_what_looks_like_one() {
        let kind = |problem: Option<Problem>| match problem {
            None => "",
            Some(Problem::Wrong(_)) => "wrong",
            Some(Problem::Odd(_)) => "odd",
        };
        for (email, due) in [
            ("support@claims.dev", ""),
            ("first.last+help@sub.claims.co.uk", ""),
            ("hilfe@sch\u{e4}den.de", ""),
            ("support@example.com", "wrong"),
            ("support@sub.example.org", "wrong"),
            ("no-reply@claims.dev", "wrong"),
            ("support@claims", "wrong"),
            ("a@b@claims.dev", "wrong"),
            ("support@-claims.dev", "wrong"),
            ("support@acme.test", "odd"),
            ("support@localhost", "odd"),
        ] {
            assert_eq!(kind(problem_of_address(email)), due, "{email}");
        }
        assert_eq!(kind(problem_of_page("https://support.claims.dev/example.com")), "");
        assert_eq!(kind(problem_of_page("https://example.com/help")), "wrong");
        assert_eq!(kind(problem_of_page("https://127.0.0.1/help")), "odd");
    }
}
