//! `logs --audit`.

use serde::Serialize;

use crate::adapters::audit_memory::AuditMemory;
use crate::audit::{Entry, Outcome};
use crate::cli::LogsArgs;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::stages::audit_log;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render, Table, Tone};

/// The audit log, verified.
#[derive(Serialize)]
pub(super) struct Logs {
    marketplace: String,
    verified: bool,
    chains: usize,
    entries_in_all: u64,
    /// What does not hold.
    broken: Vec<String>,
    entries: Vec<Entry>,
}

/// Verifies every chain, against what was seen the last time too, and shows the latest entries.
pub(super) async fn run(context: &Context, args: &LogsArgs) -> Result<Logs> {
    if !args.audit {
        return Err(Error::usage("which log?").hint("--audit shows the audit log; there is no other yet"));
    }
    let session = session::open(context, Purpose::Keys)?;
    let origin = session.client.origin();
    let memory = AuditMemory::new(&context.dirs.state);
    let walked = audit_log::walk(&session.client, &memory.seen(&origin)?, args.limit).await?;
    if walked.broken.is_empty() {
        memory.remember(&origin, walked.heads.clone())?;
    }
    Ok(Logs {
        marketplace: origin,
        verified: walked.broken.is_empty(),
        chains: walked.chains,
        entries_in_all: walked.count,
        broken: walked.broken.iter().map(ToString::to_string).collect(),
        entries: walked.entries,
    })
}

impl Render for Logs {
    fn schema(&self) -> &'static str {
        "proveniq.logs-audit/1"
    }

    fn human(&self, page: &mut Page) {
        let mut table = Table::new(&["WHEN", "ACTION", "OBJECT", "WHO", "FROM"]);
        for entry in &self.entries {
            let (tone, action) = match entry.outcome {
                Outcome::Done => (Tone::Plain, entry.action.clone()),
                Outcome::Refused => {
                    (Tone::Bad, format!("{} refused: {}", entry.action, entry.reason.as_deref().unwrap_or("?")))
                }
            };
            let who = entry.credential.clone().or_else(|| entry.account.clone()).unwrap_or_else(|| "-".into());
            table.row([
                (Tone::Dim, entry.at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
                (tone, action),
                (Tone::Plain, entry.object.clone()),
                (Tone::Plain, who),
                (Tone::Dim, entry.address.clone().unwrap_or_else(|| "-".into())),
            ]);
        }
        page.block(&table.render()).gap();
        let entries = if self.entries_in_all == 1 { "entry" } else { "entries" };
        let chains = if self.chains == 1 { "chain" } else { "chains" };
        let counted = format!("{} {entries} in {} {chains} at {}", self.entries_in_all, self.chains, self.marketplace);
        if self.verified {
            page.toned(Tone::Good, format!("{counted}: every hash holds"));
        } else {
            page.toned(Tone::Bad, format!("{counted}: the log was changed"));
            page.lines("  ", &self.broken);
            page.line("what was verified before a break is shown, what follows it is not shown");
        }
    }

    fn verdict(&self) -> Option<Kind> {
        (!self.verified).then_some(Kind::Negative)
    }
}
