//! `keys scan-hook`: a git pre-commit hook, and its installation.

use std::path::PathBuf;

use serde::Serialize;

use crate::adapters::git::{Change, PreCommitHook};
use crate::context::Context;
use crate::error::{Explain as _, Kind, Result};
use crate::scan::{Scanner, Severity};
use crate::stages::scan_exceptions::{ScanExceptions, Suppressed};
use crate::stages::scan_staged::{StagedScan, StagedSecret, scan_staged};
use crate::ui::{Page, Render, Table, Tone};

/// What was found in what is staged.
#[derive(Serialize)]
pub(super) struct Searched {
    #[serde(flatten)]
    scan: StagedScan,
    /// What the project's suppressions leave out.
    suppressed: Vec<Suppressed<StagedSecret>>,
}

/// What became of the hook.
#[derive(Serialize)]
pub(super) struct Hooked {
    #[serde(serialize_with = "crate::ui::path_text")]
    path: PathBuf,
    change: Change,
}

/// Searches what is staged for secrets.
pub(super) fn run(context: &Context) -> Result<Searched> {
    let exceptions = ScanExceptions::find(&context.cwd, context.clock.now())?;
    let mut scan = scan_staged(&Scanner::new(), &context.cwd, Severity::Block)?;
    let (secrets, suppressed) = exceptions.part(std::mem::take(&mut scan.secrets), |secret| &secret.finding);
    scan.secrets = secrets;
    for path in &scan.too_large {
        context.output.warning(format!("{path} was not searched: it is larger than 16 MiB"));
    }
    if scan.committed_before > 0 {
        let what = counted(scan.committed_before, "secret of these files was", "secrets of these files were");
        context.output.warning(format!("{what} committed before: what was ever pushed must count as known to others"));
    }
    if scan.secrets.is_empty() {
        let files = counted(scan.files, "staged file", "staged files");
        context.output.status("Searched", format!("{files}: no known secret"));
    }
    Ok(Searched { scan, suppressed })
}

/// Writes the hook.
pub(super) fn install(context: &Context, force: bool) -> Result<Hooked> {
    let hook = PreCommitHook::of(&context.cwd)?;
    // What runs is a link that means something else to every other process.
    let program = std::fs::canonicalize(&context.program).or_usage(|| "cannot find the path of this program".into())?;
    let change = hook.install(&program, force)?;
    Ok(Hooked { path: hook.path().to_owned(), change })
}

/// Takes the hook away.
pub(super) fn uninstall(context: &Context) -> Result<Hooked> {
    let hook = PreCommitHook::of(&context.cwd)?;
    let change = hook.uninstall()?;
    Ok(Hooked { path: hook.path().to_owned(), change })
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

impl Render for Searched {
    fn schema(&self) -> &'static str {
        "proveniq.keys-scan-hook/1"
    }

    fn human(&self, page: &mut Page) {
        if self.scan.secrets.is_empty() {
            return;
        }
        let count = counted(self.scan.secrets.len(), "secret", "secrets");
        page.toned(Tone::Bad, format!("{count} would be committed"));
        let mut table = Table::bare();
        for secret in &self.scan.secrets {
            let finding = &secret.finding;
            table.row([
                (Tone::Strong, format!("{}:{}:{}", secret.path, finding.line, finding.column)),
                (Tone::Plain, finding.rule.to_string()),
                (Tone::Plain, finding.description.to_string()),
                (Tone::Dim, format!("fingerprint {}", finding.fingerprint)),
            ]);
        }
        page.block(&table.render());
    }

    fn verdict(&self) -> Option<Kind> {
        (!self.scan.secrets.is_empty()).then_some(Kind::Negative)
    }

    fn hints(&self) -> Vec<String> {
        if self.scan.secrets.is_empty() {
            return Vec::new();
        }
        vec!["take each out, read it from the environment instead, and `git add` the file again".into()]
    }
}

impl Render for Hooked {
    fn schema(&self) -> &'static str {
        "proveniq.keys-scan-hook-install/1"
    }

    fn human(&self, page: &mut Page) {
        let path = self.path.display();
        page.line(match self.change {
            Change::Installed => format!("commits are searched for secrets from now on: {path}"),
            Change::Unchanged => format!("commits are searched for secrets already: {path}"),
            Change::Removed => format!("commits are no longer searched for secrets: {path} is removed"),
            Change::Absent => format!("there is no hook at {path}"),
        });
    }
}
