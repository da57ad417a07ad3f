//! SEC-OAUTH-STATIC.

use std::collections::BTreeSet;

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::oauth::{insecure, search};
use crate::certification::source::{Import, LARGEST, Language, Unread, parse};
use crate::certification::sources::{imported, is_run, is_test};
use crate::certification::tier::Tier;
use crate::manifest::FILE_NAME;
use crate::verdict::Verdict;

pub(super) const CHECK: Check = Check {
    id: "SEC-OAUTH-STATIC",
    area: Area::Security,
    tier: Tier::Verified,
    kind: Kind::Static,
    proves: "the code uses no implicit or password grant, no token in a URL, no wildcard redirect, and verifies TLS",
    mend: "use the authorization code grant with PKCE, send tokens in the Authorization header, name redirects in full, and \
           let certificates be verified",
    anchor: "oauth",
    revision: 4,
    run,
};

/// Where the scripts of a Node project are.
const PACKAGE: &str = "package.json";

/// What became of the sources.
#[derive(Default)]
struct Seen {
    read: usize,
    /// Sources that are written in a language that is not read.
    foreign: Vec<String>,
    /// Sources that could not be read to their end, and why.
    unread: Vec<String>,
    findings: Vec<Finding>,
}

fn run(subject: &Subject<'_>) -> Finished {
    let mut seen = Seen::default();
    let mut shipped = Vec::new();
    let mut tests = BTreeSet::new();
    for file in subject.tree.files() {
        let path = file.path.as_str();
        match Language::of(path) {
            Some(_) if is_test(path) && !is_run(subject.manifest, path) => drop(tests.insert(path)),
            Some(language) => shipped.push((path, language)),
            None if Language::is_unread(path) => seen.foreign.push(path.to_owned()),
            None => {}
        }
    }
    // What a source takes in is part of it, whatever it is called.
    while let Some((path, language)) = shipped.pop() {
        for import in seen.look(subject, language, path) {
            for taken in imported(&import, (path, language), &tests) {
                tests.remove(taken);
                shipped.extend(Language::of(taken).map(|language| (taken, language)));
            }
        }
    }
    seen.findings.extend(of_commands(subject));
    seen.finish()
}

/// Commands of `[run]` and of package.json that switch verification off.
fn of_commands(subject: &Subject<'_>) -> Vec<Finding> {
    let run = subject.manifest.run.iter().flat_map(|run| run.build.iter().chain([&run.command]));
    let run = run.map(|words| (FILE_NAME, words.clone()));
    let package = subject.tree.read(PACKAGE, LARGEST).ok();
    let package: Option<serde_json::Value> = package.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let scripts = package.as_ref().and_then(|package| package.get("scripts")?.as_object());
    let scripts = scripts.into_iter().flat_map(|scripts| scripts.values().filter_map(serde_json::Value::as_str));
    let scripts = scripts.map(|script| (PACKAGE, script.split_whitespace().map(str::to_owned).collect::<Vec<_>>()));
    let found = run.chain(scripts).filter_map(|(path, words)| Some((path, insecure(&words)?)));
    let finding = |(path, by): (&str, String)| {
        let message = format!("a command switches the verification of TLS certificates off, by {by}");
        Finding::at(path, None, message).rule("tls-verification")
    };
    found.map(finding).collect()
}

impl Seen {
    /// Looks at a source; gives what it takes from other files.
    fn look(&mut self, subject: &Subject<'_>, language: Language, path: &str) -> Vec<Import> {
        let bytes = match subject.tree.read(path, LARGEST) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == std::io::ErrorKind::FileTooLarge => {
                return self.leave(format!("{path} has more than {LARGEST} bytes"));
            }
            Err(cause) => return self.leave(format!("{path} cannot be read: {cause}")),
        };
        let parsed = match parse(language, &bytes) {
            Ok(parsed) => parsed,
            Err(Unread::TooSlow) => return self.leave(format!("{path} takes too long to parse")),
            Err(Unread::NoGrammar) => return self.leave(format!("{path} has no grammar")),
        };
        self.read += 1;
        self.findings.extend(search(&parsed).into_iter().map(|fault| {
            // Whoever accepts one statement does not accept the next one in the same file.
            let statement = parsed.statement(&bytes, fault.place);
            let content = format!("{path}\0{}\0{}\0{statement}", fault.rule, fault.message);
            Finding::at(path, Some(fault.place.line), fault.message)
                .column(fault.place.column)
                .rule(fault.rule)
                .content(&content)
        }));
        if let Some(line) = parsed.too_deep {
            self.unread.push(format!("{path} is nested too deeply at line {line}"));
        }
        if let Some(line) = parsed.lost {
            self.unread
                .push(format!("{path} has a syntax error at line {line}, and what follows it is not understood"));
        }
        if let Some(line) = parsed.error {
            let message = "has a syntax error here; what is around it may not have been seen";
            self.findings.push(Finding::at(path, Some(line), message).rule("syntax").warning());
        }
        parsed.imports
    }

    /// Notes why a source was not read.
    fn leave(&mut self, why: String) -> Vec<Import> {
        self.unread.push(why);
        Vec::new()
    }

    fn finish(mut self) -> Finished {
        let foreign = self.foreign.first();
        if let (0, None, []) = (self.read, foreign, &*self.unread) {
            return Finished::not_applicable("there is no source code");
        }
        if let (0, Some(path), []) = (self.read, foreign, &*self.unread) {
            let why = format!("the sources are in a language that is not read, such as {path}");
            return Finished::with(Verdict::NotRun, why);
        }
        let foreign = self.foreign.iter();
        self.findings.extend(
            foreign.map(|path| Finding::at(path, None, "is in a language that is not read").rule("language").warning()),
        );
        let finished = Finished::from_findings(self.findings, format!("{} sources", self.read));
        let Some(first) = self.unread.first() else { return finished };
        let more = self.unread.len() - 1;
        let others = if more == 0 { String::new() } else { format!(", and {more} more") };
        finished.otherwise(Verdict::Inconclusive, format!("{first}{others}"))
    }
}
