//! People: how they sign in, the sessions of their browsers, what they are for publishers.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use super::error::is_unique_violation;
use super::keys::{BUILT_IN, identifier};
use super::rows::{time, word};
use super::{Caller, Deed, Storage, StorageError, Trail, quotas};
use crate::credential::{Token, is_invisible};
use crate::manifest::looks_like;
use crate::wire::{self, Role};

/// Most characters of a person's name.
const LONGEST_NAME: usize = 100;

/// Somebody as another provider knows them.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct Identity {
    pub(in crate::marketplace) provider: &'static str,
    /// What the provider calls the person for ever.
    pub(in crate::marketplace) subject: String,
    /// What the person is called there now.
    pub(in crate::marketplace) login: String,
    pub(in crate::marketplace) name: String,
}

impl Identity {
    /// What a provider says of somebody, bounded: names are for people to read, and could be of any length and direction.
    pub(in crate::marketplace) fn new(
        provider: &'static str,
        subject: impl Into<String>,
        login: &str,
        name: Option<&str>,
    ) -> Self {
        let readable = |text: &str| {
            let shown = text.chars().filter(|c| !c.is_control() && !is_invisible(*c));
            shown.take(LONGEST_NAME).collect::<String>().trim().to_owned()
        };
        let login = readable(login);
        let name = name.map(readable).filter(|name| !name.is_empty()).unwrap_or_else(|| login.clone());
        Identity { provider, subject: subject.into(), login, name }
    }
}

/// A sign-in at another provider that is under way.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct SignInUnderWay {
    pub(in crate::marketplace) provider: String,
    /// Digest of the cookie of the browser that began it.
    pub(in crate::marketplace) session: String,
    pub(in crate::marketplace) verifier: String,
    pub(in crate::marketplace) nonce: String,
    pub(in crate::marketplace) return_to: String,
}

/// What became of the wish to found a publisher.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::marketplace) enum Founded {
    Now,
    /// Somebody else was faster.
    Before,
    /// The account has founded as many as it may.
    TooMany,
    /// Its name is easily taken for that of this one, to which the account does not belong.
    LooksLike(String),
}

/// What changing a member came to.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::marketplace) enum MemberChange {
    Done,
    /// The account is unknown, or no member.
    Unknown,
    /// Nobody would own the publisher.
    LastOwner,
}

