//! `completions` and `man`: what clap generates from the command line's definition.

use std::path::Path;

use clap::CommandFactory as _;
use serde::Serialize;

use crate::adapters::files::{self, Access};
use crate::cli::Cli;
use crate::context::Context;
use crate::error::{Explain, Result};
use crate::ui::{Format, Page, Render};

/// A generated text, as one document where JSON is asked for.
#[derive(Serialize)]
struct Generated {
    #[serde(skip)]
    schema: &'static str,
    text: String,
}

impl Render for Generated {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn human(&self, page: &mut Page) {
        page.block(&self.text);
    }
}

/// Pages that were written to a folder.
#[derive(Serialize)]
struct Written {
    files: Vec<String>,
}

impl Render for Written {
    fn schema(&self) -> &'static str {
        "proveniq.man-files/1"
    }

    fn human(&self, page: &mut Page) {
        page.lines("", &self.files);
    }
}

/// Prints the completion script of a shell.
pub(super) fn completions(context: &Context, shell: clap_complete::Shell) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "proveniq", &mut script);
    print(context, "proveniq.completions/1", &script)
}

/// Prints the manual page, or writes one for each command.
pub(super) fn man(context: &Context, folder: Option<&Path>) -> Result<u8> {
    let command = Cli::command().disable_help_subcommand(true);
    match folder {
        None => print(context, "proveniq.man/1", &page_of(command)?),
        Some(folder) => {
            let folder = context.cwd.join(folder);
            let mut files = Vec::new();
            write_pages(&folder, &command, "", &mut files)?;
            context.output.outcome(&Written { files })
        }
    }
}

fn print(context: &Context, schema: &'static str, text: &[u8]) -> Result<u8> {
    let text = String::from_utf8_lossy(text).into_owned();
    match context.output.format {
        // Escape codes of a manual page or a script are its own; they are passed on untouched.
        Format::Human => context.output.stdout(&text).map(|()| 0),
        Format::Json => context.output.outcome(&Generated { schema, text }),
    }
}

fn write_pages(folder: &Path, command: &clap::Command, parent: &str, files: &mut Vec<String>) -> Result<()> {
    let name =
        if parent.is_empty() { command.get_name().to_owned() } else { format!("{parent}-{}", command.get_name()) };
    let file = format!("{name}.1");
    files::write_atomically(&folder.join(&file), &page_of(command.clone().name(name.clone()))?, Access::Shared)?;
    files.push(file);
    let visible = command.get_subcommands().filter(|sub| !sub.is_hide_set()).cloned();
    visible.collect::<Vec<_>>().into_iter().try_for_each(|sub| write_pages(folder, &sub, &name, files))
}

fn page_of(command: clap::Command) -> Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).or_bug(|| "cannot write a manual page".into())?;
    Ok(page)
}
