//! What manifests of packages ask for: package.json, Cargo.toml and pyproject.toml.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use serde::Deserialize;

use super::ecosystem::Ecosystem;
use super::npm_range;

/// A dependency that is asked for.
#[derive(Debug)]
pub(super) struct Request {
    /// Name, normalised.
    pub(super) name: String,
    /// Versions that will do, as they are written; `None` where any will, or where that is not judged here.
    pub(super) range: Option<String>,
    /// It may be left out of a lockfile.
    pub(super) optional: bool,
}

/// Tells by its name whether a file asks for packages, and of which registry.
pub(super) fn manifest_of(path: &str) -> Option<Ecosystem> {
    match path.rsplit('/').next() {
        Some("package.json") => Some(Ecosystem::Npm),
        Some("Cargo.toml") => Some(Ecosystem::Cargo),
        Some("pyproject.toml") => Some(Ecosystem::PyPi),
        _ => None,
    }
}

/// Reads what a manifest asks for.
pub(super) fn requests(ecosystem: Ecosystem, text: &str) -> Result<Vec<Request>, String> {
    match ecosystem {
        Ecosystem::Npm => of_npm(text),
        Ecosystem::Cargo => of_cargo(text),
        Ecosystem::PyPi => of_python(text),
    }
}

/// Tells whether a version will do; `None` where the range is of a kind that is not judged here.
pub(super) fn takes(ecosystem: Ecosystem, range: &str, version: &str) -> Option<bool> {
    match ecosystem {
        Ecosystem::Npm => npm_range::contains(range, version),
        Ecosystem::Cargo => {
            let version = semver::Version::parse(version).ok()?;
            Some(semver::VersionReq::parse(range).ok()?.matches(&version))
        }
        Ecosystem::PyPi => {
            let version = pep440_rs::Version::from_str(version).ok()?;
            Some(pep440_rs::VersionSpecifiers::from_str(range).ok()?.contains(&version))
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PackageJson {
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
    #[serde(default)]
    dev_dependencies: BTreeMap<String, String>,
    #[serde(default)]
    optional_dependencies: BTreeMap<String, String>,
    overrides: Option<serde_json::Value>,
    resolutions: Option<serde_json::Value>,
    pnpm: Option<serde_json::Value>,
}

fn of_npm(text: &str) -> Result<Vec<Request>, String> {
    let package: PackageJson = serde_json::from_str(text).map_err(|cause| cause.to_string())?;
    // Who overrides versions has said that ranges do not count.
    let overrides = package.overrides.is_some() || package.resolutions.is_some() || package.pnpm.is_some();
    let needed = package.dependencies.iter().chain(&package.dev_dependencies).map(|request| (request, false));
    let all = needed.chain(package.optional_dependencies.iter().map(|request| (request, true)));
    let is_local = |range: &str| ["file:", "link:", "portal:", "workspace:"].iter().any(|kind| range.starts_with(kind));
    let requests = all.filter(|((_, range), _)| !is_local(range)).map(|((name, range), optional)| {
        let alias =
            range.strip_prefix("npm:").and_then(|alias| alias.rsplit_once('@').filter(|(name, _)| !name.is_empty()));
        let (name, range) = alias.unwrap_or((name, range));
        Request { name: name.to_owned(), range: (!overrides).then(|| range.to_owned()), optional }
    });
    Ok(requests.collect())
}

type Tables = BTreeMap<String, toml::Value>;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct CargoToml {
    #[serde(default)]
    dependencies: Tables,
    #[serde(default)]
    dev_dependencies: Tables,
    #[serde(default)]
    build_dependencies: Tables,
    #[serde(default)]
    target: BTreeMap<String, CargoTarget>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct CargoTarget {
    #[serde(default)]
    dependencies: Tables,
    #[serde(default)]
    dev_dependencies: Tables,
    #[serde(default)]
    build_dependencies: Tables,
}

fn of_cargo(text: &str) -> Result<Vec<Request>, String> {
    let cargo: CargoToml = toml::from_str(text).map_err(|cause| cause.message().to_owned())?;
    let own = [&cargo.dependencies, &cargo.dev_dependencies, &cargo.build_dependencies];
    let of_targets = cargo
        .target
        .values()
        .flat_map(|target| [&target.dependencies, &target.dev_dependencies, &target.build_dependencies]);
    let all = own.into_iter().chain(of_targets).flatten();
    let requests = all.filter(|(_, value)| value.get("path").is_none()).map(|(name, value)| {
        let name = value.get("package").and_then(toml::Value::as_str).unwrap_or(name);
        let range = value.as_str().or_else(|| value.get("version")?.as_str());
        Request { name: name.to_owned(), range: range.map(str::to_owned), optional: false }
    });
    Ok(requests.collect())
}

#[derive(Deserialize)]
struct PyProject {
    project: Option<PyProjectTable>,
    tool: Option<Tool>,
}

#[derive(Deserialize)]
struct PyProjectTable {
    #[serde(default)]
    dependencies: Vec<String>,
}

#[derive(Deserialize)]
struct Tool {
    poetry: Option<Poetry>,
}

#[derive(Deserialize)]
struct Poetry {
    #[serde(default)]
    dependencies: Tables,
}

fn of_python(text: &str) -> Result<Vec<Request>, String> {
    let file: PyProject = toml::from_str(text).map_err(|cause| cause.message().to_owned())?;
    let declared = file.project.iter().flat_map(|project| &project.dependencies);
    let requests = declared.filter_map(|text| of_text(text));
    let of_poetry = file.tool.iter().filter_map(|tool| tool.poetry.as_ref()).flat_map(|poetry| &poetry.dependencies);
    let of_poetry =
        of_poetry.filter(|(name, value)| *name != "python" && value.get("path").is_none()).map(|(name, value)| {
            let optional =
                value.get("optional").is_some() || value.get("markers").is_some() || value.get("python").is_some();
            Request { name: Ecosystem::PyPi.normalised(name), range: None, optional }
        });
    Ok(requests.chain(of_poetry).collect())
}

/// A dependency as PEP 508 writes it: `name[extra] >=1; marker`.
fn of_text(text: &str) -> Option<Request> {
    let (wanted, marker) = text.split_once(';').map_or((text, None), |(wanted, marker)| (wanted, Some(marker)));
    let wanted = wanted.trim();
    let end = wanted.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(wanted.len());
    let (name, rest) = wanted.split_at(end);
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('[').and_then(|extras| extras.split_once(']')).map_or(rest, |(_, rest)| rest).trim();
    let range = (!rest.is_empty() && !rest.starts_with('@')).then(|| rest.trim_matches(['(', ')']).to_owned());
    let name = Ecosystem::PyPi.normalised(name);
    (!name.is_empty()).then_some(Request { name, range, optional: marker.is_some() })
}
