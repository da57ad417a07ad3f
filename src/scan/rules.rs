//! Rules by provider prefix, from the providers' public token formats.

use std::sync::OnceLock;

use regex::bytes::Regex;

use super::finding::Severity;
use crate::credential::ApiKey;

/// One kind of secret.
#[derive(Debug)]
pub struct Rule {
    /// Stable identifier.
    pub id: &'static str,
    /// What it finds.
    pub description: &'static str,
    /// Text that every match holds; the scanner looks for this first.
    pub keyword: &'static str,
    /// Whether a match stands in the way.
    pub severity: Severity,
    pattern: &'static str,
    test: Test,
    compiled: OnceLock<Option<Regex>>,
}

/// What a match must stand besides its form.
#[derive(Debug, Clone, Copy)]
enum Test {
    /// Shannon entropy of at least 3 bits a character, so that `xxxx` and the like are no secrets.
    Entropy,
    /// The checksum at its end, as this marketplace's keys have it: over all that precedes.
    ProveniqChecksum,
    /// The checksum at its end, as GitHub and npm have it: over what follows the prefix.
    GithubChecksum,
    /// Nothing more.
    Form,
}

const fn rule(
    id: &'static str,
    description: &'static str,
    keyword: &'static str,
    pattern: &'static str,
    test: Test,
) -> Rule {
    Rule { id, description, keyword, severity: Severity::Block, pattern, test, compiled: OnceLock::new() }
}

use Test::{Entropy, Form, GithubChecksum, ProveniqChecksum};

