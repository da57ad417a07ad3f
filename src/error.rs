//! The error of the whole program: a kind that decides the exit code, a message, its causes, and hints that say what to
//! do next. Nothing here prints; `ui` renders an [`Error`] for people or as JSON.

use std::fmt;

use serde::Serialize;

/// The crate's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of end a command came to. Decides the exit code; the table is part of the command line's contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The command ran, and the answer is no (exit code 1).
    Negative,
    /// Bad usage or bad input: flags, manifest, template, files (exit code 2).
    Usage,
    /// Not authenticated or not allowed (exit code 3).
    Auth,
    /// The marketplace or the endpoint could not be reached, or kept failing (exit code 4).
    Unreachable,
    /// The version exists with other content, or something changed at the same time (exit code 5).
    Conflict,
    /// No failure, but something asked for is inconclusive or could not be run (exit code 6).
    Inconclusive,
    /// A bug in proveniq (exit code 70).
    Bug,
    /// Interrupted by the user or the system (exit code 130).
    Interrupted,
}

impl Kind {
    /// All kinds, by exit code.
    pub const ALL: [Kind; 8] = [
        Kind::Negative,
        Kind::Usage,
        Kind::Auth,
        Kind::Unreachable,
        Kind::Conflict,
        Kind::Inconclusive,
        Kind::Bug,
        Kind::Interrupted,
    ];

    /// Returns the process exit code of this kind.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Negative => 1,
            Kind::Usage => 2,
            Kind::Auth => 3,
            Kind::Unreachable => 4,
            Kind::Conflict => 5,
            Kind::Inconclusive => 6,
            Kind::Bug => 70,
            Kind::Interrupted => 130,
        }
    }
}

/// One problem at one place of an input file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// File as the user named it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// A failure: what is wrong, why, and what to do next.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    message: String,
    causes: Vec<String>,
    hints: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    log: Option<String>,
}

impl Error {
    /// Makes an error of `kind` with a one-line message.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            kind,
            message: message.into(),
            causes: Vec::new(),
            hints: Vec::new(),
            diagnostics: Vec::new(),
            log: None,
        }))
    }

    /// Bad usage or bad input.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(Kind::Usage, message)
    }

    /// Not authenticated or not allowed.
    pub fn auth(message: impl Into<String>) -> Self {
        Error::new(Kind::Auth, message)
    }

    /// A peer could not be reached or kept failing.
    pub fn unreachable(message: impl Into<String>) -> Self {
        Error::new(Kind::Unreachable, message)
    }

    /// Something else is there already, or changed at the same time.
    pub fn conflict(message: impl Into<String>) -> Self {
        Error::new(Kind::Conflict, message)
    }

    /// A state that only a bug in proveniq can bring about.
    pub fn bug(message: impl Into<String>) -> Self {
        Error::new(Kind::Bug, message).hint("this is a bug in proveniq: please report it with the command you ran")
    }

    /// Interrupted by the user or the system.
    pub fn interrupted() -> Self {
        Error::new(Kind::Interrupted, "interrupted")
    }

    /// Adds what the user can do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hints.push(hint.into());
        self
    }

    /// Adds the cause and its own causes, outermost first; a full disk comes with what to do about it.
    #[must_use]
    pub fn because(mut self, cause: impl std::error::Error + 'static) -> Self {
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&cause);
        while let Some(error) = next {
            let io = error.downcast_ref::<std::io::Error>();
            if io.is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
                self = self.hint("the disk is full: make room and run the command again");
            }
            let text = error.to_string();
            // Many libraries repeat their source in their own message; saying it once is enough.
            if !self.0.causes.iter().any(|seen| seen.contains(&text)) {
                self.0.causes.push(text);
            }
            next = error.source();
        }
        self
    }

    /// Adds problems at places of input files.
    #[must_use]
    pub fn with_diagnostics(mut self, diagnostics: Vec<Diagnostic>) -> Self {
        self.0.diagnostics = diagnostics;
        self
    }

    /// Adds the kept output of a process that failed.
    #[must_use]
    pub fn with_log(mut self, log: impl Into<String>) -> Self {
        self.0.log = Some(log.into()).filter(|text| !text.trim().is_empty());
        self
    }

    /// The kind, which decides the exit code.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Why, outermost cause first.
    pub fn causes(&self) -> &[String] {
        &self.0.causes
    }

    /// What to do next.
    pub fn hints(&self) -> &[String] {
        &self.0.hints
    }

    /// Problems at places of input files, sorted as the files are read.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0.diagnostics
    }

    /// The kept output of a process that failed.
    pub fn log(&self) -> Option<&str> {
        self.0.log.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        self.0.causes.iter().try_for_each(|cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for Error {}

/// Turns a library's error into ours with one message that says what could not be done.
pub trait Explain<T> {
    /// Bad input or a file that cannot be used (exit code 2), with the library's error as cause.
    fn or_usage(self, message: impl FnOnce() -> String) -> Result<T>;
    /// A peer that cannot be reached (exit code 4), with the library's error as cause.
    fn or_unreachable(self, message: impl FnOnce() -> String) -> Result<T>;
    /// A bug in proveniq (exit code 70), with the library's error as cause.
    fn or_bug(self, message: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: std::error::Error + 'static> Explain<T> for std::result::Result<T, E> {
    fn or_usage(self, message: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| Error::usage(message()).because(cause))
    }

    fn or_unreachable(self, message: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| Error::unreachable(message()).because(cause))
    }

    fn or_bug(self, message: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| Error::bug(message()).because(cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_listed_once_outermost_first() {
        let io = std::io::Error::new(std::io::ErrorKind::NotFound, "no such file");
        let error = Error::usage("cannot read proveniq.toml").because(io).hint("create it");
        assert_eq!(error.causes(), ["no such file"]);
        assert_eq!(error.to_string(), "cannot read proveniq.toml: no such file");
        assert_eq!(error.kind().exit_code(), 2);
    }
}
