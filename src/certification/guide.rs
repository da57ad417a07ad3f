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
    /// Its lines, without the indentation that all of them have.
    pub lines: Vec<Command>,
}

/// A line of a block, or the lines of one command.
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
    /// It ended the shell, or the shell did not come to its end, and its status was success.
    LeftEarly,
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
        let indentation = |line: &&str| line.len() - line.trim_start_matches(' ').len();
        let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
        let numbered = (fence + 1..).zip(lines);
        let lines = numbered.map(|(line, text)| Command { line, text: text.get(shared..).unwrap_or("").to_owned() });
        Block { path: guide.path.clone(), lines: lines.collect() }
    });
    marked.filter(|block| block.lines.iter().any(Command::does_something)).collect()
}

fn is_marked(info: &str) -> bool {
    let mut words = info.split_whitespace();
    words.next().is_some_and(|shell| SHELLS.contains(&shell)) && words.any(|word| word == "run")
}

impl Command {
    /// Whether it is more than white space and a comment.
    pub fn does_something(&self) -> bool {
        let text = self.text.trim();
        !text.is_empty() && !text.starts_with('#')
    }

    /// Whether the next line belongs to it, by the backslash at its end.
    pub fn goes_on(&self) -> bool {
        self.does_something() && (self.text.len() - self.text.trim_end_matches('\\').len()) % 2 == 1
    }
}

impl Block {
    /// Its commands, by whether the text up to the end of each line is whole. White space and comments between commands are
    /// left out; what is not whole at the end of the block is a command as it stands.
    pub fn commands(&self, whole: &[bool]) -> Vec<Command> {
        let mut commands: Vec<Command> = Vec::new();
        let mut open = false;
        for (line, whole) in self.lines.iter().zip(whole) {
            match commands.last_mut().filter(|_| open) {
                Some(command) => command.text.extend(["\n", &line.text]),
                None if line.does_something() => commands.push(line.clone()),
                None => continue,
            }
            open = !whole || line.goes_on();
        }
        commands
    }
}

/// Judges the commands that were run.
pub(super) fn judge(runs: &[CommandRun]) -> Finished {
    let finding = |run: &CommandRun| {
        let Command { line, text } = &run.command;
        let text = text.lines().next().unwrap_or_default();
        let why = match &run.end {
            CommandEnd::Succeeded => return None,
            CommandEnd::Failed(status, last) if last.is_empty() => format!("failed: {status}"),
            CommandEnd::Failed(status, last) => format!("failed: {status}: {last}"),
            CommandEnd::LeftEarly => "ended the shell with success before the end of the block".to_owned(),
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
        let commands = |block: Block| block.commands(&vec![true; block.lines.len()]);
        let commands: Vec<_> = blocks(&Document::new("docs/setup.md", text)).into_iter().flat_map(commands).collect();
        let due = [(9, "make \\\n  all"), (12, "make test"), (18, "true")];
        assert_eq!(commands, due.map(|(line, text)| Command { line, text: text.to_owned() }));
    }
}
