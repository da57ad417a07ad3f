//! `demo`: the whole loop against an embedded marketplace, in one go.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;
use tempfile::TempDir;

use super::certify::READY;
use crate::adapters::embedded::{Embedded, SandboxBehaviour};
use crate::adapters::files::{self, Access};
use crate::adapters::integration::{self, Launch};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::project::Project;
use crate::adapters::toolchain;
use crate::certification::{Certification, Finding, RuleSet, Tier};
use crate::cli::DemoArgs;
use crate::context::Context;
use crate::credential::ApiKey;
use crate::error::{Error, Explain, Result};
use crate::manifest::{Category, IntegrationName};
use crate::stages::certify::{self, Demand, Given, Ground, Parts};
use crate::stages::exercise::{self, Exercise};
use crate::stages::pack::{self, Package};
use crate::stages::{publish, scaffold};
use crate::template::{self, Answers, Template};
use crate::ui::{Page, Render, Table, Tone};
use crate::verdict::Verdict;
use crate::webhook::{CaseReport, Report};
use crate::wire::{CreateKey, Receipt, Version};

const NAME: &str = "acme/claim-sync";

/// What the demo did, step by step.
#[derive(Serialize)]
pub(super) struct Demonstrated {
    template: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<PathBuf>,
    steps: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    step: &'static str,
    /// What would be typed for it.
    command: String,
    result: String,
    seconds: f64,
    #[serde(flatten)]
    facts: Facts,
}

#[derive(Default, Serialize)]
struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_identical: Option<bool>,
}

/// Where the demo works: a temporary folder, or one that stays.
enum Place {
    Temporary(TempDir),
    Kept(PathBuf),
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Place::Temporary(folder) => folder.path(),
            Place::Kept(path) => path,
        }
    }
}

/// Runs the loop. Whatever happens, the integration and the marketplace are ended and a temporary folder is removed.
pub(super) async fn run(context: &Context, args: DemoArgs) -> Result<Demonstrated> {
    let template = choose_template(context, args.template.as_deref())?;
    let place = make_place(context, args.keep)?;
    let mut demo = Demo { context, root: place.path().to_owned(), steps: Vec::new() };
    let marketplace = demo.start_marketplace().await?;
    let outcome = demo.run_loop(&template, &marketplace).await;
    marketplace.stop().await?;
    outcome?;
    let kept = match place {
        Place::Kept(path) => Some(path),
        Place::Temporary(folder) => {
            folder.close().or_usage(|| "cannot remove the demo's temporary folder".into())?;
            None
        }
    };
    Ok(Demonstrated { template: template.info.name, kept, steps: demo.steps })
}

/// The TypeScript template where Node and npm are there, else the Python one.
fn choose_template(context: &Context, asked: Option<&str>) -> Result<Template> {
    let buildable = |language: &str| toolchain::can_build(&context.environment, language);
    let name = match asked {
        Some(name) => name,
        None if buildable("typescript") => "webhook-typescript",
        None if buildable("python") => "webhook-python",
        None => {
            return Err(Error::usage("neither Node 20 with npm nor Python 3.11 with venv is installed")
                .hint("on Debian: apt install nodejs npm, or apt install python3 python3-venv")
                .hint("`proveniq doctor` tells what is installed"));
        }
    };
    let template = template::find(name)?;
    if asked.is_some() && !buildable(&template.info.language) {
        return Err(Error::usage(format!("the template {name} needs {}", template.info.requires.join(" and ")))
            .hint("`proveniq doctor` tells what is installed"));
    }
    context
        .output
        .status("Template", format!("{} ({} is installed)", template.info.name, template.info.requires.join(", ")));
    Ok(template)
}

fn make_place(context: &Context, keep: Option<PathBuf>) -> Result<Place> {
    let Some(path) = keep else {
        let folder = tempfile::Builder::new().prefix("proveniq-demo-").tempdir_in(&context.dirs.temporary);
        return folder.map(Place::Temporary).or_usage(|| "cannot make a temporary folder".into());
    };
    let path = context.cwd.join(path);
    scaffold::refuse_occupied(&path)?;
    files::create_folder(&path, Access::Shared)?;
    Ok(Place::Kept(path))
}

struct Demo<'a> {
    context: &'a Context,
    root: PathBuf,
    steps: Vec<Step>,
}

