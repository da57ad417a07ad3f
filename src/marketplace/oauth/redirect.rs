//! Where authorizations come back to: exactly what was registered (RFC 9700 section 2.1), but for the port on loopback
//! (RFC 8252 section 7.3).

use url::{Host, Url};

/// Loopback as addresses: a name could be made to mean another machine (RFC 8252 section 8.3).
const LOOPBACKS: [&str; 2] = ["http://127.0.0.1", "http://[::1]"];

/// Checks a URI that is to be registered; the error says what is wrong.
pub(in crate::marketplace) fn check_registered(uri: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("the redirect URI {uri:?} {why}"));
    if uri.len() > 500 || uri.contains(char::is_whitespace) {
        return wrong("is longer than 500 characters, or holds white space");
    }
    let Ok(url) = Url::parse(uri) else { return wrong("is no URL") };
    if uri.contains(['*', '\\']) {
        return wrong("holds a wildcard or a backslash: it is compared character by character");
    }
    if uri.contains('#') || !url.username().is_empty() || url.password().is_some() {
        return wrong("must not have a fragment or a user name");
    }
    if uri.contains("/../") || uri.contains("/./") || uri.ends_with("/..") || uri.ends_with("/.") {
        return wrong("must not have . or .. in its path");
    }
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => Ok(()),
        ("http", Some(Host::Ipv4(ip))) if ip.is_loopback() => Ok(()),
        ("http", Some(Host::Ipv6(ip))) if ip.is_loopback() => Ok(()),
        _ => wrong("must be https, or http on 127.0.0.1 or [::1]"),
    }
}

/// Tells whether `asked` is a registered one.
pub(super) fn is_registered(registered: &[String], asked: &str) -> bool {
    registered.iter().any(|known| known == asked || same_but_for_port(known, asked))
}

fn same_but_for_port(registered: &str, asked: &str) -> bool {
    match (behind_loopback(registered), behind_loopback(asked)) {
        (Some(known), Some(came)) => known == came,
        _ => false,
    }
}

/// Host, and what follows the port, of a URI on loopback.
fn behind_loopback(uri: &str) -> Option<(&'static str, &str)> {
    let (host, rest) = LOOPBACKS.iter().find_map(|host| Some((*host, uri.strip_prefix(host)?)))?;
    let path = match rest.strip_prefix(':') {
        None => rest,
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest[..end].parse::<u16>().ok()?;
            &rest[end..]
        }
    };
    path.starts_with('/').then_some((host, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_registered_comes_back() {
        let registered = ["https://app.test/callback".to_owned(), "http://127.0.0.1/callback".to_owned()];
        for good in ["https://app.test/callback", "http://127.0.0.1/callback", "http://127.0.0.1:49152/callback"] {
            assert!(is_registered(&registered, good), "{good}");
        }
        for bad in [
            "https://app.test/callback/",
            "https://app.test/callback?x=1",
            "https://app.test/callback#x",
            "https://app.test/Callback",
            "https://app.test:443/callback",
            "https://app.test.evil.test/callback",
            "https://app.test/callback/../evil",
            "https://evil.test/https://app.test/callback",
            "http://app.test/callback",
            "http://127.0.0.1:49152/callback2",
            "http://127.0.0.1:49152/callback?x",
            "http://127.0.0.1:49152@evil.test/callback",
            "http://127.0.0.1:99999/callback",
            "http://127.0.0.1:/callback",
            "http://127.0.0.1.evil.test/callback",
            "http://127.0.0.2/callback",
            "http://localhost/callback",
            "http://[::1]/callback",
            "https://127.0.0.1/callback",
            "HTTP://127.0.0.1/callback",
            "",
        ] {
            assert!(!is_registered(&registered, bad), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_compared_is_not_registered() {
        for good in ["https://app.test/cb", "https://app.test/cb?x=1", "http://127.0.0.1/cb", "http://[::1]:8080/cb"] {
            assert!(check_registered(good).is_ok(), "{good}");
        }
        for bad in [
            "http://app.test/cb",
            "http://localhost/cb",
            "https://*.app.test/cb",
            "https://app.test/cb#x",
            "https://me@app.test/cb",
            "https://app.test/a/../cb",
            "javascript:alert(1)",
            "app.test/cb",
            "https://app.test/c b",
        ] {
            assert!(check_registered(bad).is_err(), "{bad}");
        }
    }
}
