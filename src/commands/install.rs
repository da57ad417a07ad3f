//! `install`.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::adapters::input;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::cli::InstallArgs;
use crate::context::Context;
use crate::credential::Scope;
use crate::error::{Error, Kind, Result};
use crate::manifest::IntegrationName;
use crate::publication::VersionedName;
use crate::stages::lifecycle;
use crate::stages::release::{self, Release};
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render, Tone};
use crate::wire::{Install, Installation, Package};

/// Largest settings that are read, in bytes.
const LARGEST: usize = 1 << 20;

/// An integration that is installed now.
#[derive(Serialize)]
pub(super) struct Installed {
    installation: Installation,
    marketplace: String,
}

/// Shows what the integration asks for, and installs it once that is agreed to.
pub(super) async fn run(context: &Context, args: InstallArgs) -> Result<Installed> {
    let name = IntegrationName::parse(&args.name).map_err(Error::usage)?;
    let settings = settings(context, &args)?;
    let session = session::open(context, Purpose::Keys)?;
    let package = session.client.package(&name).await?;
    let scopes = declared(&package)?;
    let release = verified(context, &session.client, &package).await?;
    if let Some(message) = release.signed.version.deprecation {
        context.output.warning(format!("{name} {} is deprecated: {message}", package.summary.latest));
    }
    consent(context, &package)?;
    let request = Install { integration: name, version: Some(package.summary.latest), scopes, settings };
    let installation = session.client.install(&request).await?;
    Ok(Installed { installation, marketplace: session.client.origin() })
}

/// Fetches the package and refuses what does not verify: its bytes, what its publisher says, what the marketplace says.
async fn verified(context: &Context, client: &MarketplaceClient, package: &Package) -> Result<Release> {
    let latest = &package.summary.latest;
    let version = semver::Version::parse(latest)
        .map_err(|why| Error::unreachable(format!("the marketplace tells of a version {latest:?}: {why}")))?;
    let name = VersionedName { name: package.summary.name.clone(), version };
    let signed = lifecycle::find(client, &name).await?;
    let release = release::fetch(context, client, signed, &context.dirs.temporary).await?;
    let seen = release::verify(context, &release).await?;
    match seen.failure() {
        None => {
            context.output.status("Verified", format!("{name}, sha256:{}", release.signed.version.digest));
            Ok(release)
        }
        Some(why) => Err(Error::new(Kind::Negative, format!("{name} does not verify, and is not installed: {why}"))
            .hint(format!("see all that was looked at with `proveniq verify {name}`"))),
    }
}

fn declared(package: &Package) -> Result<Vec<Scope>> {
    let scopes = package.scopes.iter().map(|scope| Scope::parse(scope));
    scopes.collect::<Result<_, _>>().map_err(|why| {
        Error::usage(format!("{} declares what is no scope here: {why}", package.summary.name))
            .hint("a newer proveniq may know it")
    })
}

/// The person sees what is agreed to, also where `--yes` agrees.
fn consent(context: &Context, package: &Package) -> Result<()> {
    let summary = &package.summary;
    context.output.status("Installing", format!("{} {}: {}", summary.name, summary.latest, summary.title));
    let scopes = if package.scopes.is_empty() { "nothing of your ledger".to_owned() } else { package.scopes.join(" ") };
    context.output.status("Asks for", &scopes);
    context.confirm(&format!("Let {} have {scopes}?", summary.name))
}

/// Settings of a file, then those that were named one by one.
fn settings(context: &Context, args: &InstallArgs) -> Result<Map<String, Value>> {
    let mut settings: Map<String, Value> = match &args.settings {
        None => Map::new(),
        Some(source) => {
            let bytes = input::read_named(&context.cwd, source, LARGEST)?;
            // The parser would repeat a value, and a value could be a secret.
            serde_json::from_slice(&bytes).map_err(|why| {
                let place = format!("line {}, column {}", why.line(), why.column());
                Error::usage(format!("the settings are no JSON object: {place}"))
            })?
        }
    };
    for pair in &args.set {
        let wrong = || {
            Error::usage("a --set sets nothing: it has no name and value")
                .hint("write NAME=VALUE, such as region=north")
        };
        let (name, value) = pair.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(wrong)?;
        // What is no JSON is text.
        settings.insert(name.to_owned(), serde_json::from_str(value).unwrap_or_else(|_| value.into()));
    }
    Ok(settings)
}

impl Render for Installed {
    fn schema(&self) -> &'static str {
        "proveniq.install/1"
    }

    fn human(&self, page: &mut Page) {
        let installation = &self.installation;
        page.toned(Tone::Good, format!("{} {} is installed", installation.integration, installation.version));
        page.field("installation", &installation.id).field("carrier", &installation.carrier_id);
        let scopes: Vec<_> = installation.scopes.iter().map(|scope| scope.as_str()).collect();
        page.field("scopes", if scopes.is_empty() { "none".into() } else { scopes.join(" ") });
        let names: Vec<_> = installation.settings.keys().map(String::as_str).collect();
        page.field("settings", if names.is_empty() { "none".into() } else { names.join(", ") });
        page.field("marketplace", &self.marketplace);
    }

    fn hints(&self) -> Vec<String> {
        vec![format!("end it with `proveniq uninstall {}`", self.installation.integration)]
    }
}
