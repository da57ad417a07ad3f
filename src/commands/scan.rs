//! `scan`: what to search, what was found, what was not searched.

use std::path::Path;

use serde::Serialize;

use crate::adapters::files;
use crate::certification::SUPPRESSIONS_FILE;
use crate::cli::ScanArgs;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::scan::{Config, Scanner, Severity};
use crate::stages::scan_exceptions::{Notice, ScanExceptions, Suppressed};
use crate::stages::scan_history::scan_history;
use crate::stages::scan_staged::{StagedSecret, scan_staged};
use crate::stages::scan_tree::{Placed, Scanned, Skipped, scan_tree};
use crate::ui::{Page, Render, Table, Tone};

/// File with rules of one's own, in the folder that is searched.
const CONFIG: &str = ".gitleaks.toml";
/// Largest such file.
const LARGEST_CONFIG: u64 = 1 << 20;

/// What was found.
#[derive(Serialize)]
pub(super) struct Searched {
    blocking: usize,
    warnings: usize,
    #[serde(flatten)]
    scanned: Scanned,
    /// What the project's suppressions leave out.
    suppressed: Vec<Suppressed<Placed>>,
    /// What is wrong with them.
    notices: Vec<Notice>,
}

/// Searches for secrets.
pub(super) fn run(context: &Context, args: &ScanArgs) -> Result<Searched> {
    let root = context.cwd.join(&args.path);
    let scanner = scanner(&root)?;
    // What is wrong in a file is told before anything is searched.
    let folder = std::path::absolute(&root).unwrap_or_else(|_| root.clone());
    let exceptions = ScanExceptions::find(&folder, context.clock.now())?;
    let result = if args.staged {
        staged(&scanner, context, &root)?
    } else if args.history {
        scan_history(&scanner, &root, &context.interrupt)?
    } else {
        scan_tree(&scanner, &root, args.ignored, &context.interrupt)?
    };
    let searched = settled(args, &scanner, &exceptions, result);
    for Notice { line, message } in &searched.notices {
        context.output.warning(format!("{SUPPRESSIONS_FILE}:{line}: {message}"));
    }
    let files = searched.scanned.files;
    if searched.scanned.findings.is_empty() {
        let what = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        context.output.status("Searched", format!("{what}: no secret"));
    } else if searched.blocking == 0 {
        context
            .output
            .status("Searched", format!("{files} files: nothing stands in the way, but look at the warnings"));
    }
    Ok(searched)
}

/// Leaves out what is suppressed.
fn settled(args: &ScanArgs, scanner: &Scanner, exceptions: &ScanExceptions, mut result: Scanned) -> Searched {
    let (findings, suppressed) = exceptions.part(std::mem::take(&mut result.findings), |placed| &placed.finding);
    // Whether one is used is known where all was searched.
    let all = findings.iter().chain(suppressed.iter().map(|it| &it.found)).map(|placed| &placed.finding);
    let is_whole = !args.staged && !args.history && result.skipped.is_empty();
    let notices = exceptions.notices(scanner, is_whole.then(|| all.collect::<Vec<_>>()).as_deref());
    result.findings = findings;
    let (blocking, warnings) = (result.count(Severity::Block), result.count(Severity::Warn));
    Searched { blocking, warnings, scanned: result, suppressed, notices }
}

/// The scanner with the rules of the folder's own.
fn scanner(root: &Path) -> Result<Scanner> {
    let text = if root.is_dir() { files::read_text(&root.join(CONFIG), LARGEST_CONFIG)? } else { None };
    let Some(text) = text else { return Ok(Scanner::new()) };
    let config = Config::parse(&text).map_err(|why| {
        Error::usage(format!("{CONFIG} does not hold: {why}")).hint("see docs/scanning.md for what is read of it")
    })?;
    Ok(Scanner::configured(config))
}

fn staged(scanner: &Scanner, context: &Context, root: &Path) -> Result<Scanned> {
    let scan = scan_staged(scanner, root, Severity::Warn)?;
    if scan.committed_before > 0 {
        context
            .output
            .warning("secrets of these files were committed before: what was ever pushed counts as known to others");
    }
    let skipped = |path| Skipped { path, reason: "it is larger than 16 MiB".into() };
    let placed = |secret: StagedSecret| Placed { path: secret.path, commit: None, finding: secret.finding };
    Ok(Scanned {
        files: scan.files,
        bytes: 0,
        findings: scan.secrets.into_iter().map(placed).collect(),
        skipped: scan.too_large.into_iter().map(skipped).collect(),
    })
}

impl Render for Searched {
    fn schema(&self) -> &'static str {
        "proveniq.scan/1"
    }

    fn human(&self, page: &mut Page) {
        let mut table = Table::bare();
        for Placed { path, commit, finding } in &self.scanned.findings {
            let (tone, severity) = match finding.severity {
                Severity::Block => (Tone::Bad, "block"),
                Severity::Warn => (Tone::Warn, "warn"),
            };
            let commit =
                commit.as_deref().map(|commit| format!("{}:", &commit[..commit.len().min(12)])).unwrap_or_default();
            table.row([
                (tone, severity.to_owned()),
                (Tone::Strong, format!("{commit}{path}:{}:{}", finding.line, finding.column)),
                (Tone::Plain, finding.rule.to_string()),
                (Tone::Plain, finding.description.to_string()),
                (Tone::Dim, format!("fingerprint {}", finding.fingerprint)),
            ]);
        }
        page.block(&table.render());
        for Suppressed { found: Placed { path, finding, .. }, reason } in &self.suppressed {
            page.toned(Tone::Dim, format!("suppressed ({reason}): {path}:{}: {}", finding.line, finding.rule));
        }
        page.lines(
            "not searched: ",
            self.scanned.skipped.iter().map(|skipped| format!("{}: {}", skipped.path, skipped.reason)),
        );
    }

    fn verdict(&self) -> Option<Kind> {
        if self.blocking > 0 {
            return Some(Kind::Negative);
        }
        (!self.scanned.skipped.is_empty()).then_some(Kind::Inconclusive)
    }

    fn hints(&self) -> Vec<String> {
        if self.blocking == 0 {
            return Vec::new();
        }
        vec![
            "take each out, read it from the environment instead, and revoke it: it must count as known to others"
                .into(),
        ]
    }
}
