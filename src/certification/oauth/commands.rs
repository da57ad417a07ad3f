//! Programs that are started with verification switched off.

use super::super::source::{Call, Expression, Kind, Piece, Place};
use super::search::Look;
use super::tls;

/// Calls that start programs.
fn starts(call: &Call) -> bool {
    matches!(
        call.method(),
        "exec"
            | "execSync"
            | "execFile"
            | "execFileSync"
            | "spawn"
            | "spawnSync"
            | "execa"
            | "execaSync"
            | "run"
            | "call"
            | "check_call"
            | "check_output"
            | "Popen"
            | "system"
            | "popen"
            | "getoutput"
            | "create_subprocess_exec"
            | "create_subprocess_shell"
            | "arg"
            | "args"
            | "fork"
    ) || call.name == "$"
}

/// Looks at the words of a program that is started.
pub(super) fn ask(look: &mut Look<'_>, call: &Call, place: Place) {
    if !starts(call) {
        return;
    }
    let mut words = Vec::new();
    collect_chain(look, call, place, &mut words);
    if let Some(by) = insecure(&words) {
        tls::disabled(look, place, &by);
    }
}

/// The words of a call and of what it is called on: `Command::new("curl").arg("-k")`.
fn collect_chain(look: &Look<'_>, call: &Call, place: Place, words: &mut Vec<String>) {
    if let Some(Expression { kind: Kind::Call(inner), .. }) = &call.receiver {
        collect_chain(look, inner, place, words);
    } else if let Some((object, _)) = call.name.rsplit_once('.')
        && let Some(Kind::Call(inner)) = look.constants.meanings(object, place).first().map(|value| &value.kind)
        && inner.method() == "new"
    {
        collect_chain(look, inner, place, words);
    }
    for argument in call.positional() {
        collect(look, argument, words);
    }
}

fn collect(look: &Look<'_>, expression: &Expression, words: &mut Vec<String>) {
    for value in look.constants.resolve(expression) {
        match &value.kind {
            Kind::Text(pieces) => {
                let spelled = pieces.iter().map(|piece| match piece {
                    Piece::Literal(text) => text.as_str(),
                    Piece::Hole(_) => "\u{0}",
                });
                words.extend(spelled.collect::<String>().split_whitespace().map(str::to_owned));
            }
            Kind::List(items) => items.iter().for_each(|item| collect(look, item, words)),
            _ => words.push("\u{0}".to_owned()),
        }
    }
}

/// The option by which a program of the command line would not verify.
pub(in crate::certification) fn insecure(words: &[String]) -> Option<String> {
    let mut program = "";
    for word in words {
        let word = word.trim_matches(['"', '\'', ';']);
        let base = word.rsplit('/').next().unwrap_or(word);
        let off = match (program, word) {
            (
                _,
                "NODE_TLS_REJECT_UNAUTHORIZED=0"
                | "PYTHONHTTPSVERIFY=0"
                | "GIT_SSL_NO_VERIFY=1"
                | "GIT_SSL_NO_VERIFY=true",
            )
            | ("curl", "--insecure" | "--proxy-insecure")
            | ("wget", "--no-check-certificate")
            | ("git", "http.sslVerify=false" | "http.sslverify=false")
            | ("npm", "--strict-ssl=false") => true,
            ("curl", word) => is_insecure_cluster(word),
            _ => false,
        };
        if off {
            return Some(format!("{program} {word}").trim().to_owned());
        }
        match base {
            "curl" => program = "curl",
            "wget" => program = "wget",
            "git" => program = "git",
            "npm" | "yarn" | "pnpm" => program = "npm",
            "&&" | "||" | ";" | "|" => program = "",
            _ => {}
        }
    }
    None
}

/// Whether `-k` is among short options of curl that take no value: `-sSk`.
fn is_insecure_cluster(word: &str) -> bool {
    let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.starts_with('-')) else { return false };
    let flags = letters.chars().take_while(|letter| "#0123456afgijklnpqsvBGIJLMNORSVZ".contains(*letter));
    flags.into_iter().any(|letter| letter == 'k')
}
