//! The configuration of `serve`: where it listens, how people sign in, how long tokens live.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use url::{Host, Url};

use super::Environment;
use super::hosting_secret::SecretPlace;
use crate::adapters::embedded::{Hosting, Lifetimes, Provider, ProviderKind, read_leak_reporter};
use crate::adapters::files;
use crate::advisory::Ecosystem;
use crate::error::{Error, Result};
use crate::toml_reader::{self, Table};

const GITHUB: &str = "https://github.com";
const GITHUB_API: &str = "https://api.github.com";
const GOOGLE: &str = "https://accounts.google.com";
const EXAMPLE: &str = "add [identity.github] or [identity.google]: `docs/identity.md` shows how";

/// What the file says, before secrets are fetched.
struct Written {
    listen: SocketAddr,
    url: Option<String>,
    data: PathBuf,
    trusted_proxies: Vec<IpAddr>,
    lifetimes: Lifetimes,
    identities: Vec<Identity>,
    /// Names, and files of public keys.
    leak_reporters: Vec<(String, String)>,
    reviewers: Vec<String>,
    /// Folder of archives of advisories.
    advisories: Option<PathBuf>,
}

/// A provider whose secret is somewhere else.
struct Identity {
    kind: ProviderKind,
    client_id: String,
    secret: SecretPlace,
    url: String,
    api_url: String,
}

/// Reads the file, and the secrets from where it says that they are.
pub(super) fn load(path: &Path, environment: &Environment) -> Result<Hosting> {
    let file = path.display().to_string();
    let text = files::read_text(path, toml_reader::MAX_BYTES as u64)?.ok_or_else(|| {
        Error::usage(format!("there is no file {file}")).hint("write one: `docs/identity.md` shows how")
    })?;
    let written = toml_reader::read(&file, &text, written)
        .map_err(|problems| Error::usage("the configuration does not hold").with_diagnostics(problems))?;
    if written.identities.is_empty() {
        return Err(Error::usage(format!("{file} names no way to sign in")).hint(EXAMPLE));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let provider = |identity: Identity| {
        let client_secret = identity.secret.fetch(folder, environment)?;
        let Identity { kind, client_id, url, api_url, .. } = identity;
        Ok(Provider { kind, client_id, client_secret, url, api_url })
    };
    Ok(Hosting {
        listen: written.listen,
        url: written.url,
        data: folder.join(written.data),
        trusted_proxies: written.trusted_proxies,
        lifetimes: written.lifetimes,
        providers: written.identities.into_iter().map(provider).collect::<Result<_>>()?,
        leak_reporters: written
            .leak_reporters
            .iter()
            .map(|(id, file)| read_leak_reporter(id, &folder.join(file)))
            .collect::<Result<_>>()?,
        reviewers: written.reviewers,
        advisories: written.advisories.map(|archives| archives_in(&folder.join(archives))).transpose()?,
    })
}

/// A folder of archives, which must hold one at least.
fn archives_in(folder: &Path) -> Result<PathBuf> {
    let holds = |ecosystem: &Ecosystem| folder.join(ecosystem.as_str()).join("all.zip").is_file();
    if Ecosystem::ALL.iter().any(holds) {
        return Ok(folder.to_owned());
    }
    Err(Error::usage(format!("{} holds no archive of advisories", folder.display()))
        .hint("fetch them as OSV publishes them, such as npm/all.zip, PyPI/all.zip and crates.io/all.zip"))
}

fn written(root: &Table<'_>) -> Option<Written> {
    let listen = root.required("listen", |text| {
        text.parse::<SocketAddr>().map_err(|_| format!("{text:?} is no address with a port, such as 127.0.0.1:8080"))
    });
    let url = root.optional("url", public_address);
    let data = root.required("data", |text| Ok(PathBuf::from(text)));
    let trusted_proxies: Vec<IpAddr> =
        root.list("trusted_proxies", |text| text.parse().map_err(|_| format!("{text:?} is no address")));
    let lifetimes = root.table("tokens", |tokens| Some(lifetimes(tokens)));
    let identities = root.table("identity", |identity| {
        let github = identity.table("github", github);
        let google = identity.table("google", google);
        Some(github.into_iter().chain(google).collect())
    });
    let leak_reporters = root.map("leak_reporters");
    let reviewers = root.table("reviews", |reviews| Some(reviews.list("reviewers", account)));
    let advisories =
        root.table("advisories", |advisories| advisories.required("archives", |text| Ok(PathBuf::from(text))));
    let listen = listen?;
    let encrypted = url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let behind_proxy = encrypted && !trusted_proxies.is_empty();
    if !listen.ip().is_loopback() && !behind_proxy {
        let hint =
            "put a proxy that speaks TLS in front: name its address in trusted_proxies, and in url the public one";
        root.report(Some("listen"), "listen must be on loopback: serve speaks plain HTTP", Some(hint.into()));
    }
    Some(Written {
        listen,
        url,
        data: data?,
        trusted_proxies,
        lifetimes: lifetimes.unwrap_or_default(),
        identities: identities.unwrap_or_default(),
        leak_reporters,
        reviewers: reviewers.unwrap_or_default(),
        advisories,
    })
}

fn github(table: &Table<'_>) -> Option<Identity> {
    let (client_id, secret) = (client_id(table), SecretPlace::read(table));
    let url = table.optional("url", base_address);
    // A GitHub of one's own has its API below its own address.
    let own = url.as_ref().map(|url| format!("{url}/api/v3"));
    let api_url = table.optional("api_url", base_address).or(own).unwrap_or_else(|| GITHUB_API.into());
    let url = url.unwrap_or_else(|| GITHUB.into());
    Some(Identity { kind: ProviderKind::GitHub, client_id: client_id?, secret: secret?, url, api_url })
}

fn google(table: &Table<'_>) -> Option<Identity> {
    let (client_id, secret) = (client_id(table), SecretPlace::read(table));
    let url = table.optional("issuer", base_address).unwrap_or_else(|| GOOGLE.into());
    Some(Identity { kind: ProviderKind::Google, client_id: client_id?, secret: secret?, url, api_url: String::new() })
}

/// An account, by the identifier that `whoami` tells.
fn account(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("acc_").unwrap_or_default();
    let is_one = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_one { Ok(text.to_owned()) } else { Err(format!("{text:?} is no account, which `proveniq whoami` tells")) }
}

fn client_id(table: &Table<'_>) -> Option<String> {
    let filled = |text: &str| if text.is_empty() { Err("is empty".to_owned()) } else { Ok(text.to_owned()) };
    table.required("client_id", filled)
}

fn lifetimes(table: &Table<'_>) -> Lifetimes {
    let usual = Lifetimes::default();
    let of = |key, usual, most| table.optional(key, |text| lifetime(text, most)).unwrap_or(usual);
    let (minutes, hours) = (SignedDuration::from_mins, SignedDuration::from_hours);
    Lifetimes {
        access: of("access", usual.access, hours(24)),
        refresh: of("refresh", usual.refresh, hours(24 * 400)),
        code: of("code", usual.code, minutes(10)),
        device: of("device", usual.device, hours(1)),
        poll: of("poll", usual.poll, minutes(1)),
        session: of("session", usual.session, hours(24 * 30)),
    }
}

/// A whole number of seconds, minutes, hours or days.
fn lifetime(text: &str, most: SignedDuration) -> Result<SignedDuration, String> {
    let explain = || format!("{text:?} is no lifetime; write a whole number and one of s, m, h, d, such as 15m");
    let unit = text.chars().next_back().ok_or_else(explain)?;
    let count: i64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| explain())?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return Err(explain()),
    };
    let lifetime = SignedDuration::from_secs(count.checked_mul(seconds).ok_or_else(explain)?);
    let range = SignedDuration::from_secs(1)..=most;
    if range.contains(&lifetime) { Ok(lifetime) } else { Err(format!("{text:?} is out of range: 1s to {most:#}")) }
}

