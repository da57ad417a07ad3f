//! `doctor`: what is installed, what is in use, what is wrong.

use std::time::Duration;

use serde::Serialize;

use crate::adapters::key_index::KeyIndex;
use crate::adapters::project::Project;
use crate::adapters::toolchain::{self, Tool};
use crate::certification::RuleSet;
use crate::context::Context;
use crate::credential::StoreKind;
use crate::error::{Error, Explain as _, Kind, Result};
use crate::stages::rules;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render, Table, Tone, wrapped};

/// Time that a marketplace has to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Time that a credential store has to write an entry, give it back and delete it.
const STORE_PATIENCE: Duration = Duration::from_secs(10);

/// What was found, in one pass.
#[derive(Serialize)]
pub(super) struct Diagnosis {
    version: &'static str,
    rule_set: &'static str,
    checks: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    name: &'static str,
    state: State,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hints: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Good,
    /// Not needed for everything.
    Absent,
    Wrong,
}

/// Looks at everything. The store's probe is all that is written, and it is deleted again.
pub(super) async fn run(context: &Context) -> Diagnosis {
    let environment = &context.environment;
    let mut checks = vec![configuration(context), project(context)];
    let tools = [
        (toolchain::git(environment), "apt install git, or see git-scm.com"),
        (toolchain::node(environment), "the TypeScript templates need Node 20 or later"),
        (toolchain::npm(environment), "the TypeScript templates need npm, which comes with Node"),
        (toolchain::python(environment), "the Python templates need Python 3.11 or later with venv"),
    ];
    checks.extend(tools.map(|(tool, hint)| installed(tool, hint)));
    checks.push(marketplace(context).await);
    checks.push(store(context).await);
    checks.push(credential(context).await);
    Diagnosis { version: env!("CARGO_PKG_VERSION"), rule_set: RuleSet::current().version, checks }
}

/// Bounds a question to the marketplace: a diagnosis must not hang on what it diagnoses.
async fn in_time<T>(question: impl Future<Output = Result<T>>) -> Result<T> {
    let silent = |_| Error::unreachable(format!("the marketplace does not answer within {} s", PATIENCE.as_secs()));
    tokio::time::timeout(PATIENCE, question).await.map_err(silent)?
}

fn good(name: &'static str, detail: impl Into<String>) -> Item {
    Item { name, state: State::Good, detail: detail.into(), hints: Vec::new() }
}

fn wrong(name: &'static str, error: &Error) -> Item {
    let places = error.diagnostics().iter().map(ToString::to_string);
    let hints = places.chain(error.hints().iter().cloned()).collect();
    Item { name, state: State::Wrong, detail: error.to_string(), hints }
}

fn configuration(context: &Context) -> Item {
    let file = context.dirs.config.join("config.toml");
    match context.config().and_then(|_| context.profile()) {
        Err(error) => wrong("configuration", &error),
        Ok(profile) if file.exists() => good("configuration", format!("{}, profile {profile}", file.display())),
        Ok(profile) => good("configuration", format!("defaults, profile {profile} (no {})", file.display())),
    }
}

fn project(context: &Context) -> Item {
    match Project::find_optional(&context.cwd) {
        Err(error) => wrong("project", &error),
        Ok(None) => Item { name: "project", state: State::Absent, detail: "none in this folder".into(), hints: vec![] },
        Ok(Some(project)) => {
            let identity = &project.manifest.integration;
            good("project", format!("{} {} in {}", identity.name, identity.version, project.root.display()))
        }
    }
}

fn installed(tool: Tool, hint: &str) -> Item {
    match (tool.version, tool.usable) {
        (Some(version), true) => good(tool.name, version),
        (Some(version), false) => Item {
            name: tool.name,
            state: State::Absent,
            detail: format!("{version} is too old"),
            hints: vec![hint.into()],
        },
        (None, _) => {
            Item { name: tool.name, state: State::Absent, detail: "not found".into(), hints: vec![hint.into()] }
        }
    }
}

async fn marketplace(context: &Context) -> Item {
    const NAME: &str = "marketplace";
    let session = match session::open(context, Purpose::Public) {
        Ok(session) => session,
        Err(error) if error.kind() == Kind::Unreachable => {
            let hints = error.hints().to_vec();
            return Item { name: NAME, state: State::Absent, detail: error.to_string(), hints };
        }
        Err(error) => return wrong(NAME, &error),
    };
    match in_time(session.client.service()).await {
        Err(error) => wrong(NAME, &error),
        Ok(service) => match rules::agreed(&service) {
            Err(error) => wrong(NAME, &error),
            Ok(rules) => {
                let place = format!("{} (named by {})", session.client.address(), session.source);
                good(NAME, format!("{place}, version {}, rules {}", service.version, rules.version))
            }
        },
    }
}

async fn store(context: &Context) -> Item {
    const NAME: &str = "credential store";
    match probed_store(context).await {
        Ok(kind) => good(NAME, kind.as_str()),
        Err(error) => wrong(NAME, &error),
    }
}

/// Writes, reads and deletes an entry of the store in use. One that hangs is left behind on its thread.
async fn probed_store(context: &Context) -> Result<StoreKind> {
    let kind = context.store_kind(None)?;
    let store = context.credential_store(kind);
    // A person may take as long as they like to type a passphrase.
    store.unlock()?;
    let probe = tokio::task::spawn_blocking(move || store.probe());
    let silent = |_| {
        let seconds = STORE_PATIENCE.as_secs();
        Error::auth(format!("the credential store ({}) did not answer within {seconds} s", kind.as_str()))
            .hint("take another store with --store or PROVENIQ_CREDENTIAL_STORE")
    };
    let probed = tokio::time::timeout(STORE_PATIENCE, probe).await.map_err(silent)?;
    probed.or_bug(|| "the probe broke".into())?.map(|()| kind)
}

async fn credential(context: &Context) -> Item {
    const NAME: &str = "credential";
    match credential_in_use(context).await {
        Ok(Some(detail)) => good(NAME, detail),
        Ok(None) => {
            Item { name: NAME, state: State::Absent, detail: "none: no marketplace is in use".into(), hints: vec![] }
        }
        Err(error) => wrong(NAME, &error),
    }
}

async fn credential_in_use(context: &Context) -> Result<Option<String>> {
    if session::address(context).is_err() {
        return Ok(None);
    }
    let session = session::open(context, Purpose::Work)?;
    let key = in_time(session.client.current_key()).await?;
    let stored = KeyIndex::new(&context.dirs.config).list(&session.profile, &session.client.origin())?.len();
    Ok(Some(format!("{}… {}; {stored} stored", key.prefix, session.credential)))
}

impl Render for Diagnosis {
    fn schema(&self) -> &'static str {
        "proveniq.doctor/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("proveniq {}, rules {}", self.version, self.rule_set));
        let mut table = Table::bare().wrapping();
        for check in &self.checks {
            let (tone, word) = match check.state {
                State::Good => (Tone::Good, "ok"),
                State::Absent => (Tone::Dim, "-"),
                State::Wrong => (Tone::Bad, "WRONG"),
            };
            table.row([(tone, word.into()), (Tone::Strong, check.name.into()), (Tone::Plain, check.detail.clone())]);
        }
        page.block(&table.render());
        for check in self.checks.iter().filter(|check| !check.hints.is_empty()) {
            for hint in &check.hints {
                page.lines("", wrapped(hint.split(' '), &format!("{}: ", check.name), "  "));
            }
        }
    }

    fn verdict(&self) -> Option<Kind> {
        self.checks.iter().any(|check| check.state == State::Wrong).then_some(Kind::Negative)
    }
}
