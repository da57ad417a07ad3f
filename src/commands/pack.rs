//! `pack`: manifest, files, archive.

use std::path::PathBuf;

use serde::Serialize;

use crate::adapters::project::Project;
use crate::cli::PackArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::package::SourceTree as _;
use crate::stages::pack::{self, PackageFacts};
use crate::ui::{Page, Render, Table, Tone};

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
}

#[derive(Serialize)]
struct ListedFile {
    path: String,
    size: u64,
    executable: bool,
}

/// Writes the package, or lists what would be in it.
pub(super) fn run(context: &Context, args: PackArgs) -> Result<u8> {
    let project = context.project()?;
    let tree = project.tree()?;
    if args.list {
        let listed = |file: &crate::package::SourceFile| ListedFile {
            path: file.path.clone(),
            size: file.size,
            executable: file.executable,
        };
        return context.output.outcome(&Listed { files: tree.files().iter().map(listed).collect() });
    }
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
        let mut table = Table::new(&["PATH", "BYTES"]);
        for file in &self.files {
            table.row([(Tone::Plain, file.path.clone()), (Tone::Plain, file.size.to_string())]);
        }
        page.block(&table.render());
    }
}
