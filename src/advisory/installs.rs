//! What is installed by other means than lockfiles that are read here: by commands, and from other registries.

use super::lockfile;

/// Files that name packages which are not looked up here, and what must stand in them for that; empty where their being
/// there is enough.
const ELSEWHERE: &[(&str, &str)] = &[
    ("setup.py", "install_requires"),
    ("setup.cfg", "install_requires"),
    ("environment.yml", ""),
    ("environment.yaml", ""),
    ("conda-lock.yml", ""),
    ("deno.lock", ""),
    ("bun.lockb", ""),
    ("go.mod", "require"),
    ("Gemfile", ""),
    ("Gemfile.lock", ""),
    ("composer.json", "\"require\""),
    ("composer.lock", ""),
    ("pom.xml", "<dependency>"),
    ("build.gradle", "implementation"),
    ("build.gradle.kts", "implementation"),
    ("mix.lock", ""),
];

/// What a file must hold to name packages that are not looked up here; `None` for any other file.
pub(super) fn elsewhere(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    ELSEWHERE.iter().find(|(known, _)| *known == name).map(|(_, mark)| *mark)
}

/// What a command installs that no lockfile names; `None` where it installs nothing so.
pub fn installed_by(words: &[String]) -> Option<String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let program = words.first()?.rsplit('/').next()?;
    let (program, rest) = match (program, words.get(1..)?) {
        (python, ["-m", "pip", rest @ ..]) if python.starts_with("python") => ("pip", rest),
        ("uv", ["pip", rest @ ..]) => ("pip", rest),
        other => other,
    };
    let rest = match (program, rest) {
        ("pip" | "pip3", rest) => return of_pip(rest),
        ("npx" | "bunx" | "pipx" | "uvx", rest) => rest,
        (program, [verb, rest @ ..]) if adds(program, verb) => rest,
        _ => return None,
    };
    rest.iter().find(|word| is_name(word)).map(|word| (*word).to_owned())
}

/// Whether a verb of a program installs what it names.
fn adds(program: &str, verb: &str) -> bool {
    let verbs: &[&str] = match program {
        "npm" | "pnpm" | "bun" => &["install", "i", "add", "exec", "dlx", "x"],
        "yarn" => &["add", "dlx"],
        "cargo" | "gem" => &["install"],
        "go" => &["get", "install"],
        _ => &[],
    };
    verbs.contains(&verb)
}

fn of_pip(words: &[&str]) -> Option<String> {
    let ["install", rest @ ..] = words else { return None };
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let list = match *word {
            "-r" | "--requirement" | "-c" | "--constraint" => rest.next().copied(),
            word => {
                word.strip_prefix("--requirement=").or_else(|| word.strip_prefix("-r").filter(|file| !file.is_empty()))
            }
        };
        match list {
            Some(file) if lockfile::form(file.trim_start_matches("./")).is_none() => return Some(file.to_owned()),
            None if is_name(word) => return Some((*word).to_owned()),
            _ => {}
        }
    }
    None
}

/// Whether a word names a package of a registry, and no option or folder.
fn is_name(word: &str) -> bool {
    !word.starts_with('-') && !word.starts_with('.') && !word.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::installed_by;

    #[test]
    fn what_no_lockfile_names_is_seen_in_commands() {
        let of = |command: &str| installed_by(&command.split(' ').map(str::to_owned).collect::<Vec<_>>());
        for command in [
            "pip install requests==2.19.0",
            ".venv/bin/pip install -q flask",
            "python3 -m pip install --upgrade fastapi",
            "uv pip install -r deps.list",
            "npm install lodash@4.17.20",
            "npm i --no-save lodash",
            "npx tsx src/main.ts",
            "yarn add left-pad",
            "cargo install thing",
            "go install example.test/thing@latest",
        ] {
            assert!(of(command).is_some(), "{command}");
        }
        for command in [
            "npm ci",
            "npm install",
            "npm install --no-audit",
            "npm run build",
            "npm start",
            "pip install -r requirements.txt",
            "pip install -r ./requirements.txt -e .",
            "pip install .",
            "python3 handler.py",
            "cargo build --release --locked",
            "uv sync --locked",
            "node dist/main.js",
        ] {
            assert_eq!(of(command), None, "{command}");
        }
    }
}
