//! `--report FORM[=FILE]`: what a certification came to, in files and for machines.

use super::outcome::Certified;
use crate::adapters::pending_file::PendingFile;
use crate::adapters::project::Project;
use crate::certification::reports::{Form, Json, Reported, github, junit, sarif};
use crate::context::Context;
use crate::error::{Error, Explain, Result};
use crate::package::SourceTree;
use crate::stages::report_place::{self, Written};
use crate::ui::{Format, Render as _, plain};

/// Reports that were asked for.
pub(super) struct Reports {
    files: Vec<(Form, PendingFile)>,
    /// The one that takes standard output.
    stdout: Option<Form>,
}

impl Reports {
    /// Sees that every file can be written, before anything is run.
    pub(super) fn open(context: &Context, project: &Project, named: &[String]) -> Result<Self> {
        let mut reports = Reports { files: Vec::new(), stdout: None };
        for text in named {
            match text.split_once('=') {
                Some((form, path)) if !path.is_empty() => {
                    let form = parse(form)?;
                    let file = PendingFile::open(&context.cwd.join(path))?;
                    if reports.files.iter().any(|(_, other)| other.path() == file.path()) {
                        return Err(Error::usage(format!("two reports are to be written to {path}")));
                    }
                    reports.files.push((form, file));
                }
                Some(_) => return Err(refused(text)),
                None if reports.stdout.is_some() || context.output.format == Format::Json => {
                    return Err(Error::usage("standard output holds one report alone")
                        .hint(format!("name a file, such as --report {text}=FILE")));
                }
                None => reports.stdout = Some(parse(text)?),
            }
        }
        for (form, file) in &reports.files {
            report_place::refuse(project, file.path(), Written::Report(*form))?;
        }
        Ok(reports)
    }

    /// Writes the reports and prints the outcome: on stderr where a report takes standard output. Returns the exit code.
    pub(super) fn finish(
        self,
        context: &Context,
        certified: &Certified,
        tree: &dyn SourceTree,
        below_repository: &str,
    ) -> Result<u8> {
        let Certified { name, version, certification, .. } = certified;
        let reported = Reported { name, version, certification, tree, below_repository };
        for (form, file) in self.files {
            file.write(text(form, certified, &reported)?.as_bytes())?;
        }
        match self.stdout {
            None => context.output.outcome(certified),
            Some(Form::Human) => {
                context.output.stdout(&plain(certified))?;
                Ok(certified.verdict().map_or(0, crate::error::Kind::exit_code))
            }
            Some(form) => {
                context.output.stdout(&text(form, certified, &reported)?)?;
                Ok(context.output.outcome_aside(certified))
            }
        }
    }
}

fn text(form: Form, certified: &Certified, reported: &Reported<'_>) -> Result<String> {
    let failed = || "cannot serialise the report".to_owned();
    Ok(match form {
        Form::Human => plain(certified),
        Form::Json => Json::of(reported).to_text().or_bug(failed)?,
        Form::Sarif => sarif(reported).or_bug(failed)?,
        Form::Junit => junit(reported),
        Form::Github => github(reported),
    })
}

fn parse(form: &str) -> Result<Form> {
    Form::parse(form).map_err(|_| refused(form))
}

fn refused(text: &str) -> Error {
    let known: Vec<_> = Form::ALL.iter().map(|form| form.as_str()).collect();
    Error::usage(format!("--report {text:?} is not of the form FORM or FORM=FILE"))
        .hint(format!("the forms are {}, such as --report sarif=proveniq.sarif", known.join(", ")))
}
