//! `--report KIND=FILE`: the verdicts in files, for machines.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use crate::context::Context;
use crate::error::{Error, Explain, Result};
use crate::webhook::{CaseReport, Report, junit};

/// Reports under way.
pub(super) struct Reports {
    files: Vec<(Form, PathBuf, File)>,
    failure: Option<Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Ndjson,
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
        let open = |text: &String| {
            let (form, path) = parse(text)?;
            let path = context.cwd.join(path);
            let file = File::create(&path).or_usage(|| format!("cannot write {}", path.display()))?;
            Ok((form, path, file))
        };
        Ok(Reports { files: named.iter().map(open).collect::<Result<_>>()?, failure: None })
    }

    /// Writes a case as it ends, where a form is written on the way.
    pub(super) fn case(&mut self, case: &CaseReport) {
        let line = Line { schema: "proveniq.test-webhook.case/1", content: case };
        for (_, path, file) in self.files.iter_mut().filter(|(form, ..)| *form == Form::Ndjson) {
            let written = serde_json::to_string(&line).map(|text| writeln!(file, "{text}"));
            if !matches!(written, Ok(Ok(()))) && self.failure.is_none() {
                self.failure = Some(Error::usage(format!("cannot write {}", path.display())));
            }
        }
    }

    /// Writes what is written at the end.
    pub(super) fn finish(mut self, report: &Report) -> Result<()> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        for (form, path, mut file) in std::mem::take(&mut self.files) {
            let text = match form {
                Form::Json => {
                    let document = Line { schema: "proveniq.test-webhook/1", content: report };
                    serde_json::to_string_pretty(&document).or_bug(|| "cannot serialise the report".into())? + "\n"
                }
                Form::Junit => junit(report),
                Form::Ndjson => continue,
            };
            file.write_all(text.as_bytes()).or_usage(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}

impl Drop for Reports {
    /// A run that came to no verdicts leaves no report: an empty one would be read as one.
    fn drop(&mut self) {
        for (_, path, _) in self.files.iter().filter(|(form, ..)| *form != Form::Ndjson) {
            if path.is_file() {
                // What cannot be removed was there before, or is gone already.
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

fn parse(text: &str) -> Result<(Form, &str)> {
    let refused = || {
        Error::usage(format!("--report {text:?} is not of the form KIND=FILE"))
            .hint("the kinds are json, ndjson and junit, such as --report junit=webhook.xml")
    };
    let (kind, path) = text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or_else(refused)?;
    let form = match kind {
        "json" => Form::Json,
        "ndjson" => Form::Ndjson,
        "junit" => Form::Junit,
        _ => return Err(refused()),
    };
    Ok((form, path))
}
