//! `Answers -> Template -> Project`: renders, writes into a temporary sibling and moves it into place.

use std::fs;
use std::path::{Path, PathBuf};

use crate::adapters::files::{self, Access};
use crate::adapters::git;
use crate::error::{Error, Explain, Result};
use crate::template::{Answers, RenderedFile, Template, render, rendered_paths};
use crate::webhook::SigningSecret;

/// Holds the signing secret of the developer's machine.
const ENVIRONMENT_FILE: &str = ".env";

/// What was written.
#[derive(Debug, Clone)]
pub struct Scaffold {
    /// The project's folder.
    pub root: PathBuf,
    /// Its files, sorted.
    pub files: Vec<String>,
    /// Whether it is a git repository of its own now.
    pub repository: bool,
}

/// Makes a project in `target`, which must be absent or empty. When this fails nothing is left behind.
pub fn write(template: &Template, answers: &Answers, target: &Path, with_git: bool) -> Result<Scaffold> {
    refuse_occupied(target)?;
    let mut files = render(template, answers)?;
    files.push(environment_file()?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made = first_missing(parent);
    let folder = files::create_folder(parent, Access::Shared);
    let written = folder.and_then(|()| write_beside(&files, parent, target, with_git));
    if let (Err(_), Some(made)) = (&written, made) {
        remove_empty(parent, &made);
    }
    let repository = written?;
    Ok(Scaffold { root: target.to_owned(), files: files.into_iter().map(|file| file.path).collect(), repository })
}

/// Paths of the files that a project of the template begins with, sorted.
pub fn paths(template: &Template) -> Vec<String> {
    let mut paths = rendered_paths(template);
    paths.push(ENVIRONMENT_FILE.to_owned());
    paths.sort();
    paths
}

/// Refuses a target that holds anything, so that nothing is overwritten.
pub fn refuse_occupied(target: &Path) -> Result<()> {
    match fs::read_dir(target) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Error::usage(format!("{} is not empty", target.display())).hint("name a new folder")),
        },
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(cause) => {
            Err(Error::usage(format!("{} cannot be used", target.display())).because(cause).hint("name a new folder"))
        }
    }
}

/// The `.env` file with a fresh signing secret. It is git-ignored and never packed.
fn environment_file() -> Result<RenderedFile> {
    let secret = SigningSecret::generate().or_bug(|| "the system gives no randomness".into())?;
    let text = format!(
        "# Read at start; the environment overrides it. Not for version control.\nPROVENIQ_WEBHOOK_SECRET={}\n",
        secret.expose()
    );
    Ok(RenderedFile { path: ENVIRONMENT_FILE.into(), bytes: text.into_bytes() })
}

fn write_beside(files: &[RenderedFile], parent: &Path, target: &Path, with_git: bool) -> Result<bool> {
    let failed = || format!("cannot write the project to {}", target.display());
    let temporary = tempfile::Builder::new().prefix(".proveniq-init-").tempdir_in(parent).or_usage(failed)?;
    let staging = temporary.path().join("project");
    fs::create_dir(&staging).or_usage(failed)?;
    for file in files {
        let path = staging.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).or_usage(failed)?;
        }
        fs::write(&path, &file.bytes).or_usage(failed)?;
        if file.path == ENVIRONMENT_FILE {
            close_to_others(&path).or_usage(failed)?;
        }
    }
    let repository = with_git && !git::is_inside_work_tree(parent) && git::init(&staging);
    if target.exists() {
        move_entries(&staging, target).or_usage(failed)?;
    } else {
        fs::rename(&staging, target).or_usage(failed)?;
    }
    Ok(repository)
}

/// Moves everything into an empty folder that is there already, which may be somebody's working folder.
fn move_entries(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut moved = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if let Err(cause) = fs::rename(entry.path(), &place) {
            for (place, origin) in moved {
                fs::rename(place, origin)?;
            }
            return Err(cause);
        }
        moved.push((place, entry.path()));
    }
    Ok(())
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Removes the folders that were made on the way, from `lowest` up to `uppermost`, as far as they hold nothing.
fn remove_empty(lowest: &Path, uppermost: &Path) {
    for folder in lowest.ancestors().take_while(|folder| folder.starts_with(uppermost)) {
        // One that was not made yet, or that somebody else uses by now, stays as it is.
        let _ = fs::remove_dir(folder);
    }
}

/// The uppermost folder of `path` that does not exist yet.
fn first_missing(path: &Path) -> Option<PathBuf> {
    path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).last().map(Path::to_owned)
}
