//! The whole of it: what fails, else what was not seen, else what holds.

use super::refresh::{self, Refreshing};
use super::transcript::Transcript;
use super::{grant, leak, request};
use crate::certification::finding::{Finding, Level};
use crate::certification::finished::Finished;
use crate::verdict::Verdict;

/// Judges a transcript of an integration that comes back to one of `redirect_uris`.
pub(in crate::certification) fn judge(transcript: &Transcript, redirect_uris: &[String]) -> Finished {
    let asked: Vec<_> = transcript.steps.iter().filter_map(|step| step.asked.as_ref()).collect();
    let mut findings = if asked.is_empty() && transcript.obstacle.is_none() && !transcript.steps.is_empty() {
        let message = "start_path does not lead the browser to the marketplace's authorization endpoint";
        vec![Finding::new(message).rule("start").content("start")]
    } else {
        request::judge(&asked, &transcript.client_id, redirect_uris)
    };
    findings.extend(grant::consent(transcript));
    findings.extend(grant::forged_returns(transcript));
    findings.extend(grant::denial(transcript));
    findings.extend(grant::ends(transcript));
    findings.extend(leak::judge(transcript));
    let refreshing = refresh::judge(transcript);
    if let Refreshing::Judged(refreshing) = &refreshing {
        findings.extend(refreshing.iter().cloned());
    }
    if findings.iter().any(|finding| finding.level == Level::Error) {
        return Finished::from_findings(findings, "");
    }
    if let Some(obstacle) = &transcript.obstacle {
        return Finished::with(Verdict::Inconclusive, obstacle);
    }
    match refreshing {
        Refreshing::Unseen(why) => Finished::with(Verdict::Inconclusive, why),
        Refreshing::Judged(_) => {
            Finished::from_findings(findings, "PKCE, state, redirect URI, refresh and where the token goes hold")
        }
    }
}
