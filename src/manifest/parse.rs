//! Text to [`Manifest`], with every problem at its place.

use std::collections::BTreeSet;

use semver::Version;
use url::Url;

use super::types::default_rate;
use super::{
    Category, Integration, IntegrationName, IntegrationType, Manifest, Marketplace, Oauth, PackageRules, Plugin,
    Pricing, PricingModel, ResponseHours, Run, Sla, Support, Upstream, Webhook,
};
use crate::error::Diagnostic;
use crate::event::EventType;
use crate::toml_reader::{self, Table};

/// Parses a manifest; `file` is how the user knows it. The error holds every problem, sorted by place.
pub fn parse(file: &str, text: &str) -> Result<Manifest, Vec<Diagnostic>> {
    toml_reader::read(file, text, manifest)
}

fn manifest(root: &Table<'_>) -> Option<Manifest> {
    // Read all parts before any may end this with `?`, so that one pass reports everything.
    let identity = root.required_table("integration", |table| integration(root, table));
    let support = root.table("support", |table| Some(support(table)));
    let pricing = root.table("pricing", |table| table.required("model", PricingModel::parse));
    let webhook = root.table("webhook", webhook);
    let oauth = root.table("oauth", |table| Some(oauth(table)));
    let plugin = root.table("plugin", |table| Some(Plugin { entry: table.required("entry", relative_path)? }));
    let settings = root.json("settings");
    let run = root.table("run", run);
    let upstream = root.tables("upstream", upstream);
    let package = root.table("package", |table| Some(package(table)));
    let marketplace = root.table("marketplace", |table| Some(Marketplace { url: table.required("url", http_url)? }));
    check_settings(root, settings.as_ref());
    check_upstreams(root, &upstream);
    Some(Manifest {
        integration: identity?,
        support: support.unwrap_or_default(),
        pricing: pricing.map_or_else(Pricing::default, |model| Pricing { model }),
        webhook,
        oauth: oauth.unwrap_or_default(),
        plugin,
        settings,
        run,
        upstream,
        package: package.unwrap_or_default(),
        marketplace,
    })
}

fn integration(root: &Table<'_>, table: &Table<'_>) -> Option<Integration> {
    let name = table.required("name", IntegrationName::parse);
    let title = table.required("title", validate_title);
    let version = table.required("version", semantic_version);
    let kind = table.required("type", IntegrationType::parse);
    let category = table.required("category", Category::parse);
    let summary = table.required("summary", validate_summary);
    let license = table.required("license", |text| line(text, 100));
    let repository = table.optional("repository", https_url);
    if let Some(kind) = kind {
        check_kind(root, kind);
    }
    Some(Integration {
        name: name?,
        title: title?,
        version: version?,
        kind: kind?,
        category: category?,
        summary: summary?,
        license: license?,
        repository,
    })
}

fn support(table: &Table<'_>) -> Support {
    Support {
        email: table.optional("email", validate_email),
        url: table.optional("url", https_url),
        sla: table.table("sla", |sla| {
            let uptime = sla.number("uptime_percent", percent);
            if !sla.has("uptime_percent") {
                sla.report(None, "support.sla.uptime_percent is missing", None);
            }
            let first_response_hours = sla.table("first_response_hours", response_hours);
            Some(Sla { uptime_percent: uptime?, first_response_hours })
        }),
    }
}

fn response_hours(table: &Table<'_>) -> Option<ResponseHours> {
    let mut hours = ["critical", "high", "normal"].map(|severity| {
        if !table.has(severity) {
            table.report(None, format!("support.sla.first_response_hours.{severity} is missing"), None);
        }
        table.number(severity, positive)
    });
    Some(ResponseHours { critical: hours[0].take()?, high: hours[1].take()?, normal: hours[2].take()? })
}

