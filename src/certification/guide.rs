//! Commands in the setup guide that are marked as run: fenced blocks whose info string is a shell and the word `run`.

use super::checks::SETUP_GUIDES;
use super::documents::Document;
use super::finding::Finding;
use super::finished::Finished;
use crate::package::SourceTree;

/// Shells that a block may name; `sh` runs them all.
const SHELLS: [&str; 3] = ["sh", "shell", "bash"];

/// A block of commands, which share one shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The guide.
    pub path: String,
    /// Its commands, in their order.
    pub commands: Vec<Command>,
}

/// A line of a block; a backslash at the end goes on with the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Line of the guide, from 1.
    pub line: usize,
    /// What is run.
    pub text: String,
}

/// A command that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandRun {
    /// The guide.
    pub path: String,
    /// The command.
    pub command: Command,
    /// How it ended.
    pub end: CommandEnd,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandEnd {
    /// With success.
    Succeeded,
    /// Without success: its status, and the last line that it wrote.
    Failed(String, String),
    /// Not within the limit, in seconds.
    TooLong(u64),
}

/// The blocks of the setup guide that are marked as run; `None` where there is no guide.
pub fn marked_commands(tree: &dyn SourceTree) -> Option<Vec<Block>> {
    let guide = Document::find(tree, SETUP_GUIDES).or_else(|| Document::find(tree, &["README.md"]))?;
    Some(blocks(&guide))
}

fn blocks(guide: &Document) -> Vec<Block> {
    let marked = guide.fenced().filter(|(info, ..)| is_marked(info)).map(|(_, fence, lines)| {
        let mut block = Block { path: guide.path.clone(), commands: Vec::new() };
        for (number, line) in (fence + 1..).zip(lines) {
            add_line(&mut block.commands, number, line.trim());
        }
        block
    });
    marked.filter(|block| !block.commands.is_empty()).collect()
}

fn is_marked(info: &str) -> bool {
    let mut words = info.split_whitespace();
    words.next().is_some_and(|shell| SHELLS.contains(&shell)) && words.any(|word| word == "run")
}

fn add_line(commands: &mut Vec<Command>, line: usize, text: &str) {
    if let Some(open) = commands.last_mut().filter(|command| command.text.ends_with('\\')) {
        open.text.pop();
        open.text.push_str(text);
    } else if !text.is_empty() && !text.starts_with('#') {
        commands.push(Command { line, text: text.to_owned() });
    }
}

/// Judges the commands that were run.
pub(super) fn judge(runs: &[CommandRun]) -> Finished {
    let finding = |run: &CommandRun| {
        let Command { line, text } = &run.command;
        let why = match &run.end {
            CommandEnd::Succeeded => return None,
            CommandEnd::Failed(status, last) if last.is_empty() => format!("failed: {status}"),
            CommandEnd::Failed(status, last) => format!("failed: {status}: {last}"),
            CommandEnd::TooLong(seconds) => format!("did not end within {seconds} s"),
        };
        Some(Finding::at(&run.path, Some(*line), format!("`{text}` {why}")).content(text))
    };
    Finished::from_findings(runs.iter().filter_map(finding).collect(), format!("{} commands run", runs.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marked_blocks_are_run() {
        let text = "# Setup\n\n```sh\nnot this\n```\n\n```sh run\n# a comment\nmake \\\n  all\n\nmake test\n```\n\
                    ~~~python run\nno\n~~~\n  ```bash  run\n  true\n  ```\n";
        let commands: Vec<_> =
            blocks(&Document::new("docs/setup.md", text)).into_iter().flat_map(|block| block.commands).collect();
        let due = [(9, "make all"), (12, "make test"), (18, "true")];
        assert_eq!(commands, due.map(|(line, text)| Command { line, text: text.to_owned() }));
    }
}
