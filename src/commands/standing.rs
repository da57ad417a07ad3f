//! Where a version stands, as `status`, `yank`, `unyank` and `review` show it.

use jiff::Timestamp;
use serde::Serialize;

use crate::credential::in_words;
use crate::error::Kind;
use crate::ui::{Page, Render, Tone};
use crate::wire::{SignedVersion, Version, VersionStatus};

/// What a publisher does next with a version that was rejected.
pub(super) const AFTER_REJECTION: &str =
    "mend what is named, raise integration.version in proveniq.toml, and publish that";

/// Where a version stands.
#[derive(Serialize)]
pub(super) struct Standing {
    marketplace: String,
    version: SignedVersion,
    #[serde(skip)]
    schema: &'static str,
    #[serde(skip)]
    answers: bool,
    #[serde(skip)]
    now: Timestamp,
}

impl Standing {
    /// Where a version stands at `now`. `schema` names the document.
    pub(super) fn new(schema: &'static str, marketplace: &str, version: SignedVersion, now: Timestamp) -> Self {
        Standing { marketplace: marketplace.to_owned(), version, schema, answers: false, now }
    }

    /// The version, as it is typed.
    pub(super) fn name(&self) -> String {
        format!("{}@{}", self.version.version.name, self.version.version.version)
    }

    /// Makes it the answer to whether the version can be installed: yes, no, or not decided yet.
    pub(super) fn answering(self) -> Self {
        Standing { answers: true, ..self }
    }
}

/// How a command ends that asks whether a version can be installed.
pub(super) fn kind(status: VersionStatus) -> Option<Kind> {
    match status {
        VersionStatus::Active => None,
        VersionStatus::InReview => Some(Kind::Inconclusive),
        VersionStatus::Rejected | VersionStatus::Yanked => Some(Kind::Negative),
    }
}

/// How a status is coloured.
pub(super) fn tone(status: VersionStatus) -> Tone {
    match status {
        VersionStatus::Active => Tone::Good,
        VersionStatus::InReview => Tone::Warn,
        VersionStatus::Rejected | VersionStatus::Yanked => Tone::Bad,
    }
}

/// Where a version stands, in a sentence.
pub(super) fn sentence(version: &Version, queue_position: Option<u64>) -> String {
    let tier = version.tier;
    match version.status {
        VersionStatus::Active => format!("active: published as {tier}"),
        VersionStatus::Yanked => "yanked: who has it keeps it, and nobody installs it anew".to_owned(),
        VersionStatus::Rejected => "rejected by a reviewer; its number stays taken".to_owned(),
        VersionStatus::InReview => {
            let claimed = version.tier_claimed.unwrap_or(tier);
            let place = queue_position.map(|place| format!(", place {place} in the queue")).unwrap_or_default();
            format!("in review: {claimed} awaits a reviewer's approval{place}; until then nobody else sees it")
        }
    }
}

impl Render for Standing {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn human(&self, page: &mut Page) {
        let version = &self.version.version;
        page.toned(Tone::Strong, format!("{} {}", version.name, version.version));
        let age = in_words(self.now.duration_since(version.status_since));
        let since = version.status_since.strftime("%Y-%m-%d %H:%M UTC");
        page.field("status", version.status.as_str()).field("since", format!("{since}, {age} ago"));
        page.field("tier", version.tier.as_str());
        if let Some(claimed) = version.tier_claimed {
            page.field("claimed", claimed.as_str());
        }
        if let Some(place) = self.version.queue_position {
            page.field("queue", format!("place {place}"));
        }
        for reason in &version.reasons {
            page.words("reason", reason.split_whitespace());
        }
        if let Some(message) = &version.deprecation {
            page.words("deprecated", message.split_whitespace());
        }
        page.field("digest", format!("sha256:{}", version.digest));
        page.field("marketplace", &self.marketplace).gap();
        page.wrapped("", tone(version.status), sentence(version, self.version.queue_position));
    }

    fn verdict(&self) -> Option<Kind> {
        kind(self.version.version.status).filter(|_| self.answers)
    }

    fn hints(&self) -> Vec<String> {
        let version = &self.version.version;
        match version.status {
            VersionStatus::InReview if self.answers => {
                vec![format!("wait with `proveniq status {}@{} --wait`", version.name, version.version)]
            }
            VersionStatus::Rejected if self.answers => vec![AFTER_REJECTION.to_owned()],
            _ => Vec::new(),
        }
    }
}
