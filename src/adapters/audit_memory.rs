//! How far audit logs went when they were last verified here: audit-heads.json in the state folder. A log that was
//! rewritten since, however consistently, no longer holds what was seen.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::{self, Access, Lock};
use crate::audit::Anchor;
use crate::error::{Error, Explain, Result};

/// What was seen, by the marketplace's origin.
#[derive(Debug, Clone)]
pub struct AuditMemory {
    path: PathBuf,
}

impl AuditMemory {
    /// Uses audit-heads.json in `folder`.
    pub fn new(folder: &Path) -> Self {
        AuditMemory { path: folder.join("audit-heads.json") }
    }

    /// What was seen at an origin.
    pub fn seen(&self, origin: &str) -> Result<Vec<Anchor>> {
        Ok(self.load()?.remove(origin).unwrap_or_default())
    }

    /// Remembers what was seen; nothing forgets the origin.
    pub fn remember(&self, origin: &str, heads: Vec<Anchor>) -> Result<()> {
        let _lock = Lock::take(&self.path.with_extension("lock"))?;
        let mut all = self.load()?;
        if heads.is_empty() {
            if all.remove(origin).is_none() {
                return Ok(());
            }
        } else {
            all.insert(origin.to_owned(), heads);
        }
        let text = serde_json::to_string_pretty(&all).or_bug(|| "cannot serialise the heads".into())?;
        files::write_atomically(&self.path, text.as_bytes(), Access::Private)
    }

    fn load(&self) -> Result<BTreeMap<String, Vec<Anchor>>> {
        let Some(text) = files::read_text(&self.path, 16 << 20)? else { return Ok(BTreeMap::new()) };
        serde_json::from_str(&text).map_err(|cause| {
            Error::usage(format!("{} is damaged", self.path.display()))
                .because(cause)
                .hint("move it away: the next verification remembers anew")
        })
    }
}
