//! Secrets by their structure and not by their provider: keys, tokens that describe themselves, passwords in addresses,
//! headers and command lines.

mod credentials;
mod jwt;
mod private_key;
mod url;

use std::ops::Range;

use super::finding::Severity;

/// Finds the secret around a keyword, if there is one.
type Find = fn(&[u8], Range<usize>) -> Option<(Range<usize>, Severity)>;

/// A kind of secret that code finds.
#[derive(Debug)]
pub(super) struct Structure {
    pub(super) id: &'static str,
    pub(super) description: &'static str,
    /// Texts that it is looked for at, in any case.
    pub(super) keywords: &'static [&'static str],
    /// Finds the secret around a keyword.
    pub(super) find: Find,
}

/// All of them.
pub(super) const STRUCTURES: &[Structure] = &[
    Structure {
        id: "private-key",
        description: "private key",
        keywords: &["PRIVATE KEY-----", "PRIVATE KEY BLOCK-----"],
        find: private_key::pem,
    },
    Structure {
        id: "putty-private-key",
        description: "private key of PuTTY",
        keywords: &["Private-Lines:"],
        find: private_key::putty,
    },
    Structure { id: "password-in-url", description: "password in an address", keywords: &["://"], find: url::password },
    Structure { id: "jwt", description: "JSON web token", keywords: &[".eyJ"], find: jwt::token },
    Structure {
        id: "basic-auth",
        description: "user and password in a header",
        keywords: &["Basic "],
        find: credentials::basic,
    },
    Structure {
        id: "bearer-token",
        description: "token in a header",
        keywords: &["Bearer "],
        find: credentials::bearer,
    },
    Structure {
        id: "registry-auth",
        description: "user and password of a registry",
        keywords: &["\"auth\"", "_auth"],
        find: credentials::registry,
    },
    Structure {
        id: "password-argument",
        description: "password on a command line",
        keywords: &[" -u ", " --user ", "--user=", "sshpass -p", "mysql -", "mysqldump -"],
        find: credentials::argument,
    },
    Structure {
        id: "netrc-password",
        description: "password of a netrc file",
        keywords: &["machine "],
        find: credentials::netrc,
    },
];