fn webhook(table: &Table<'_>) -> Option<Webhook> {
    let path = table.required("path", absolute_path);
    let events = table.list("events", known_event);
    if !table.has("events") {
        table.report(None, "webhook.events is missing", Some("list the event types that it takes".into()));
    }
    if table.is_empty_list("events") {
        table.report(Some("events"), "webhook.events is empty", Some("list the event types that it takes".into()));
    }
    let distinct: BTreeSet<_> = events.iter().collect();
    if distinct.len() < events.len() {
        table.report(Some("events"), "webhook.events names an event twice", None);
    }
    let rate = table.integer("rate_per_second", |rate| {
        u32::try_from(rate).ok().filter(|rate| (10..=100_000).contains(rate)).ok_or("must be 10 to 100000".to_owned())
    });
    Some(Webhook { path: path?, events, rate_per_second: rate.unwrap_or_else(default_rate) })
}

fn oauth(table: &Table<'_>) -> Oauth {
    Oauth {
        scopes: table.list("scopes", scope),
        redirect_uris: table.list("redirect_uris", redirect_uri),
        start_path: table.optional("start_path", absolute_path),
    }
}

fn run(table: &Table<'_>) -> Option<Run> {
    let build = table.command_line("build");
    let command = table.command_line("command");
    if !table.has("command") {
        table.report(None, "run.command is missing", None);
    }
    let ready = table.optional("ready", absolute_path);
    Some(Run { build, command: command?, ready })
}

fn upstream(table: &Table<'_>) -> Option<Upstream> {
    let name = table.required("name", upstream_name);
    let env = table.required("env", variable_name);
    let openapi = table.optional("openapi", relative_path);
    Some(Upstream { name: name?, env: env?, openapi })
}

/// A name that can stand in the identifier of a test case. The ledger is an upstream by itself.
fn upstream_name(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    match text {
        "ledger" => Err("is the Proveniq Ledger API, which need not be declared".to_owned()),
        _ if text.is_empty() || text.len() > 64 || !text.chars().all(plain) => {
            Err("must be 1 to 64 of a-z, 0-9 and '-'".to_owned())
        }
        _ => Ok(text.to_owned()),
    }
}

fn package(table: &Table<'_>) -> PackageRules {
    PackageRules {
        include: table.list("include", |text| line(text, 512)),
        exclude: table.list("exclude", |text| line(text, 512)),
        reasons: table.map("reasons").into_iter().collect(),
    }
}

fn check_kind(root: &Table<'_>, kind: IntegrationType) {
    let (needed, present) = match kind {
        IntegrationType::Webhook => ("webhook", root.has("webhook")),
        IntegrationType::SdkPlugin => ("plugin", root.has("plugin")),
        IntegrationType::Native => return,
    };
    if !present {
        root.report(Some("integration"), format!("type {kind} needs the table [{needed}]"), None);
    }
}

fn check_settings(root: &Table<'_>, settings: Option<&serde_json::Value>) {
    let kind = settings.map(|schema| schema.get("type").and_then(|kind| kind.as_str()));
    if kind.is_some_and(|kind| kind != Some("object")) {
        root.report(Some("settings"), "settings must be a JSON Schema with type = \"object\"", None);
    }
}

fn check_upstreams(root: &Table<'_>, upstreams: &[Upstream]) {
    for (index, one) in upstreams.iter().enumerate() {
        if upstreams[..index].iter().any(|other| other.name == one.name || other.env == one.env) {
            root.report(Some("upstream"), format!("upstream {} is declared twice", one.name), None);
        }
    }
}

/// Checks a title: one line of 1 to 80 characters.
pub fn validate_title(text: &str) -> Result<String, String> {
    line(text, 80)
}

/// Checks a summary: one line of 1 to 200 characters.
pub fn validate_summary(text: &str) -> Result<String, String> {
    line(text, 200)
}

/// Checks the form of an address: something, `@`, a host.
pub fn validate_email(text: &str) -> Result<String, String> {
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ','));
    match text.rsplit_once('@') {
        Some((local, host))
            if plain && !local.is_empty() && !host.is_empty() && !host.starts_with('.') && text.len() <= 254 =>
        {
            Ok(text.to_owned())
        }
        _ => Err(format!("{text:?} is not an email address")),
    }
}