impl Demo<'_> {
    async fn run_loop(&mut self, template: &Template, marketplace: &Embedded) -> Result<()> {
        let project = self.scaffold(template)?;
        let client = self.create_key(marketplace).await?;
        let launch = Launch { program: &self.context.program, ready_timeout: READY };
        self.test_webhook(&project, &launch).await?;
        let certification = self.certify(&project, &launch).await?;
        let package = self.publish(&project, &client, &certification).await?;
        self.download(&project, &client, &package).await?;
        self.look_up(&client).await
    }

    async fn start_marketplace(&mut self) -> Result<Embedded> {
        let started = self.begin("sandbox", "an embedded marketplace on a free port");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let marketplace =
            Embedded::start(&self.root.join("marketplace"), address, None, SandboxBehaviour::default()).await?;
        let result = format!("SQLite and a folder, at {}", marketplace.url);
        self.end("sandbox", "proveniq sandbox start --detach", result, started, Facts::default());
        Ok(marketplace)
    }

    fn scaffold(&mut self, template: &Template) -> Result<Project> {
        let name = IntegrationName::parse(NAME).map_err(Error::bug)?;
        let folder = self.root.join(name.name());
        let started = self.begin("init", NAME);
        let title = template::title_of(name.name());
        let answers = Answers {
            summary: "Keeps claims in step with the ledger".into(),
            title,
            category: Category::ClaimsManagement,
            support_email: "support@acme.test".into(),
            year: self.context.clock.now().to_zoned(jiff::tz::TimeZone::UTC).year(),
            name,
        };
        let scaffold = scaffold::write(template, &answers, &folder, true)?;
        let command =
            format!("proveniq init --template {} --name {NAME} --category claims-management", template.info.name);
        self.end("init", &command, format!("{} files", scaffold.files.len()), started, Facts::default());
        Project::find(&folder)
    }

    /// The key is held in memory alone: no store of this machine sees it.
    async fn create_key(&mut self, marketplace: &Embedded) -> Result<MarketplaceClient> {
        let started = self.begin("keys", "a key that never leaves memory");
        let identity = MarketplaceClient::new(&marketplace.url, Some(marketplace.token.clone()))?;
        let created = identity
            .create_key(&CreateKey { name: "demo".into(), scopes: None, expires_in: Some(3600) }, "demo")
            .await?;
        let key = ApiKey::parse(&created.secret).map_err(Error::bug)?;
        let result = format!("{}… with {} scopes", key.prefix(), created.key.scopes.len());
        self.end("keys", "proveniq keys create --name laptop", result, started, Facts::default());
        MarketplaceClient::new(&marketplace.url, Some(key))
    }

    async fn test_webhook(&mut self, project: &Project, launch: &Launch<'_>) -> Result<()> {
        let started = self.begin("test-webhook", "build, start, send signed and forged events");
        integration::build(project, launch).await?;
        let events = exercise::subscribed_events(project);
        let exercise = Exercise::of_suites(events, &exercise::USUAL, std::time::Duration::from_secs(15))?;
        let exercised = exercise::integration(project, launch, &exercise, &*self.context.clock, &mut |_| {}).await?;
        let Report { summary, .. } = &exercised.report;
        let facts = Facts { passed: Some(summary.passed), failed: Some(summary.failed), ..Facts::default() };
        if let Some(kind) = exercised.report.kind() {
            let holds =
                |case: &&CaseReport| matches!(case.verdict, Verdict::Pass | Verdict::Warn | Verdict::NotApplicable);
            let bad: Vec<_> = exercised.report.cases.iter().filter(|case| !holds(case)).collect();
            let error = Error::new(kind, format!("{} cases of test-webhook did not pass", bad.len()))
                .with_log(exercised.output);
            return Err(bad.iter().fold(error, |error, case| error.hint(format!("{}: {}", case.id, case.reason))));
        }
        self.end("test-webhook", "proveniq test-webhook", format!("{} cases passed", summary.passed), started, facts);
        Ok(())
    }

    async fn certify(&mut self, project: &Project, launch: &Launch<'_>) -> Result<Certification> {
        let started = self.begin("certify", "the rules of tier listed");
        let tree = project.tree()?;
        let quiet = self.context.with_verbosity(crate::ui::Verbosity::Quiet);
        let clock = &self.context.clock;
        let ground = Ground {
            project,
            tree: &tree,
            given: &Given::default(),
            launch: *launch,
            temporary: &self.context.dirs.temporary,
            clock,
            output: &quiet.output,
            marketplace: None,
            advisories: &self.context.advisories(None),
            endpoints: &[],
        };
        let demand = Demand {
            tier: Tier::Listed,
            rules: RuleSet::current(),
            build: true,
            dynamic: true,
            parts: Parts::of_tier(Tier::Listed),
            seed: None,
        };
        let certification = certify::project(&ground, &demand).await?;
        if let Some(kind) = certification.kind() {
            let error = Error::new(kind, "tier listed is not reached");
            let findings = certification.checks.iter().flat_map(|check| check.findings.iter().map(Finding::placed));
            return Err(findings.fold(error, Error::hint));
        }
        let passed = certification.checks.len();
        let facts = Facts { passed: Some(passed), failed: Some(0), ..Facts::default() };
        self.end("certify", "proveniq certify --tier listed", format!("{passed} checks hold: listed"), started, facts);
        Ok(certification)
    }

    async fn publish(
        &mut self,
        project: &Project,
        client: &MarketplaceClient,
        certification: &Certification,
    ) -> Result<Package> {
        let started = self.begin("publish", "pack, upload, commit");
        let tree = project.tree()?;
        let mut package = pack::build(project, &tree, &self.root, &self.context.interrupt, &self.context.output)?;
        let plan = publish::plan(client, project, &package).await?;
        let receipt = publish::send(
            client,
            project,
            &mut package,
            &plan,
            &publish::claim(certification, None),
            &self.context.output,
        )
        .await?;
        publish::keep_receipt(&self.root.join("receipts"), client, &receipt)?;
        let result =
            format!("{}, sha256:{}…, receipt {}", receipt.version.status, &receipt.version.digest[..12], receipt.id);
        let facts = Facts { digest: Some(receipt.version.digest.clone()), receipt: Some(receipt), ..Facts::default() };
        self.end("publish", "proveniq publish", result, started, facts);
        Ok(package)
    }

    async fn download(&mut self, project: &Project, client: &MarketplaceClient, package: &Package) -> Result<()> {
        let started = self.begin("download", "the package as the marketplace gives it");
        let identity = &project.manifest.integration;
        let version: Version = client
            .find_version(&identity.name, &identity.version.to_string())
            .await?
            .ok_or_else(|| Error::unreachable("the marketplace does not know what was just published"))?;
        let path = self.root.join(format!("{}-{}.tar.zst", identity.name.name(), identity.version));
        let failed = || "cannot compare the packages".to_owned();
        let mut file =
            File::options().create(true).truncate(true).read(true).write(true).open(&path).or_usage(failed)?;
        client.download(&version, &mut file, |_| ()).await?;
        let same = same_bytes(package.file.as_file(), &file).or_usage(failed)?;
        if !same {
            return Err(Error::unreachable("the downloaded package differs from the packed one"));
        }
        let facts = Facts { digest: Some(version.digest), byte_identical: Some(true), ..Facts::default() };
        self.end(
            "download",
            "proveniq info acme/claim-sync",
            "byte-identical to what was packed".into(),
            started,
            facts,
        );
        Ok(())
    }

    async fn look_up(&mut self, client: &MarketplaceClient) -> Result<()> {
        let started = self.begin("search", "claim");
        let found = client.search(&[("q", "claim".to_owned())]).await?;
        let names: Vec<_> = found.data.iter().map(|result| format!("{} {}", result.name, result.latest)).collect();
        if !found.data.iter().any(|result| result.name.to_string() == NAME) {
            return Err(Error::unreachable("the marketplace does not find what was just published"));
        }
        self.end("search", "proveniq search claim", format!("found {}", names.join(", ")), started, Facts::default());
        Ok(())
    }

    fn begin(&self, step: &'static str, what: &str) -> Instant {
        self.context.output.status(step, what);
        Instant::now()
    }

    fn end(&mut self, step: &'static str, command: &str, result: String, started: Instant, facts: Facts) {
        self.context.output.status("", &result);
        let seconds = started.elapsed().as_secs_f64();
        self.steps.push(Step { step, command: command.to_owned(), result, seconds, facts });
    }
}

