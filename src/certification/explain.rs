//! What a check is about, in words for people who meet its name in a report: how it finds out, and a short example.

/// What is said of a check.
#[derive(Debug, Clone, Copy)]
pub struct Explanation {
    /// Identifier of the check.
    id: &'static str,
    /// How it finds out what it proves.
    pub looks_at: &'static str,
    /// What holds, as short as it can be told.
    pub example: &'static str,
}

/// What is said of the check of this identifier.
pub fn explain(id: &str) -> Option<&'static Explanation> {
    EXPLANATIONS.iter().find(|explanation| explanation.id == id)
}

const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        id: "SEC-SECRET",
        looks_at: "Every file that would be shipped, and in the work tree every file that git would take, is searched for tokens \
                   of known providers, private keys and passwords in addresses. A finding names the rule and a fingerprint, \
                   never the secret. Who removes a secret from the files has not undone that it was there: it has to be \
                   revoked as well.",
        example: "api_key = os.environ[\"CLAIMCENTER_API_KEY\"]  # read, never written down",
    },
    Explanation {
        id: "SEC-SIG",
        looks_at: "The integration is started and gets a genuine delivery first. Then it gets deliveries that were forged, \
                   tampered with, signed with another secret or are too old, and has to refuse each with 400, 401, 403 or \
                   422. It is the signature suite of `proveniq test-webhook`.",
        example: "signed = webhook-id + \".\" + webhook-timestamp + \".\" + raw body\n\
                  due    = \"v1,\" + base64(hmac_sha256(secret, signed))\n\
                  refuse unless one part of webhook-signature equals due, compared in\n\
                  constant time, and webhook-timestamp is within 300 seconds",
    },
    Explanation {
        id: "SEC-REPLAY",
        looks_at: "The same delivery comes again, later, after many others and at the same time; its effects at the upstreams \
                   are counted, and there may be one only, at the end of the audit too. Deliveries that are refused may have none.",
        example: "INSERT INTO deliveries (id) VALUES (:webhook_id) ON CONFLICT DO NOTHING\n\
                  -- no row was added: answer 2xx and do nothing more",
    },
    Explanation {
        id: "SEC-OAUTH-STATIC",
        looks_at: "The JavaScript, TypeScript, Python and Rust sources that are shipped are parsed, and rules look at calls, \
                   objects and texts that are put together, not at comments, types or tests. Constants of the same file are \
                   followed. A file that cannot be parsed whole is named.",
        example: "fetch(url, { headers: { Authorization: `Bearer ${token}` } })   // holds\n\
                  fetch(`${url}?access_token=${token}`)                           // fails",
    },
    Explanation {
        id: "SEC-OAUTH-FLOW",
        looks_at: "A browser without a screen opens [oauth] start_path against an authorization server that is made for the \
                   audit, agrees, refuses, and comes back with a state that is wrong, missing or of another browser. What was \
                   asked for and which token went where is read from what passed between them.",
        example: "GET /oauth/authorize?response_type=code&code_challenge_method=S256\n    \
                  &code_challenge=...&state=(fresh for each browser)&redirect_uri=...",
    },
    Explanation {
        id: "SEC-SCOPES",
        looks_at: "While the integration runs, every request that names scopes is kept: those of the browser, and those to the \
                   token endpoint. One that names none asks for all that are declared. A scope that is declared and never \
                   asked for is warned of.",
        example: "[oauth]\nscopes = [\"ledger:events:read\"]  # what the code asks for, and no more",
    },
    Explanation {
        id: "SEC-TLS",
        looks_at: "A connection is opened to each endpoint outside this machine that the manifest names. The oldest TLS that it \
                   takes, its chain of certificates and its Strict-Transport-Security header are looked at.",
        example: "Strict-Transport-Security: max-age=31536000  # over TLS 1.2 or later",
    },
    Explanation {
        id: "SEC-DEPS",
        looks_at: "The versions in the lockfiles of npm, PyPI and cargo are looked up in a database of advisories in the OSV \
                   form, whose age is told. Without a database the check is not run.",
        example: "proveniq advisories update\nproveniq certify --tier verified",
    },
    Explanation {
        id: "PERF-LATENCY",
        looks_at: "Signed deliveries of all declared types are sent at the declared rate in an open loop, at least 500 of them; each latency counts \
                   from when its delivery was due, and the whole confidence interval of the 95th percentile has to lie under \
                   500 ms. A delivery that is not answered 2xx has no latency and fails. Where a delivery has effects at the upstreams, \
                   those of all that were acknowledged are counted: none may be missing, and none too many.",
        example: "[webhook]\nrate_per_second = 20  # what it bears: find it with test-webhook --saturate",
    },
    Explanation {
        id: "PERF-RATELIMIT",
        looks_at: "A stub in the place of an upstream answers 429 with Retry-After, in seconds and as a date; no call may come \
                   before that time, and the work is done afterwards.",
        example: "HTTP/1.1 429 Too Many Requests\nRetry-After: 2\n(the next call comes 2 seconds later, not before)",
    },
    Explanation {
        id: "REL-EVENTS",
        looks_at: "The integration is started as [run] says and gets a genuine, signed delivery of every event of [webhook] \
                   events, made by the schema of that event. Each has to be answered 2xx in time.",
        example: "POST /webhooks/proveniq  {\"type\": \"ledger.event.created\", ...}  -> 204",
    },
    Explanation {
        id: "REL-ERRORS",
        looks_at: "Deliveries that are cut off, not JSON, of a wrong type or far too large are answered 4xx without a stack \
                   trace, and a genuine one is taken afterwards.",
        example: "POST /webhooks/proveniq  {\"type\": 7   -> 400, and no trace in the body",
    },
    Explanation {
        id: "REL-RETRY",
        looks_at: "Stubs in the place of upstreams fail in different ways: 503, a connection that closes, none at all, an \
                   answer that does not come. Calls are repeated within bounds, at growing intervals that are not all the \
                   same, and not after 4xx.",
        example: "wait = 0.2 s * 2^attempt * random(0.75, 1.25), five attempts at most;\n\
                  then answer 503, so that the delivery comes again",
    },
    Explanation {
        id: "REL-RECOVERY",
        looks_at: "The integration is killed as by `kill -9` four times in the middle of its work and started again; what was \
                   not acknowledged comes again. In the end each delivery that was acknowledged must have had its effect \
                   once: a call that is repeated counts once when it carries the same Idempotency-Key.",
        example: "POST /claims\nIdempotency-Key: (the webhook-id of the delivery, whenever it comes)",
    },
    Explanation {
        id: "DOC-README",
        looks_at: "README.md is read as Markdown and compared with the manifest: it names this integration, has a heading and \
                   40 words, names an event or links to a document, holds no placeholder, and its relative links and \
                   anchors lead somewhere.",
        example: "# Claim Sync\n\nClaim Sync files a claim in ClaimCenter for each `ledger.event.created` ...",
    },
    Explanation {
        id: "DOC-SETUP",
        looks_at: "The setup guide, docs/setup.md or a section of the README, is read as Markdown and compared with the \
                   manifest: it says how the integration is started, and explains the variable of each [[upstream]] and each \
                   property of [settings].",
        example: "Start it with `python3 handler.py`. It files claims at `CLAIMCENTER_URL`.",
    },
    Explanation {
        id: "DOC-SETUP-RUN",
        looks_at: "Fenced blocks of the setup guide whose info string is a shell and the word `run` are run by `sh -e`, one \
                   after the other, in a copy of the files that would be shipped. Each block may take a minute, and must come to its end.",
        example: "```sh run\nnpm ci\nnpm test\n```",
    },
    Explanation {
        id: "DOC-API",
        looks_at: "The API reference, docs/api.md or a section of the README, is read as Markdown and compared with the \
                   manifest: it describes the route, each event and each scope, and no event that is not declared.",
        example: "`POST /webhooks/proveniq` takes deliveries.\n\n- `ledger.event.created` files a claim.",
    },
    Explanation {
        id: "SUP-CONTACT",
        looks_at: "The email address or page under [support] is looked at as it is written; nothing is sent. Names that are \
                   kept for documentation and addresses that nobody reads fail; a domain that is reached from nowhere warns.",
        example: "[support]\nemail = \"help@claims.example.org\"  # one that somebody reads",
    },
    Explanation {
        id: "SUP-SLA",
        looks_at: "The service levels under [support.sla] are looked at: an uptime of 90% at least, and first responses that \
                   come earlier the more severe a case is. What the documents say of them and differs is warned of.",
        example: "[support.sla]\nuptime_percent = 99.9\n[support.sla.first_response_hours]\ncritical = 1\nhigh = 4\n\
                  normal = 24",
    },
    Explanation {
        id: "PKG-MANIFEST",
        looks_at: "proveniq.toml is compared with the files that would be shipped: it says how the integration is started and \
                   which events it takes, and the files that it names are among them.",
        example: "[run]\ncommand = \"python3 handler.py\"  # handler.py is shipped\nready = \"/healthz\"",
    },
    Explanation {
        id: "EXT-SARIF",
        looks_at: "Reports of other scanners in the form of SARIF 2.1.0, named with --import-sarif, are taken in: errors fail, \
                   warnings warn, notes are left aside. What those scanners were told to leave out stays left out, and is \
                   told. Without the option there is nothing to look at.",
        example: "semgrep scan --sarif --output semgrep.sarif\nproveniq certify --import-sarif semgrep.sarif",
    },
    Explanation {
        id: "PKG-REPRO",
        looks_at: "The package is made twice, the second time from a copy with other times, modes and order; both have to be \
                   the same to the byte. The integration is built and run in another copy, whose files are compared with what \
                   they were before.",
        example: "# .gitignore: what a build or a run writes\ndist/\n*.db",
    },
    Explanation {
        id: "PKG-CONTENT",
        looks_at: "Each file that would be shipped is looked at by its name, its size and its first bytes: programs, binary \
                   files, what is larger than 5 MiB, what was left behind, and what a machine wrote need a reason.",
        example: "[package.reasons]\n\"vendor/*.tgz\" = \"The SDK, which npm ci installs from this file\"",
    },
    Explanation {
        id: "COMPAT",
        looks_at: "The manifest is compared with that of the latest version below this one at the marketplace in use: events, \
                   scopes and settings that are gone, and settings that must be set now. Without a marketplace or an earlier \
                   version there is nothing to compare.",
        example: "1.4.2 has \"ledger.proof.requested\", this version has not: it is 2.0.0",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::rule_set::RULE_SETS;

    #[test]
    fn every_check_has_words_of_its_own() {
        for check in RULE_SETS.iter().flat_map(|rules| rules.checks) {
            let said = explain(check.id).unwrap_or_else(|| panic!("{} is not explained", check.id));
            assert!(said.looks_at.split_whitespace().count() >= 20, "{}: {}", check.id, said.looks_at);
            assert!(!said.example.is_empty() && said.looks_at != check.proves, "{}", check.id);
            let others = EXPLANATIONS.iter().filter(|other| other.id != check.id);
            for other in others {
                assert!(other.looks_at != said.looks_at && other.example != said.example, "{}", check.id);
            }
        }
    }

    #[test]
    fn no_check_is_explained_twice_and_examples_fit_a_terminal() {
        for (at, said) in EXPLANATIONS.iter().enumerate() {
            assert!(EXPLANATIONS[..at].iter().all(|earlier| earlier.id != said.id), "{}", said.id);
            assert!(said.example.lines().all(|line| line.chars().count() <= 78), "{}", said.id);
        }
    }
}
