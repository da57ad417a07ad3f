//! `--report KIND=FILE`: the verdicts in files, for machines.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use crate::adapters::pending_file::PendingFile;
use crate::context::Context;
use crate::error::{Error, Explain, Result};
use crate::webhook::{CaseReport, Report, junit};

/// Reports under way.
pub(super) struct Reports {
    /// Written at the end: a run that comes to no verdicts leaves no report, since an empty one would be read as one.
    pending: Vec<(Form, PendingFile)>,
    /// Written on the way, a line for each case.
    streams: Vec<(PathBuf, File)>,
    failure: Option<Error>,
}

#[derive(Clone, Copy)]
enum Form {
    Json,
    Junit,
}

/// One line of the ndjson form.
#[derive(Serialize)]
struct Line<'a, T> {
    schema: &'static str,
    #[serde(flatten)]
    content: &'a T,
}

impl Reports {
    /// Opens the files, so that one that cannot be written is told before anything is sent.
    pub(super) fn open(context: &Context, named: &[String]) -> Result<Self> {
        let mut reports = Reports { pending: Vec::new(), streams: Vec::new(), failure: None };
        for text in named {
            let (form, path) = parse(text)?;
            let path = context.cwd.join(path);
            if let Some(form) = form {
                reports.pending.push((form, PendingFile::open(&path)?));
            } else {
                let file = File::create(&path).or_usage(|| format!("cannot write {}", path.display()))?;
                reports.streams.push((path, file));
            }
        }
        Ok(reports)
    }

    /// Writes a case as it ends, where a form is written on the way.
    pub(super) fn case(&mut self, case: &CaseReport) {
        let line = Line { schema: "proveniq.test-webhook.case/1", content: case };
        for (path, file) in &mut self.streams {
            let written = serde_json::to_string(&line).map(|text| writeln!(file, "{text}"));
            if !matches!(written, Ok(Ok(()))) && self.failure.is_none() {
                self.failure = Some(Error::usage(format!("cannot write {}", path.display())));
            }
        }
    }

    /// Writes what is written at the end.
    pub(super) fn finish(self, report: &Report) -> Result<()> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        for (form, file) in self.pending {
            let text = match form {
                Form::Json => {
                    let document = Line { schema: "proveniq.test-webhook/1", content: report };
                    serde_json::to_string_pretty(&document).or_bug(|| "cannot serialise the report".into())? + "\n"
                }
                Form::Junit => junit(report),
            };
            file.write(text.as_bytes())?;
        }
        Ok(())
    }
}

/// The form and the path; no form for the one that is written on the way.
fn parse(text: &str) -> Result<(Option<Form>, &str)> {
    let refused = || {
        Error::usage(format!("--report {text:?} is not of the form KIND=FILE"))
            .hint("the kinds are json, ndjson and junit, such as --report junit=webhook.xml")
    };
    let (kind, path) = text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or_else(refused)?;
    let form = match kind {
        "json" => Some(Form::Json),
        "ndjson" => None,
        "junit" => Some(Form::Junit),
        _ => return Err(refused()),
    };
    Ok((form, path))
}