fn same_bytes(a: &File, b: &File) -> std::io::Result<bool> {
    let (mut a, mut b) = (a, b);
    let mut contents = [Vec::new(), Vec::new()];
    a.rewind()?;
    b.rewind()?;
    a.read_to_end(&mut contents[0])?;
    b.read_to_end(&mut contents[1])?;
    Ok(contents[0] == contents[1])
}

impl Render for Demonstrated {
    fn schema(&self) -> &'static str {
        "proveniq.demo/1"
    }

    fn human(&self, page: &mut Page) {
        let mut table = Table::new(&["STEP", "SECONDS", "RESULT"]);
        for step in &self.steps {
            table.row([
                (Tone::Good, step.step.to_owned()),
                (Tone::Dim, format!("{:.2}", step.seconds)),
                (Tone::Plain, step.result.clone()),
            ]);
        }
        page.gap().block(&table.render()).gap();
        match &self.kept {
            Some(folder) => page.line(format!("Everything is in {}.", folder.display())),
            None => page.line("Nothing of it is left on this machine. The same by hand:"),
        };
        page.gap();
        page.lines("  ", self.next());
    }
}

impl Demonstrated {
    fn next(&self) -> Vec<String> {
        let template = &self.template;
        match &self.kept {
            Some(folder) => vec![
                format!("cd {}", folder.join("claim-sync").display()),
                "proveniq sandbox start --detach".into(),
                "proveniq test-webhook".into(),
                "proveniq publish".into(),
            ],
            None => vec![
                "proveniq sandbox start --detach".into(),
                format!("proveniq init --template {template} --name {NAME} --category claims-management"),
                "cd claim-sync".into(),
                "proveniq keys create --name laptop".into(),
                "proveniq test-webhook && proveniq certify && proveniq publish".into(),
            ],
        }
    }
}
