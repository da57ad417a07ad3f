//! What a check is about, in words for people who meet its name in a report.

use super::check::{Check, Kind};

/// Says what a check looks at, in a paragraph.
pub fn explain(check: &Check) -> &'static str {
    match check.id {
        "SEC-SECRET" => {
            "Every file that would be shipped is searched for tokens of known providers, private keys and passwords in \
             addresses. A finding names the rule and a fingerprint, never the secret. Who removes a secret from the \
             files has not undone that it was there: it has to be revoked as well."
        }
        "SEC-SIG" => {
            "The integration is started and gets a genuine delivery first. Then it gets deliveries that were forged, \
             tampered with, signed with another secret or are too old, and has to refuse each with 400, 401, 403 or 422."
        }
        "SEC-REPLAY" => {
            "The same delivery comes again, later and at the same time; its effects at the upstreams are counted, and \
             there may be one only."
        }
        "PERF-LATENCY" => {
            "Signed deliveries are sent at the declared rate in an open loop; each latency counts from when its delivery \
             was due, and the whole confidence interval of the 95th percentile has to lie under 500 ms."
        }
        "PERF-RATELIMIT" => {
            "A stub in the place of an upstream answers 429 with Retry-After; no call may come before that time."
        }
        "REL-ERRORS" => {
            "Deliveries that are cut off, not JSON, of a wrong type or far too large are answered 4xx without a stack \
             trace, and a genuine one is taken afterwards."
        }
        "REL-RETRY" => {
            "Stubs in the place of upstreams fail in different ways; calls are repeated within bounds, at growing \
             intervals that are not all the same, and not after 4xx."
        }
        "EXT-SARIF" => {
            "Reports of other scanners in the form of SARIF 2.1.0, named with --import-sarif, are taken in: errors fail, \
             warnings warn, notes are left aside. What those scanners were told to leave out stays left out, and is \
             told. Without the option there is nothing to look at."
        }
        "DOC-README" | "DOC-SETUP" | "DOC-API" => {
            "The document is looked for by its usual names, read as Markdown, and compared with the manifest: it speaks \
             of this integration, holds no placeholder, and its relative links and anchors lead somewhere."
        }
        _ => match check.kind {
            Kind::Static => "It looks at the manifest and at the files that would be shipped; nothing is started.",
            Kind::Dynamic => "The integration is started, and what it does is looked at from outside.",
            Kind::External => "It goes by what other programs found.",
        },
    }
}
