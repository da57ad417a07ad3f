//! Scopes that were asked for while the integration ran, against those that it declares.

use std::collections::BTreeSet;

use super::token_request::TokenRequest;
use super::transcript::Transcript;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;

/// A request that named scopes, or left out to name any, which asks for all that the client may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeRequest {
    /// Which kind of request it was, in words.
    pub what: String,
    /// The scopes that it named.
    pub scope: Option<String>,
}

impl ScopeRequest {
    /// A request to the token endpoint with a grant. A refresh without scopes asks for what was given before.
    pub fn of_grant(grant: &str, scope: Option<&str>) -> Option<Self> {
        let asks = scope.is_some() || !matches!(grant, "refresh_token" | "authorization_code");
        let what = format!("a token request ({})", grant.rsplit(':').next().unwrap_or(grant));
        asks.then(|| ScopeRequest { what, scope: scope.map(str::to_owned) })
    }
}

impl Transcript {
    /// The requests of a transcript that ask for scopes.
    pub fn scope_requests(&self) -> Vec<ScopeRequest> {
        let asked = self.steps.iter().filter_map(|step| step.asked.as_ref()).map(|request| ScopeRequest {
            what: "the authorization request".to_owned(),
            scope: request.get("scope").map(str::to_owned),
        });
        let of_grant = |request: TokenRequest| {
            ScopeRequest::of_grant(request.get("grant_type").unwrap_or_default(), request.get("scope"))
        };
        asked.chain(self.token_requests().filter_map(of_grant)).collect()
    }
}

/// Judges requests by the declared scopes: what was not declared fails; what was never asked for only warns.
pub(in crate::certification) fn judge(requests: &[ScopeRequest], declared: &[String]) -> Finished {
    let mut findings = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for request in requests {
        let Some(scope) = &request.scope else {
            used.extend(declared.iter().map(String::as_str));
            continue;
        };
        for word in scope.split_whitespace() {
            if declared.iter().any(|known| known == word) {
                used.insert(word);
                continue;
            }
            let finding = Finding::new(format!("{} asks for {word:?}, which is not declared", request.what));
            if !findings.iter().any(|known: &Finding| known.message == finding.message) {
                findings.push(finding.rule("undeclared").content(word));
            }
        }
    }
    if declared.is_empty() && findings.is_empty() {
        return Finished::not_applicable("no scopes are declared, and none were asked for");
    }
    let unused = declared.iter().filter(|scope| !used.contains(scope.as_str()));
    findings.extend(unused.map(|scope| {
        Finding::new(format!("{scope} is declared and was never asked for")).rule("unused").content(scope).warning()
    }));
    Finished::from_findings(findings, format!("{} scopes, all declared", used.len()))
}
