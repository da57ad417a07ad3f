//! Where a package comes from. It is said beside the package and never in it: that depends on its files alone.

use serde::{Deserialize, Serialize};
use url::Url;

/// Longest address of a remote that is told, in bytes.
const LONGEST: usize = 1024;

/// The commit that a package was made of, as its publisher says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The commit, hex.
    pub commit: String,
    /// Address of the repository, without credentials; none where it has no address that others could reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<String>,
    /// Whether files of the package differ from the commit.
    pub dirty: bool,
}

/// A remote's address as it may be told: without user, password, query and fragment, which may be credentials. Nothing for
/// paths of this machine, and for what is no address.
pub fn public_remote(address: &str) -> Option<String> {
    let address = address.trim();
    if address.len() > LONGEST || address.chars().any(|char| char.is_control() || char.is_whitespace()) {
        return None;
    }
    if address.contains("://") {
        return public_url(address);
    }
    // The short form of ssh, `user@host:path`; a '/' before the ':' makes it a path (git-fetch(1), "GIT URLS").
    let (host, path) = address.split_once(':')?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let is_host =
        host.len() > 1 && host.contains(|char: char| char.is_ascii_alphanumeric()) && !host.contains(['/', '\\']);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    // Another '@' may end a password with a ':' in it.
    (is_host && !path.is_empty() && !path.contains('@')).then(|| format!("{host}:{path}"))
}

fn public_url(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "https" | "http" | "ssh" | "git" | "git+ssh") || url.host_str().is_none_or(str::is_empty)
    {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_is_told_without_credentials() {
        for (address, told) in [
            ("https://git.acme.test/a/b.git", Some("https://git.acme.test/a/b.git")),
            ("https://user:token@git.acme.test/a/b.git", Some("https://git.acme.test/a/b.git")),
            ("https://token@git.acme.test:8443/a?private_token=x#y", Some("https://git.acme.test:8443/a")),
            ("https://us%40er:p%40ss@git.acme.test/a", Some("https://git.acme.test/a")),
            ("ssh://git:secret@git.acme.test:2222/a", Some("ssh://git.acme.test:2222/a")),
            ("git@git.acme.test:a/b.git", Some("git.acme.test:a/b.git")),
            ("git.acme.test:a/b.git?token=x", Some("git.acme.test:a/b.git")),
            ("user:secret@git.acme.test:a/b.git", None),
            ("/home/somebody/work", None),
            ("../beside", None),
            ("C:/work", None),
            ("file:///home/somebody/work", None),
            ("ext::sh -c secret", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(public_remote(address).as_deref(), told, "{address}");
        }
        assert_eq!(public_remote(&format!("https://git.acme.test/{}", "x".repeat(LONGEST))), None);
    }
}
