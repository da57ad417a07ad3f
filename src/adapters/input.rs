//! Input that the user names: a file, or standard input as `-`. Bounded in size.

use std::fs::File;
use std::io::{IsTerminal as _, Read};
use std::path::Path;

use crate::error::{Error, Explain, Result};

/// Reads `name`, a path below `folder` or `-` for standard input; more than `most` bytes are an error.
pub fn read(folder: &Path, name: &str, most: usize) -> Result<Vec<u8>> {
    if name != "-" {
        let failed = || format!("cannot read {name}");
        return bounded(File::open(folder.join(name)).or_usage(failed)?, name, most);
    }
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Err(Error::usage("standard input is a terminal").hint("pipe the input, or name a file"));
    }
    bounded(stdin.lock(), "standard input", most)
}

/// Reads what `@FILE` or `-` names; a file is a path below `folder`.
pub fn read_named(folder: &Path, source: &str, most: usize) -> Result<Vec<u8>> {
    let name = if source == "-" { Some(source) } else { source.strip_prefix('@') };
    let name = name.ok_or_else(|| {
        Error::usage(format!("{source:?} names no input")).hint("name a file as @FILE, or give - for standard input")
    })?;
    read(folder, name, most)
}

fn bounded(source: impl Read, name: &str, most: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most as u64 + 1).read_to_end(&mut bytes).or_usage(|| format!("cannot read {name}"))?;
    if bytes.len() > most {
        return Err(Error::usage(format!("{name} is larger than {most} bytes")));
    }
    Ok(bytes)
}
