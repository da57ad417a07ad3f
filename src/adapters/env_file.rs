//! Files of variables, one `NAME=VALUE` a line.

use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};

use super::files::{self, Access};
use crate::error::{Error, Result};

/// Largest file that is changed, in bytes.
const LARGEST: u64 = 1 << 20;

/// Sets a variable in a file that only the user can read from then on; everything else in it stays as it is.
pub fn set(path: &Path, variable: &str, value: &SecretString) -> Result<()> {
    // A link stays one: what it points to is what others read.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(
            Error::usage(format!("there is no folder {}", folder.display())).hint("make it, or name another file")
        );
    }
    let before = files::read_text(&path, LARGEST)?.unwrap_or_default();
    let after = with_variable(&before, variable, value.expose_secret());
    files::write_atomically(&path, after.as_bytes(), Access::Private)
}

/// The file with the variable set once. A value with a space is quoted, so that a shell can read the file too.
fn with_variable(before: &str, variable: &str, value: &str) -> String {
    let quote = if value.contains(' ') { "\"" } else { "" };
    let line = format!("{variable}={quote}{value}{quote}\n");
    let is_it = |line: &str| {
        line.trim_start()
            .trim_start_matches("export ")
            .strip_prefix(variable)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let mut text = String::new();
    let mut set = false;
    for old in before.split_inclusive('\n') {
        if !is_it(old) {
            text.push_str(old);
        } else if !std::mem::replace(&mut set, true) {
            text.push_str(&line);
        }
    }
    if !set {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_set_once_and_the_rest_stays() {
        assert_eq!(with_variable("", "KEY", "x"), "KEY=x\n");
        assert_eq!(with_variable("A=1", "KEY", "x y"), "A=1\nKEY=\"x y\"\n");
        let before = "A=1\nKEY=old\n# KEY=\nexport KEY = x\nB=2\nKEYS=3\n";
        assert_eq!(with_variable(before, "KEY", "x"), "A=1\nKEY=x\n# KEY=\nB=2\nKEYS=3\n");
    }
}
