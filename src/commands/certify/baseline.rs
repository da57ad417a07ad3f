//! `--baseline` and `--write-baseline`.

use std::path::Path;

use crate::adapters::pending_file::PendingFile;
use crate::adapters::project::Project;
use crate::certification::{Baseline, Certification};
use crate::cli::{CertifyArgs, TierArg};
use crate::context::Context;
use crate::error::{Error, Explain, Result};
use crate::stages::report_place::{self, Written};

/// A baseline that is to be written.
pub(super) struct NewBaseline(Option<PendingFile>);

impl NewBaseline {
    pub(super) fn open(context: &Context, project: &Project, path: Option<&Path>) -> Result<Self> {
        let file = path.map(|path| PendingFile::open(&context.cwd.join(path))).transpose()?;
        if let Some(file) = &file {
            report_place::refuse(project, file.path(), Written::Baseline)?;
        }
        Ok(NewBaseline(file))
    }

    /// Writes it where that was asked for; tells whether it was.
    pub(super) fn write(self, context: &Context, certification: &Certification) -> Result<bool> {
        let Some(file) = self.0 else { return Ok(false) };
        let baseline = Baseline::of_certification(certification);
        let text = baseline.to_json(certification.rule_set).or_bug(|| "cannot serialise the baseline".into())?;
        let path = file.path().display().to_string();
        file.write(text.as_bytes())?;
        context.output.status("Recorded", format!("{} findings in {path}", baseline.count()));
        Ok(true)
    }
}

/// The highest tier is reached without leaving anything aside.
pub(super) fn refuse_for_premier(args: &CertifyArgs) -> Result<()> {
    if args.tier == TierArg::Premier && (args.baseline.is_some() || args.write_baseline.is_some()) {
        return Err(Error::usage("there is no baseline for premier").hint("mend what is found, or check for verified"));
    }
    Ok(())
}
