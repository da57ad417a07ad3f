//! `advisories`: fetches what `certify` looks dependencies up in.

use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use crate::adapters::advisories::{AdvisoryCache, CacheState, PUBLIC};
use crate::advisory::Ecosystem;
use crate::cli::{AdvisoriesCommand, EcosystemArg, UpdateArgs};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::stages::advisories::fetch;
use crate::ui::{Page, Render, Table, Tone};

/// What in an address stands for the name of an ecosystem.
const PLACEHOLDER: &str = "{ecosystem}";

/// The cache after an update.
#[derive(Serialize)]
pub(super) struct Updated {
    folder: String,
    ecosystems: Vec<UpdatedEcosystem>,
}

#[derive(Serialize)]
struct UpdatedEcosystem {
    ecosystem: Ecosystem,
    /// Whether something else than before was fetched.
    changed: bool,
    #[serde(flatten)]
    state: CacheState,
}

/// Runs a command about advisories.
pub(super) async fn run(context: &Context, command: AdvisoriesCommand) -> Result<Updated> {
    match command {
        AdvisoriesCommand::Update(args) => update(context, args).await,
    }
}

/// Fetches the archives of the ecosystems one after the other; each counts from its own end on.
async fn update(context: &Context, args: UpdateArgs) -> Result<Updated> {
    let cache = AdvisoryCache::new(&context.dirs.advisories());
    let template = args.from.map_or_else(|| context.config().map(|config| config.advisories), |from| Ok(Some(from)))?;
    let template = template.as_deref().unwrap_or(PUBLIC);
    let chosen: Vec<Ecosystem> = args.ecosystems.into_iter().map(Ecosystem::from).collect();
    let wanted = Ecosystem::ALL.iter().filter(|ecosystem| chosen.is_empty() || chosen.contains(ecosystem));
    let archives =
        wanted.map(|ecosystem| Ok((*ecosystem, address(template, *ecosystem)?))).collect::<Result<Vec<_>>>()?;
    let several = archives.iter().skip(1).any(|(_, url)| *url == archives[0].1);
    if several {
        return Err(Error::usage(format!("{template} is one address for several ecosystems"))
            .hint(format!("write {PLACEHOLDER} where its name belongs, or choose one with --ecosystem")));
    }
    let mut ecosystems = Vec::new();
    for (ecosystem, url) in archives {
        let fetched = fetch(&cache, ecosystem, &url, context.clock.now(), &context.output).await?;
        ecosystems.push(UpdatedEcosystem { ecosystem, changed: fetched.changed, state: fetched.state });
    }
    Ok(Updated { folder: cache.folder().display().to_string(), ecosystems })
}

fn address(template: &str, ecosystem: Ecosystem) -> Result<Url> {
    let url = Url::parse(&template.replace(PLACEHOLDER, ecosystem.as_str()))
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let unfit = |why: &str| {
        Error::usage(format!("advisories cannot be fetched from an address that {why}"))
            .hint(format!("name one such as {PUBLIC}"))
    };
    let url = url.ok_or_else(|| unfit("is no http or https URL"))?;
    // It is shown, and kept beside what was fetched.
    if url.password().is_some() || !url.username().is_empty() {
        return Err(unfit("holds a name or a password"));
    }
    Ok(url)
}

impl From<EcosystemArg> for Ecosystem {
    fn from(ecosystem: EcosystemArg) -> Self {
        match ecosystem {
            EcosystemArg::Npm => Ecosystem::Npm,
            EcosystemArg::Pypi => Ecosystem::PyPi,
            EcosystemArg::Cargo => Ecosystem::Cargo,
        }
    }
}

impl Render for Updated {
    fn schema(&self) -> &'static str {
        "proveniq.advisories-update/1"
    }

    fn human(&self, page: &mut Page) {
        let mut table = Table::new(&["ECOSYSTEM", "ADVISORIES", "NEWEST", "SINCE LAST TIME"]);
        let day = |time: Timestamp| time.strftime("%Y-%m-%d").to_string();
        for updated in &self.ecosystems {
            let changed = if updated.changed { "fetched anew" } else { "unchanged" };
            table.row([
                (Tone::Strong, updated.ecosystem.to_string()),
                (Tone::Plain, updated.state.advisories.to_string()),
                (Tone::Plain, updated.state.newest.map_or("-".to_owned(), day)),
                (Tone::Plain, changed.to_owned()),
            ]);
        }
        page.block(&table.render());
        for updated in self.ecosystems.iter().filter(|updated| updated.state.unreadable_count > 0) {
            let state = &updated.state;
            let title = format!("{} of {} cannot be read:", state.unreadable_count, updated.ecosystem);
            page.gap().toned(Tone::Warn, title);
            page.lines("  ", &state.unreadable);
        }
    }
}