/// The address under which people reach it: a scheme, a host and perhaps a port, and nothing else.
fn public_address(text: &str) -> Result<String, String> {
    let plain = base_address(text)?;
    let origin = Url::parse(text).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    if plain == origin { Ok(plain) } else { Err(format!("{text:?} must be an origin, such as {origin}")) }
}

/// An address that others are sent to: https, or http on a loopback address.
fn base_address(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|_| format!("{text:?} is no URL"))?;
    let loopback = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        _ => false,
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
        return Err(format!("{text:?} must be https, or http on 127.0.0.1 or [::1]"));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(format!("{text:?} must have no query, fragment or user name"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_whole_and_bounded() {
        let most = SignedDuration::from_hours(24);
        assert_eq!(lifetime("90s", most), Ok(SignedDuration::from_secs(90)));
        assert_eq!(lifetime("1d", most), Ok(most));
        for bad in ["", "s", "1", "1.5h", "-1s", "0s", "2d", "1w", "9223372036854775807d", "1ä"] {
            assert!(lifetime(bad, most).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_public_address_is_an_origin() {
        for good in ["https://market.test", "https://market.test:8443", "http://127.0.0.1:80", "http://[::1]:8080"] {
            assert_eq!(public_address(good).is_ok(), !good.ends_with(":80"), "{good}");
        }
        for bad in [
            "market.test",
            "http://market.test",
            "http://localhost:1",
            "https://market.test/path",
            "https://M.test",
            "https://market.test:443",
            "https://me@market.test",
            "https://market.test?x",
            "ftp://127.0.0.1",
        ] {
            assert!(public_address(bad).is_err(), "{bad}");
        }
    }
}