/// All rules, by identifier.
pub(super) static RULES: [Rule; 40] = [
    rule("airtable-token", "Airtable personal access token", "pat", r"\bpat[0-9A-Za-z]{14}\.[0-9a-f]{64}\b", Entropy),
    rule("anthropic-key", "Anthropic API key", "sk-ant-", r"\bsk-ant-[a-z0-9]+-[0-9A-Za-z_-]{80,120}", Entropy),
    rule("aws-access-key", "AWS access key id", "AKIA", r"\bAKIA[2-7A-Z]{16}\b", Entropy),
    rule("aws-session-key", "AWS temporary access key id", "ASIA", r"\bASIA[2-7A-Z]{16}\b", Entropy),
    rule("databricks-token", "Databricks access token", "dapi", r"\bdapi[0-9a-f]{32}(-\d)?\b", Entropy),
    rule("digitalocean-token", "DigitalOcean token", "do", r"\bdo[opr]_v1_[0-9a-f]{64}\b", Entropy),
    rule("docker-token", "Docker Hub access token", "dckr_pat_", r"\bdckr_pat_[0-9A-Za-z_-]{27}", Entropy),
    rule("doppler-token", "Doppler token", "dp.", r"\bdp\.(?:pt|st|ct|sa|scim|audit)\.[0-9A-Za-z._-]{40,}", Entropy),
    rule("figma-token", "Figma access token", "figd_", r"\bfigd_[0-9A-Za-z_-]{40}", Entropy),
    rule(
        "github-fine-grained",
        "GitHub fine-grained token",
        "github_pat_",
        r"\bgithub_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}\b",
        Entropy,
    ),
    rule("github-token", "GitHub token", "gh", r"\bgh[pousr]_[0-9A-Za-z]{36}\b", GithubChecksum),
    rule("gitlab-token", "GitLab token", "gl", r"\bgl(?:pat|dt|rt|ptt|ft|cbt)-[0-9A-Za-z_-]{20,}", Entropy),
    rule("google-api-key", "Google API key", "AIza", r"\bAIza[0-9A-Za-z_-]{35}", Entropy),
    rule("google-oauth-secret", "Google OAuth client secret", "GOCSPX-", r"\bGOCSPX-[0-9A-Za-z_-]{28}", Entropy),
    rule(
        "grafana-token",
        "Grafana token",
        "gl",
        r"\bgl(?:sa_[0-9A-Za-z]{32}_[0-9a-f]{8}|c_[0-9A-Za-z+/=]{32,})",
        Entropy,
    ),
    rule("huggingface-token", "Hugging Face token", "hf_", r"\bhf_[A-Za-z]{34}\b", Entropy),
    rule("linear-key", "Linear API key", "lin_api_", r"\blin_api_[0-9A-Za-z]{40}\b", Entropy),
    rule("mailchimp-key", "Mailchimp API key", "-us", r"\b[0-9a-f]{32}-us\d{1,2}\b", Entropy),
    rule("newrelic-key", "New Relic user key", "NRAK-", r"\bNRAK-[0-9A-Z]{27}\b", Entropy),
    rule("notion-token", "Notion token", "ntn_", r"\bntn_[0-9]{11}[0-9A-Za-z]{35}\b", Entropy),
    rule("npm-token", "npm access token", "npm_", r"\bnpm_[0-9A-Za-z]{36}\b", GithubChecksum),
    rule(
        "openai-key",
        "OpenAI API key",
        "T3BlbkFJ",
        r"\bsk-[0-9A-Za-z_-]{20,100}T3BlbkFJ[0-9A-Za-z_-]{20,100}",
        Entropy,
    ),
    rule("postman-key", "Postman API key", "PMAK-", r"\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b", Entropy),
    rule(
        "private-key",
        "private key",
        "PRIVATE KEY",
        r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\s*(?:\\n)?[0-9A-Za-z+/=\s\\]{40,}",
        Form,
    ),
    rule(
        "proveniq-key",
        "Proveniq key or token",
        "pvq_",
        r"\bpvq_(?:live|test|access|refresh|client)_[0-9A-Za-z]{38}\b",
        ProveniqChecksum,
    ),
    rule(
        "pypi-token",
        "PyPI upload token",
        "pypi-AgEIcHlwaS5vcmc",
        r"\bpypi-AgEIcHlwaS5vcmc[0-9A-Za-z_-]{50,}",
        Entropy,
    ),
    rule("rubygems-key", "RubyGems API key", "rubygems_", r"\brubygems_[0-9a-f]{48}\b", Entropy),
    rule("sendgrid-key", "SendGrid API key", "SG.", r"\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}", Entropy),
    rule("sentry-token", "Sentry token", "sntry", r"\bsntry[su]_[0-9A-Za-z+/=_-]{64,}", Entropy),
    rule("shopify-token", "Shopify token", "shp", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b", Entropy),
    rule("slack-app-token", "Slack app token", "xapp-", r"\bxapp-\d-[0-9A-Z]+-\d+-[0-9a-f]{32,}\b", Entropy),
    rule("slack-token", "Slack token", "xox", r"\bxox[abeprs]-(?:\d+-)*[0-9A-Za-z-]{20,}", Entropy),
    rule(
        "slack-webhook",
        "Slack webhook address",
        "hooks.slack.com",
        r"hooks\.slack\.com/(?:services|workflows)/T[0-9A-Z]{8,}/[0-9A-Z]{8,}/[0-9A-Za-z]{20,}",
        Entropy,
    ),
    rule("square-token", "Square token", "sq0", r"\bsq0(?:atp|csp)-[0-9A-Za-z_-]{22,43}", Entropy),
    rule("stripe-key", "Stripe live key", "k_live_", r"\b[sr]k_live_[0-9A-Za-z]{20,}\b", Entropy),
    rule("supabase-token", "Supabase access token", "sbp_", r"\bsbp_[0-9a-f]{40}\b", Entropy),
    rule("telegram-token", "Telegram bot token", ":AA", r"\b\d{8,10}:AA[0-9A-Za-z_-]{33}", Entropy),
    rule("vault-token", "HashiCorp Vault token", "hv", r"\bhv[sb]\.[0-9A-Za-z_-]{90,}", Entropy),
    rule("webhook-secret", "webhook signing secret", "whsec_", r"\bwhsec_[0-9A-Za-z+/]{32,88}={0,2}", Entropy),
    rule("webhook-signing-key", "webhook signing key", "whsk_", r"\bwhsk_[0-9A-Za-z+/]{86}==", Entropy),
];

impl Rule {
    /// Finds what has the rule's form in `text`; offsets count from the start of it.
    pub(super) fn matches(&self, text: &[u8]) -> Vec<std::ops::Range<usize>> {
        // Patterns are constants and each is compiled by a test, so none is missing here.
        let compiled =
            self.compiled.get_or_init(|| regex::bytes::RegexBuilder::new(self.pattern).unicode(false).build().ok());
        let found = compiled.iter().flat_map(|pattern| pattern.find_iter(text));
        found.filter(|found| self.stands_test(found.as_bytes())).map(|found| found.range()).collect()
    }

    fn stands_test(&self, secret: &[u8]) -> bool {
        let text = String::from_utf8_lossy(secret);
        let example = text.contains("EXAMPLE") || text.to_ascii_lowercase().contains("example");
        match self.test {
            Test::Form => true,
            Test::Entropy => !example && entropy(secret) >= 3.0,
            Test::ProveniqChecksum => ApiKey::checksum_holds(&text),
            Test::GithubChecksum => text.find('_').is_some_and(|at| ApiKey::checksum_holds(&text[at + 1..])),
        }
    }
}

/// Shannon entropy in bits a byte.
fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let total = u32::try_from(bytes.len()).map_or(f64::INFINITY, f64::from);
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / total)
        .map(|share| -share * share.log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_identifiers_are_sorted_and_distinct() {
        for rule in &RULES {
            assert!(Regex::new(rule.pattern).is_ok(), "{}", rule.id);
        }
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}
