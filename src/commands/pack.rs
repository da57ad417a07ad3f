//! `pack`: manifest, files, archive.

use std::path::PathBuf;

use serde::Serialize;

use crate::adapters::project::{NotPacked, Project, ProjectTree};
use crate::cli::PackArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::package::{SourceFile, WhyIn, WhyOut};
use crate::stages::pack::{self, PackageFacts};
use crate::ui::{Page, Render, Table, Tone, Verbosity};

#[derive(Serialize)]
struct Packed {
    #[serde(flatten)]
    package: PackageFacts,
    #[serde(serialize_with = "crate::ui::path_text")]
    path: PathBuf,
}

#[derive(Serialize)]
struct Listed {
    files: Vec<ListedFile>,
    left_out: Vec<NotPacked>,
    #[serde(skip)]
    shows_left_out: bool,
}

#[derive(Serialize)]
struct ListedFile {
    path: String,
    size: u64,
    executable: bool,
    #[serde(flatten)]
    why: WhyIn,
}

/// Writes the package, or lists what would be in it.
pub(super) fn run(context: &Context, args: PackArgs) -> Result<u8> {
    let project = context.project()?;
    let tree = project.tree()?;
    if args.list {
        return context.output.outcome(&Listed::of(context, &project, &tree)?);
    }
    warn_of_what_is_named_in_vain(context, &project, &tree)?;
    pack::refuse_dirty(&project, args.allow_dirty)?;
    let path = args.out.map_or_else(|| project.root.join(file_name(&project)), |out| context.cwd.join(out));
    let folder = path.parent().unwrap_or(&context.cwd);
    if !folder.is_dir() {
        return Err(Error::usage(format!("there is no folder {}", folder.display()))
            .hint("make it first, or name another --out"));
    }
    pack::refuse_to_overwrite(&path)?;
    let package = pack::build(&project, &tree, folder, &context.interrupt, &context.output)?;
    let facts = PackageFacts::of(&project, &package);
    let failed = |failure: tempfile::PersistError| {
        Error::usage(format!("cannot write {}", path.display())).because(failure.error)
    };
    package.file.persist(&path).map_err(failed)?;
    context.output.outcome(&Packed { package: facts, path })
}

/// `include` brings in what git ignores, and never what no package may hold: whoever named that is told.
fn warn_of_what_is_named_in_vain(context: &Context, project: &Project, tree: &ProjectTree) -> Result<()> {
    if project.manifest.package.include.is_empty() {
        return Ok(());
    }
    let left_out = project.not_packed(tree)?;
    let never = left_out.iter().filter(|one| one.is_named && matches!(one.why, WhyOut::Never { .. }));
    let paths: Vec<_> = never.map(|one| one.path.as_str()).collect();
    if !paths.is_empty() {
        let more = if paths.len() > 5 { format!(" and {} more", paths.len() - 5) } else { String::new() };
        let named = paths[..paths.len().min(5)].join(", ");
        context.output.warning(format!("left out although [package] include names it: {named}{more} (never packed)"));
    }
    Ok(())
}

impl Listed {
    fn of(context: &Context, project: &Project, tree: &ProjectTree) -> Result<Self> {
        let file = |(file, why): (&SourceFile, &WhyIn)| ListedFile {
            path: file.path.clone(),
            size: file.size,
            executable: file.executable,
            why: why.clone(),
        };
        let shows_left_out = context.output.verbosity >= Verbosity::Verbose;
        Ok(Listed { files: tree.reasoned().map(file).collect(), left_out: project.not_packed(tree)?, shows_left_out })
    }
}

fn file_name(project: &Project) -> String {
    let identity = &project.manifest.integration;
    format!("{}-{}.tar.zst", identity.name.name(), identity.version)
}

impl Render for Packed {
    fn schema(&self) -> &'static str {
        "proveniq.pack/1"
    }

    fn human(&self, page: &mut Page) {
        let package = &self.package;
        page.toned(Tone::Strong, format!("{} {}", package.name, package.version));
        page.field("file", self.path.display().to_string()).field("digest", format!("sha256:{}", package.digest));
        page.field("files", package.files.to_string());
        page.field("size", format!("{} bytes, {} unpacked", package.size, package.unpacked_size));
    }
}

impl Render for Listed {
    fn schema(&self) -> &'static str {
        "proveniq.pack-list/1"
    }

    fn human(&self, page: &mut Page) {
        let mut table = Table::new(&["PATH", "BYTES", "WHY"]);
        for file in &self.files {
            let cells = [file.path.clone(), file.size.to_string(), file.why.to_string()];
            table.row(cells.map(|cell| (Tone::Plain, cell)));
        }
        page.block(&table.render());
        if self.shows_left_out && !self.left_out.is_empty() {
            let mut table = Table::new(&["LEFT OUT", "WHY"]);
            for one in &self.left_out {
                table.row([one.path.clone(), one.why.to_string()].map(|cell| (Tone::Plain, cell)));
            }
            page.gap().block(&table.render());
        }
    }
}
