//! What publishing would do, decided before anything is sent.

use serde::Serialize;

use crate::package::Built;
use crate::wire::Version;

/// What is to be done with a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum Step {
    /// The version is new and will be sent.
    Send,
    /// The very same content is published already.
    Unchanged {
        /// When it was published.
        published_at: jiff::Timestamp,
    },
    /// The version is taken by other content, and versions are never reused.
    Conflict {
        /// Digest of what is published.
        published_digest: String,
    },
}

/// The plan for one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What is to be done.
    #[serde(flatten)]
    pub next: Step,
    /// The latest version that is published, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
}

impl Plan {
    /// Compares the package with what is published: `existing` under the same version, `latest` under any.
    pub fn new(built: &Built, existing: Option<&Version>, latest: Option<String>) -> Self {
        let next = match existing {
            None => Step::Send,
            Some(version) if version.digest == built.digest => Step::Unchanged { published_at: version.published_at },
            Some(version) => Step::Conflict { published_digest: version.digest.clone() },
        };
        Plan { next, latest }
    }
}