impl Storage {
    /// Finds the account behind an identity, and makes one where there is none.
    pub(in crate::marketplace) async fn sign_in(
        &self,
        identity: &Identity,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<String, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let known = sqlx::query("SELECT account FROM identities WHERE provider = $1 AND subject = $2")
            .bind(identity.provider)
            .bind(&identity.subject)
            .fetch_optional(&mut *transaction)
            .await?;
        let mut account: String = match &known {
            Some(row) => row.try_get("account")?,
            None if identity.provider == "sandbox" => BUILT_IN.to_owned(),
            None => identifier("acc")?,
        };
        sqlx::query(
            "INSERT INTO accounts (id, name, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        )
        .bind(&account)
        .bind(&identity.name)
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        let stored = sqlx::query(
            "INSERT INTO identities (provider, subject, account, login, created_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (provider, subject) DO UPDATE SET login = excluded.login RETURNING account",
        )
        .bind(identity.provider)
        .bind(&identity.subject)
        .bind(&account)
        .bind(&identity.login)
        .bind(now.as_microsecond())
        .fetch_one(&mut *transaction)
        .await?;
        let kept: String = stored.try_get("account")?;
        if kept != account {
            // The same person signed up in another process at this moment: that account is the one.
            sqlx::query("DELETE FROM accounts WHERE id = $1").bind(&account).execute(&mut *transaction).await?;
            account = kept;
        }
        let action = if known.is_some() { "account.sign_in" } else { "account.sign_up" };
        let deed = Deed { account: Some(&account), action, object: identity.provider, ..Deed::default() };
        self.note_deed(&mut transaction, now, trail, &deed).await?;
        transaction.commit().await?;
        Ok(account)
    }

    /// Remembers a sign-in that goes on at another provider.
    pub(in crate::marketplace) async fn begin_sign_in(
        &self,
        state: &Token,
        under_way: &SignInUnderWay,
        expires_at: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO sign_ins (digest, provider, session, verifier, nonce, return_to, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(state.digest())
        .bind(&under_way.provider)
        .bind(&under_way.session)
        .bind(&under_way.verifier)
        .bind(&under_way.nonce)
        .bind(&under_way.return_to)
        .bind(expires_at.as_microsecond())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Takes a sign-in up again; once only.
    pub(in crate::marketplace) async fn take_sign_in(
        &self,
        state: &Token,
        now: Timestamp,
    ) -> Result<Option<SignInUnderWay>, StorageError> {
        let row = sqlx::query("DELETE FROM sign_ins WHERE digest = $1 RETURNING *")
            .bind(state.digest())
            .fetch_optional(&self.writer)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if time(row.try_get("expires_at")?)? <= now {
            return Ok(None);
        }
        Ok(Some(SignInUnderWay {
            provider: row.try_get("provider")?,
            session: row.try_get("session")?,
            verifier: row.try_get("verifier")?,
            nonce: row.try_get("nonce")?,
            return_to: row.try_get("return_to")?,
        }))
    }

    /// Begins a session of a browser.
    pub(in crate::marketplace) async fn begin_session(
        &self,
        session: &Token,
        account: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO browser_sessions (digest, account, created_at, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(session.digest())
            .bind(account)
            .bind(now.as_microsecond())
            .bind(expires_at.as_microsecond())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Ends a session of a browser, and tells of it in the audit log.
    pub(in crate::marketplace) async fn end_session(
        &self,
        session: &Token,
        account: &str,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("DELETE FROM browser_sessions WHERE digest = $1")
            .bind(session.digest())
            .execute(&mut *transaction)
            .await?;
        let deed = Deed { account: Some(account), action: "account.sign_out", object: "browser", ..Deed::default() };
        self.note_deed(&mut transaction, now, trail, &deed).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The account of a browser's session, and its name.
    pub(in crate::marketplace) async fn session_account(
        &self,
        session: &Token,
        now: Timestamp,
    ) -> Result<Option<(String, String)>, StorageError> {
        let row = sqlx::query(
            "SELECT a.id, a.name FROM browser_sessions s JOIN accounts a ON a.id = s.account \
             WHERE s.digest = $1 AND s.expires_at > $2",
        )
        .bind(session.digest())
        .bind(now.as_microsecond())
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| Ok((row.try_get("id")?, row.try_get("name")?))).transpose()
    }

    /// An account, how it signs in, and its publishers.
    pub(in crate::marketplace) async fn account(
        &self,
        id: &str,
    ) -> Result<(String, Vec<wire::SignInName>, Vec<wire::Membership>), StorageError> {
        let row = sqlx::query("SELECT name FROM accounts WHERE id = $1").bind(id).fetch_one(&self.reader).await?;
        let identities = sqlx::query("SELECT provider, login FROM identities WHERE account = $1 ORDER BY provider")
            .bind(id)
            .fetch_all(&self.reader)
            .await?;
        let identities = identities
            .iter()
            .map(|row| Ok(wire::SignInName { provider: row.try_get("provider")?, login: row.try_get("login")? }));
        let members = sqlx::query("SELECT publisher, role FROM members WHERE account = $1 ORDER BY publisher")
            .bind(id)
            .fetch_all(&self.reader)
            .await?;
        let members = members.iter().map(|row| {
            Ok(wire::Membership { publisher: row.try_get("publisher")?, role: word(row, "role", Role::parse)? })
        });
        let (identities, members) =
            (identities.collect::<Result<_, StorageError>>()?, members.collect::<Result<_, StorageError>>()?);
        Ok((row.try_get("name")?, identities, members))
    }

    /// Tells whether a publisher of that name was founded.
    pub(in crate::marketplace) async fn is_founded(&self, publisher: &str) -> Result<bool, StorageError> {
        let find = sqlx::query("SELECT name FROM publishers WHERE name = $1");
        Ok(find.bind(publisher).fetch_optional(&self.reader).await?.is_some())
    }

    /// Founds a publisher, whose owner the caller's account is then.
    pub(in crate::marketplace) async fn found_publisher(
        &self,
        caller: &Caller,
        publisher: &str,
        now: Timestamp,
    ) -> Result<Founded, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let made = sqlx::query("INSERT INTO publishers (name, account, created_at) VALUES ($1, $2, $3)")
            .bind(publisher)
            .bind(&caller.account)
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await;
        match made {
            Err(cause) if is_unique_violation(&cause) => return Ok(Founded::Before),
            made => made?,
        };
        if !quotas::publishers_fit(&mut transaction, &caller.account).await? {
            return Ok(Founded::TooMany);
        }
        if let Some(other) = resembled(&mut transaction, caller, publisher).await? {
            return Ok(Founded::LooksLike(other));
        }
        sqlx::query("INSERT INTO members (publisher, account, role, created_at) VALUES ($1, $2, 'owner', $3)")
            .bind(publisher)
            .bind(&caller.account)
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        self.note(&mut transaction, now, caller, ("publisher.create", publisher)).await?;
        transaction.commit().await?;
        Ok(Founded::Now)
    }

    /// What an account is for a publisher.
    pub(in crate::marketplace) async fn role_of(
        &self,
        account: &str,
        publisher: &str,
    ) -> Result<Option<Role>, StorageError> {
        let row = sqlx::query("SELECT role FROM members WHERE publisher = $1 AND account = $2")
            .bind(publisher)
            .bind(account)
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| word(&row, "role", Role::parse)).transpose()
    }

    /// The members of a publisher.
    pub(in crate::marketplace) async fn members(&self, publisher: &str) -> Result<Vec<wire::Member>, StorageError> {
        let rows = sqlx::query(
            "SELECT m.account, a.name, m.role, m.created_at FROM members m JOIN accounts a ON a.id = m.account \
             WHERE m.publisher = $1 ORDER BY m.created_at, m.account LIMIT 1000",
        )
        .bind(publisher)
        .fetch_all(&self.reader)
        .await?;
        let member = |row: &sqlx::any::AnyRow| {
            Ok(wire::Member {
                account: row.try_get("account")?,
                name: row.try_get("name")?,
                role: word(row, "role", Role::parse)?,
                since: time(row.try_get("created_at")?)?,
            })
        };
        rows.iter().map(member).collect()
    }

    /// Gives an account a role, or with `None` takes it away. A publisher keeps an owner.
    pub(in crate::marketplace) async fn set_member(
        &self,
        caller: &Caller,
        publisher: &str,
        account: &str,
        role: Option<Role>,
        now: Timestamp,
    ) -> Result<MemberChange, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let known = sqlx::query("SELECT id FROM accounts WHERE id = $1")
            .bind(account)
            .fetch_optional(&mut *transaction)
            .await?;
        if known.is_none() {
            return Ok(MemberChange::Unknown);
        }
        let changed = match role {
            Some(role) => {
                sqlx::query(
                    "INSERT INTO members (publisher, account, role, created_at) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (publisher, account) DO UPDATE SET role = excluded.role",
                )
                .bind(publisher)
                .bind(account)
                .bind(role.as_str())
                .bind(now.as_microsecond())
                .execute(&mut *transaction)
                .await?
            }
            None => {
                sqlx::query("DELETE FROM members WHERE publisher = $1 AND account = $2")
                    .bind(publisher)
                    .bind(account)
                    .execute(&mut *transaction)
                    .await?
            }
        };
        if changed.rows_affected() == 0 {
            return Ok(MemberChange::Unknown);
        }
        let owner = sqlx::query("SELECT account FROM members WHERE publisher = $1 AND role = 'owner' LIMIT 1")
            .bind(publisher)
            .fetch_optional(&mut *transaction)
            .await?;
        if owner.is_none() {
            return Ok(MemberChange::LastOwner);
        }
        let object = format!("{publisher} {account} {}", role.map_or("none", Role::as_str));
        self.note(&mut transaction, now, caller, ("member.set", &object)).await?;
        transaction.commit().await?;
        Ok(MemberChange::Done)
    }
}

/// A publisher whose name `publisher` is easily taken for, and to which the caller does not belong.
async fn resembled(
    connection: &mut AnyConnection,
    caller: &Caller,
    publisher: &str,
) -> Result<Option<String>, StorageError> {
    let of_others = "SELECT name FROM publishers p WHERE NOT EXISTS \
                     (SELECT 1 FROM members m WHERE m.publisher = p.name AND m.account = $1)";
    let rows = sqlx::query(of_others).bind(&caller.account).fetch_all(connection).await?;
    let names = rows.iter().map(|row| row.try_get::<String, _>("name")).collect::<Result<Vec<_>, _>>()?;
    Ok(names.into_iter().find(|name| looks_like(name, publisher)))
}
