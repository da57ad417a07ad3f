//! Evidence from the setup guide: its marked commands, run on a copy of what would be shipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use super::audit_copy::copy_tree;
use super::{Ground, settled};
use crate::adapters::process::{Job, Supervised};
use crate::certification::{Block, CommandEnd, CommandRun, Gathered, marked_commands};
use crate::error::{Explain, Result};

/// Time that one block may take.
const LIMIT: Duration = Duration::from_mins(1);
/// Longest last line of output that is repeated, in characters.
const LONGEST: usize = 200;
/// Most blocks that are run.
const MOST: usize = 20;
/// Most lines of a block.
const MOST_LINES: usize = 200;

/// Runs the marked commands of the setup guide, block by block.
pub(super) async fn run(ground: &Ground<'_>) -> Result<Gathered<Vec<CommandRun>>> {
    let Some(blocks) = marked_commands(ground.tree) else {
        return Ok(Gathered::NotApplicable("there is no setup guide".into()));
    };
    if blocks.is_empty() {
        return Ok(Gathered::NotApplicable("no command of the setup guide is marked as run".into()));
    }
    if blocks.len() > MOST {
        return Ok(Gathered::Inconclusive(format!("{} blocks are marked as run; {MOST} at most are", blocks.len())));
    }
    if blocks.iter().any(|block| block.lines.len() > MOST_LINES) {
        return Ok(Gathered::Inconclusive(format!("a block has more than {MOST_LINES} lines")));
    }
    settled(run_blocks(ground, &blocks).await)
}

async fn run_blocks(ground: &Ground<'_>, blocks: &[Block]) -> Result<Vec<CommandRun>> {
    let folder = tempfile::Builder::new().prefix("proveniq-guide-").tempdir_in(ground.temporary);
    let folder = folder.or_usage(|| "cannot make a temporary folder".into())?;
    let project = folder.path().join("project");
    copy_tree(ground.tree, &project).or_usage(|| "cannot copy the files of the package".into())?;
    let mut runs = Vec::new();
    for block in blocks {
        let ran = run_block(ground, block, folder.path(), &project).await?;
        let failed = ran.iter().any(|run| run.end != CommandEnd::Succeeded);
        runs.extend(ran);
        if failed {
            // What follows rests on it.
            break;
        }
    }
    Ok(runs)
}

/// Tells of each line of a block whether the text up to its end is whole, as the shell reads it: it can be parsed, and a
/// parenthesis behind it cannot, as it could within a here-document.
async fn whole_lines(ground: &Ground<'_>, block: &Block, folder: &Path) -> Result<Vec<bool>> {
    const PARSE: &str = "n=0; while test -e \"$1/$n.a\"; do \
                         if sh -n \"$1/$n.a\" && ! sh -n \"$1/$n.b\"; then : > \"$1/$n.whole\"; fi; n=$((n+1)); done 2>/dev/null";
    let parts =
        tempfile::Builder::new().prefix("parts-").tempdir_in(folder).or_usage(|| "cannot make a folder".into())?;
    let mut text = String::new();
    for (number, line) in block.lines.iter().enumerate() {
        text.push_str(&line.text);
        text.push('\n');
        for (name, content) in [("a", text.clone()), ("b", format!("{text})\n"))] {
            fs::write(parts.path().join(format!("{number}.{name}")), content)
                .or_usage(|| "cannot write a script".into())?;
        }
    }
    let place = parts.path().to_string_lossy().into_owned();
    let words = ["sh", "-c", PARSE, "sh", &place].map(str::to_owned);
    let job = Job { words: &words, folder, environment: BTreeMap::new() };
    let mut process = Supervised::start(ground.launch.program, &job)?;
    process.wait(LIMIT).await;
    Ok((0..block.lines.len()).map(|number| parts.path().join(format!("{number}.whole")).exists()).collect())
}

/// Runs a block in one shell, which writes down the number of each command before it runs it, and in the end that it came
/// to the end. A command before may have told the shell to go on after failures: that holds for no other command.
async fn run_block(ground: &Ground<'_>, block: &Block, folder: &Path, project: &Path) -> Result<Vec<CommandRun>> {
    let (script, reached) = (folder.join("block.sh"), folder.join("reached"));
    let commands = block.commands(&whole_lines(ground, block, folder).await?);
    let begun =
        |(number, text): (usize, &str)| format!("set -e; echo {number} > \"$PROVENIQ_GUIDE_REACHED\"\n{text}\n");
    // Behind the last command stands nothing that runs but the mark of the end.
    let texts = commands.iter().map(|command| command.text.as_str()).chain([""]).enumerate();
    let lines: String = texts.map(begun).collect();
    fs::write(&script, lines).or_usage(|| "cannot write a script".into())?;
    fs::write(&reached, "0").or_usage(|| "cannot write beside a script".into())?;
    let words = ["sh".to_owned(), script.to_string_lossy().into_owned()];
    let place = reached.to_string_lossy().into_owned();
    let environment = BTreeMap::from([("PROVENIQ_GUIDE_REACHED".to_owned(), place)]);
    let job = Job { words: &words, folder: project, environment };
    let mut process = Supervised::start(ground.launch.program, &job)?;
    let status = process.wait(LIMIT).await;
    let at: usize = fs::read_to_string(&reached).ok().and_then(|text| text.trim().parse().ok()).unwrap_or_default();
    let end = match status {
        Some(status) if status.success() && at >= commands.len() => CommandEnd::Succeeded,
        Some(status) if status.success() => CommandEnd::LeftEarly,
        Some(status) => CommandEnd::Failed(status.to_string(), process.last_line(LONGEST).await),
        None => CommandEnd::TooLong(LIMIT.as_secs()),
    };
    drop(process);
    // What a command left to run at the end of the shell failed there: that is the last command's.
    let at = if end == CommandEnd::Succeeded { at } else { at.min(commands.len().saturating_sub(1)) };
    let run = |(number, command): (usize, &crate::certification::Command)| {
        let end = if number < at { CommandEnd::Succeeded } else { end.clone() };
        CommandRun { path: block.path.clone(), command: command.clone(), end }
    };
    Ok(commands.iter().enumerate().take(at + 1).map(run).collect())
}
