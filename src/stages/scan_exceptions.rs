//! What a search found to what counts of it: a project's suppressions hold here as they do in a certification.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::adapters::files;
use crate::certification::{SUPPRESSIONS_FILE, Suppression, Suppressions};
use crate::error::{Error, Result};
use crate::manifest::FILE_NAME;
use crate::scan::{Finding, Scanner};
use crate::toml_reader;

/// The suppressions of a project, as they hold today.
#[derive(Debug, Default)]
pub struct ScanExceptions {
    suppressions: Suppressions,
    today: Option<Date>,
    /// Whether the project's folder is the one that is searched.
    is_root: bool,
}

/// Something that was found and does not count.
#[derive(Debug, Clone, Serialize)]
pub struct Suppressed<T> {
    /// What was found.
    #[serde(flatten)]
    pub found: T,
    /// Why it does not count, in somebody's own words.
    pub reason: String,
}

/// What is wrong with a suppression.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// Line of the file of suppressions.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl ScanExceptions {
    /// Reads the suppressions of the project that `folder` belongs to, or of none.
    pub fn find(folder: &Path, now: Timestamp) -> Result<Self> {
        let of_project = |folder: &&Path| folder.join(FILE_NAME).is_file() || folder.join(SUPPRESSIONS_FILE).is_file();
        let Some(root) = folder.ancestors().find(of_project) else { return Ok(ScanExceptions::default()) };
        let text = files::read_text(&root.join(SUPPRESSIONS_FILE), toml_reader::MAX_BYTES as u64)?.unwrap_or_default();
        let suppressions = Suppressions::parse(&text).map_err(|problems| {
            let count =
                if problems.len() == 1 { "a problem".to_owned() } else { format!("{} problems", problems.len()) };
            Error::usage(format!("{SUPPRESSIONS_FILE} has {count}")).with_diagnostics(problems)
        })?;
        let today = Some(now.to_zoned(TimeZone::UTC).date());
        Ok(ScanExceptions { suppressions, today, is_root: root == folder })
    }

    /// Parts what counts from what is suppressed.
    pub fn part<T>(&self, found: Vec<T>, finding: impl Fn(&T) -> &Finding) -> (Vec<T>, Vec<Suppressed<T>>) {
        let (mut counts, mut suppressed) = (Vec::new(), Vec::new());
        for found in found {
            let about = finding(&found);
            match self.suppressions.of_secret(&about.rule, &about.fingerprint, self.today) {
                Some(suppression) => suppressed.push(Suppressed { reason: suppression.reason.clone(), found }),
                None => counts.push(found),
            }
        }
        (counts, suppressed)
    }

    /// What is wrong with those that are about secrets. Where all that was named was searched, `whole` has every finding,
    /// and what is not used is told too if that was the project.
    pub fn notices(&self, scanner: &Scanner, whole: Option<&[&Finding]>) -> Vec<Notice> {
        let about_secrets = |it: &&Suppression| it.rule == Suppressions::OF_SECRETS || scanner.has_rule(&it.rule);
        let is_used = |it: &Suppression, all: &[&Finding]| {
            all.iter().any(|found| it.fits(&[Suppressions::OF_SECRETS, &found.rule], &found.fingerprint))
        };
        let message = |it: &Suppression| {
            let unused = self.is_root && whole.is_some_and(|all| !is_used(it, all));
            it.ended(self.today).or_else(|| unused.then(|| it.unused()))
        };
        let about = self.suppressions.all.iter().filter(about_secrets);
        about.filter_map(|it| message(it).map(|message| Notice { line: it.line, message })).collect()
    }
}
