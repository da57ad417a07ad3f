//! Who asks: the account behind a key or an access token.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::keys::{key_from_row, select_keys};
use super::rows::{time, word};
use super::{GrantKind, Storage, StorageError};
use crate::credential::{Bearer, ScopeSet};
use crate::wire;

/// A last use is noted once in so many seconds: writing it down for each request would cost more than the request.
const LAST_USE_SECONDS: i64 = 60;

/// Who asks, with which credential, from where.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct Caller {
    pub(in crate::marketplace) account: String,
    pub(in crate::marketplace) scopes: ScopeSet,
    pub(in crate::marketplace) credential: Credential,
    pub(in crate::marketplace) trail: Trail,
}

/// What a request was made with.
#[derive(Debug, Clone)]
pub(in crate::marketplace) enum Credential {
    Key(wire::Key),
    Token(HeldToken),
}

/// An access token as the database knows it.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct HeldToken {
    pub(in crate::marketplace) id: String,
    pub(in crate::marketplace) client: String,
    pub(in crate::marketplace) grant: String,
    pub(in crate::marketplace) kind: GrantKind,
    pub(in crate::marketplace) expires_at: Timestamp,
    /// Whether it, its grant or its client was ended.
    pub(in crate::marketplace) ended: bool,
}

/// Which request it is and where it came from, for the audit log.
#[derive(Debug, Clone, Default)]
pub(in crate::marketplace) struct Trail {
    pub(in crate::marketplace) request_id: Option<String>,
    pub(in crate::marketplace) address: Option<IpAddr>,
}

impl Trail {
    /// What another account than the caller's may see of it: which request it was, not where it came from.
    pub(super) fn for_another_account(&self) -> Self {
        Trail { request_id: self.request_id.clone(), address: None }
    }

    /// What counts as one place where attempts are counted: an IPv4 address, or the 64 bits of an IPv6 address that a
    /// network has for itself.
    pub(in crate::marketplace) fn place(&self) -> String {
        match self.address.map(|address| address.to_canonical()) {
            None => String::new(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let network = u128::from(address) >> 64 << 64;
                format!("{}/64", std::net::Ipv6Addr::from(network))
            }
        }
    }
}

impl Caller {
    /// Identifier of the key or token.
    pub(in crate::marketplace) fn credential_id(&self) -> &str {
        match &self.credential {
            Credential::Key(key) => &key.id,
            Credential::Token(token) => &token.id,
        }
    }

    /// When the key ends by itself, beyond which it makes no other. A person who signed in lives longer than the token.
    pub(in crate::marketplace) fn key_end(&self) -> Option<Timestamp> {
        match &self.credential {
            Credential::Key(key) => key.expires_at,
            Credential::Token(_) => None,
        }
    }

    /// When the credential ends by itself.
    pub(in crate::marketplace) fn expires_at(&self) -> Option<Timestamp> {
        match &self.credential {
            Credential::Key(key) => key.expires_at,
            Credential::Token(token) => Some(token.expires_at),
        }
    }
}

impl Storage {
    /// Finds who a credential belongs to, revoked and expired ones too.
    pub(in crate::marketplace) async fn find_caller(&self, bearer: &Bearer) -> Result<Option<Caller>, StorageError> {
        match bearer {
            Bearer::Key(key) => self.caller_by_key(&key.digest()).await,
            Bearer::Access(token) => self.caller_by_token(&token.digest()).await,
        }
    }

    pub(super) async fn caller_by_key(&self, digest: &str) -> Result<Option<Caller>, StorageError> {
        let row = sqlx::query(select_keys!("WHERE digest = $1")).bind(digest).fetch_optional(&self.reader).await?;
        row.map(|row| {
            let credential = Credential::Key(key_from_row(&row)?);
            Ok(Caller { account: row.try_get("account")?, scopes: scopes(&row)?, credential, trail: Trail::default() })
        })
        .transpose()
    }

    async fn caller_by_token(&self, digest: &str) -> Result<Option<Caller>, StorageError> {
        let row = sqlx::query(
            "SELECT t.id, t.scopes, t.expires_at, t.grant_id, g.account, g.client, g.kind, \
             COALESCE(t.revoked_at, g.ended_at, c.ended_at) AS ended_at FROM oauth_tokens t \
             JOIN oauth_grants g ON g.id = t.grant_id JOIN oauth_clients c ON c.id = g.client \
             WHERE t.digest = $1 AND t.kind = 'access'",
        )
        .bind(digest)
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| {
            let token = HeldToken {
                id: row.try_get("id")?,
                client: row.try_get("client")?,
                grant: row.try_get("grant_id")?,
                kind: word(&row, "kind", GrantKind::parse)?,
                expires_at: time(row.try_get("expires_at")?)?,
                ended: row.try_get::<Option<i64>, _>("ended_at")?.is_some(),
            };
            let credential = Credential::Token(token);
            Ok(Caller { account: row.try_get("account")?, scopes: scopes(&row)?, credential, trail: Trail::default() })
        })
        .transpose()
    }

    /// Notes that a key was used, once a minute.
    pub(in crate::marketplace) async fn note_use(&self, caller: &Caller, now: Timestamp) -> Result<(), StorageError> {
        let Credential::Key(key) = &caller.credential else { return Ok(()) };
        let due =
            key.last_used_at.is_none_or(|last| now.duration_since(last) > SignedDuration::from_secs(LAST_USE_SECONDS));
        if due {
            sqlx::query("UPDATE api_keys SET last_used_at = $1 WHERE id = $2")
                .bind(now.as_microsecond())
                .bind(&key.id)
                .execute(&self.writer)
                .await?;
        }
        Ok(())
    }
}

/// The scopes of a row.
pub(super) fn scopes(row: &AnyRow) -> Result<ScopeSet, StorageError> {
    ScopeSet::parse(&row.try_get::<String, _>("scopes")?).map_err(StorageError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_place() {
        let place = |address: &str| Trail { address: address.parse().ok(), ..Trail::default() }.place();
        assert_eq!(place("2001:db8:1:2:3:4:5:6"), place("2001:db8:1:2::9"));
        assert_ne!(place("2001:db8:1:2::9"), place("2001:db8:1:3::9"));
        assert_eq!(place("::ffff:192.0.2.1"), place("192.0.2.1"));
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
    }
}