fn line(text: &str, most: usize) -> Result<String, String> {
    let count = text.chars().count();
    if text.trim().is_empty() {
        Err("is empty".into())
    } else if count > most {
        Err(format!("has {count} characters; {most} are allowed"))
    } else if text.chars().any(char::is_control) {
        Err("must be one line without control characters".into())
    } else {
        Ok(text.to_owned())
    }
}

fn semantic_version(text: &str) -> Result<Version, String> {
    let version = Version::parse(text).map_err(|why| format!("{text:?} is not a semantic version: {why}"))?;
    if text.len() > 128 { Err("has more than 128 characters".into()) } else { Ok(version) }
}

fn known_event(text: &str) -> Result<String, String> {
    EventType::parse(text).map(|event| event.as_str().to_owned()).map_err(|why| {
        let near = toml_reader::nearest(text, EventType::ALL.iter().map(|event| event.as_str()));
        near.map_or(why.clone(), |near| format!("has {text:?}, which is no event type; did you mean {near:?}?"))
    })
}

fn absolute_path(text: &str) -> Result<String, String> {
    let odd = text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#'));
    if !text.starts_with('/') || text.starts_with("//") || odd || text.len() > 2048 {
        return Err(format!("{text:?} is not a path: it must begin with one '/' and hold no space, '?' or '#'"));
    }
    Ok(text.to_owned())
}

fn relative_path(text: &str) -> Result<String, String> {
    let leaves = text.split(['/', '\\']).any(|part| part == "..");
    if text.is_empty() || text.starts_with(['/', '\\']) || leaves {
        return Err(format!("{text:?} is not a path inside the project"));
    }
    Ok(text.to_owned())
}

fn http_url(text: &str) -> Result<String, String> {
    // Before an '@' there may be a password, so such a text is not repeated.
    let shown = if text.contains('@') { String::new() } else { format!("{text:?} ") };
    let url = Url::parse(text).map_err(|why| format!("{shown}is not a URL: {why}"))?;
    let secret = !url.username().is_empty() || url.password().is_some();
    match url.scheme() {
        _ if secret => Err("must not hold a user name or a password".into()),
        "http" | "https" if url.has_host() => Ok(text.to_owned()),
        _ => Err(format!("{text:?} is not an http or https URL")),
    }
}

fn https_url(text: &str) -> Result<String, String> {
    http_url(text)?;
    if text.starts_with("https://") { Ok(text.to_owned()) } else { Err(format!("{text:?} must begin with https://")) }
}

/// RFC 8252: https, or http on loopback for native flows; no wildcard and no fragment.
fn redirect_uri(text: &str) -> Result<String, String> {
    http_url(text)?;
    let url = Url::parse(text).map_err(|why| why.to_string())?;
    let loopback = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    if text.contains('*') {
        Err(format!("{text:?} has a wildcard; redirects are matched exactly"))
    } else if url.fragment().is_some() {
        Err(format!("{text:?} has a fragment"))
    } else if url.scheme() == "http" && !loopback {
        Err(format!("{text:?} must use https, except on loopback"))
    } else {
        Ok(text.to_owned())
    }
}

fn scope(text: &str) -> Result<String, String> {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if text.contains(':') && text.split(':').all(plain) && text.len() <= 100 {
        return Ok(text.to_owned());
    }
    Err(format!("has {text:?}, which is no scope: words of a-z joined by ':', such as ledger:events:read"))
}

fn variable_name(text: &str) -> Result<String, String> {
    let plain = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if text.is_empty() || !plain || text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(format!("{text:?} is not a variable name: A-Z, 0-9 and '_', not beginning with a digit"));
    }
    if text == "PORT" || text.starts_with("PROVENIQ_") {
        return Err(format!("{text:?} is a variable that proveniq sets itself"));
    }
    Ok(text.to_owned())
}

fn positive(number: f64) -> Result<f64, String> {
    if number.is_finite() && number > 0.0 { Ok(number) } else { Err("must be more than 0".into()) }
}

fn percent(number: f64) -> Result<f64, String> {
    if (0.0..=100.0).contains(&number) { Ok(number) } else { Err("must be 0 to 100".into()) }
}
