//! The files below a folder, walked by all processors at once: what git ignores is left out, links are not followed.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use ignore::{WalkBuilder, WalkState};

use super::ignore_files::OddIgnoreFiles;

/// What a walk comes across.
#[derive(Debug)]
pub enum Met {
    /// A file, and what it is opened by.
    File(PathBuf),
    /// Something that cannot be looked at, and why.
    Unreadable(PathBuf, String),
}

/// Walks `root`, which may be a file itself. Each thread makes a visitor of its own; one that returns `false` ends the walk.
///
/// With `ignored`, what git ignores is walked too. git's own folder never is.
pub fn walk<'v, V>(root: &Path, ignored: bool, visitor: impl Fn() -> V)
where
    V: FnMut(Met) -> bool + Send + 'v,
{
    let odd = OddIgnoreFiles::default();
    let met = odd.clone();
    if !ignored && !odd.let_in(root) {
        return tell_odd(&odd, visitor());
    }
    let mut builder = WalkBuilder::new(root);
    builder
        .standard_filters(false)
        .git_ignore(!ignored)
        .git_exclude(!ignored)
        .parents(!ignored)
        .require_git(true)
        .follow_links(false)
        .threads(std::thread::available_parallelism().map_or(2, usize::from).min(16))
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let is_entered = entry.depth() == 0 || entry.file_name() != ".git";
            is_entered && (ignored || !is_folder || met.let_in(entry.path()))
        });
    builder.build_parallel().run(|| {
        let mut visit = visitor();
        let root = root.to_owned();
        Box::new(move |entry| {
            let met = match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => Met::File(entry.into_path()),
                // Of a pipe or a device nothing can be told, and a link leads elsewhere.
                Ok(_) => return WalkState::Continue,
                Err(cause) => unreadable(&root, &cause),
            };
            if visit(met) { WalkState::Continue } else { WalkState::Quit }
        })
    });
    tell_odd(&odd, visitor());
}

/// A folder whose ignore file cannot be read was not entered, which is told.
fn tell_odd(odd: &OddIgnoreFiles, mut visit: impl FnMut(Met) -> bool) {
    for path in odd.take() {
        if !visit(Met::Unreadable(path, "it is no plain file, so that the folder was not searched".to_owned())) {
            return;
        }
    }
}

fn unreadable(root: &Path, cause: &ignore::Error) -> Met {
    let mut inner = cause;
    let mut path = root.to_owned();
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path.clone_from(at);
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            _ => break,
        }
    }
    let why = inner.io_error().map_or_else(|| inner.to_string(), ToString::to_string);
    Met::Unreadable(path, why)
}

/// Opens a file that was met; what has become something else since is not waited for.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags((rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK).bits().cast_signed());
    }
    options.open(path)
}
