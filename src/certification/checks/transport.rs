//! SEC-TLS.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::endpoint::{Answer, EndpointTls};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::verdict::Verdict;

/// Shortest time for which browsers are to remember that an endpoint has TLS, in seconds: 180 days.
const SHORTEST: u64 = 180 * 24 * 60 * 60;

pub(super) const CHECK: Check = Check {
    id: "SEC-TLS",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Dynamic,
    proves: "endpoints beyond this machine have TLS 1.2 or later, a certificate that holds, and HSTS",
    mend: "serve https with TLS 1.2 and 1.3 alone, a certificate of that name, and Strict-Transport-Security: max-age=31536000",
    anchor: "oauth.redirect_uris",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    subject.evidence.endpoints.judge(|endpoints| {
        let findings: Vec<_> = endpoints.iter().flat_map(findings).collect();
        let unclear = endpoints.iter().find_map(unclear);
        match unclear {
            Some(why) if findings.is_empty() => Finished::with(Verdict::Inconclusive, why),
            _ => {
                let count = endpoints.len();
                Finished::from_findings(findings, format!("{count} endpoint{} held", if count == 1 { "" } else { "s" }))
            }
        }
    })
}

fn findings(endpoint: &EndpointTls) -> Vec<Finding> {
    let url = &endpoint.url;
    let finding = |rule: &str, message: String| Finding::new(message).rule(rule).content(&format!("{rule}\0{url}"));
    let mut findings = Vec::new();
    if let Answer::Wrong(why) = &endpoint.handshake {
        findings.push(finding("tls.handshake", format!("{url}: {why}")));
    }
    for (version, answer) in &endpoint.old_versions {
        if matches!(answer, Answer::Is(true)) {
            findings.push(finding("tls.old-version", format!("{url} still takes {version}")));
        }
    }
    match &endpoint.hsts {
        Answer::Is(None) => {
            findings.push(finding("tls.hsts", format!("{url} answers without Strict-Transport-Security")));
        }
        Answer::Is(Some(value)) if max_age(value).is_none_or(|seconds| seconds < SHORTEST) => {
            let value: String = value.chars().take(100).collect();
            let message = format!("{url}: Strict-Transport-Security {value:?} does not hold for {SHORTEST} seconds");
            findings.push(finding("tls.hsts", message));
        }
        Answer::Wrong(why) => findings.push(finding("tls.hsts", format!("{url}: {why}"))),
        _ => {}
    }
    findings
}

fn unclear(endpoint: &EndpointTls) -> Option<String> {
    let old = endpoint.old_versions.iter().find_map(|(version, answer)| match answer {
        Answer::Unclear(why) => Some(format!("{version}: {why}")),
        _ => None,
    });
    let why = match (&endpoint.handshake, &endpoint.hsts) {
        (Answer::Unclear(why), _) | (_, Answer::Unclear(why)) => Some(why.clone()),
        _ => old,
    };
    why.map(|why| format!("{}: {why}", endpoint.url))
}

/// Seconds of a Strict-Transport-Security header (RFC 6797, section 6.1). A directive that is there twice makes it invalid.
fn max_age(value: &str) -> Option<u64> {
    let directives = value.split(';').filter_map(|directive| directive.trim().split_once('='));
    let mut ages = directives.filter(|(name, _)| name.trim().eq_ignore_ascii_case("max-age"));
    let age = ages.next()?.1.trim().trim_matches('"').parse().ok();
    if ages.next().is_some() { None } else { age }
}

#[cfg(test)]
mod tests {
    use super::max_age;

    #[test]
    fn max_age_is_read_as_the_standard_says() {
        let cases = [
            ("max-age=31536000", Some(31_536_000)),
            ("max-age=31536000; includeSubDomains; preload", Some(31_536_000)),
            ("includeSubDomains; Max-Age = \"15552000\"", Some(15_552_000)),
            ("max-age=0", Some(0)),
            ("includeSubDomains", None),
            ("max-age=1; max-age=31536000", None),
            ("max-age=-1", None),
            ("", None),
        ];
        for (value, expected) in cases {
            assert_eq!(max_age(value), expected, "{value:?}");
        }
    }
}
