//! `keys create`.

use serde::Serialize;

use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::cli::StoreArg;
use crate::context::Context;
use crate::credential::{ApiKey, Scope, StoreKind, key_name};
use crate::error::{Error, Result};
use crate::stages::session::{self, Purpose, Session};
use crate::ui::{Page, Render, Tone};
use crate::wire::{CreateKey, CreatedKey, Key};

/// A key that was stored and is in use now.
#[derive(Serialize)]
pub(super) struct Stored {
    #[serde(skip)]
    pub(super) schema: &'static str,
    pub(super) key: Key,
    pub(super) marketplace: String,
    pub(super) profile: String,
    pub(super) store: StoreKind,
}

/// Creates a key, stores it and puts it to use. A key that cannot be stored is revoked again.
pub(super) async fn run(
    context: &Context,
    name: String,
    scopes: &[String],
    expires: Option<&str>,
    store: Option<StoreArg>,
) -> Result<Stored> {
    let name = key_name(&name).map_err(Error::usage)?;
    let request =
        CreateKey { name, scopes: parse_scopes(scopes)?, expires_in: expires.map(parse_lifetime).transpose()? };
    let session = session::open(context, Purpose::Keys)?;
    let kind = context.store_kind(store)?;
    context.credential_store(kind).check()?;
    let created = session.client.create_key(&request).await?;
    let outcome = store_created(context, &session, kind, &created);
    if outcome.is_err() && session.client.revoke_key(&created.key.id).await.is_err() {
        context.output.warning(format!("the key {:?} could not be stored and lives on: revoke it", created.key.name));
    }
    outcome
}

fn store_created(context: &Context, session: &Session, kind: StoreKind, created: &CreatedKey) -> Result<Stored> {
    let secret = ApiKey::parse(&created.secret)
        .map_err(|why| Error::unreachable(format!("the marketplace gave a key that is none: {why}")))?;
    store(context, session, kind, created.key.clone(), &secret, "proveniq.keys-create/1")
}

/// Stores a key, notes it in the index and puts it to use.
pub(super) fn store(
    context: &Context,
    session: &Session,
    kind: StoreKind,
    key: Key,
    secret: &ApiKey,
    schema: &'static str,
) -> Result<Stored> {
    let stored = StoredKey {
        profile: session.profile.clone(),
        origin: session.client.origin(),
        name: key.name.clone(),
        id: key.id.clone(),
        prefix: key.prefix.clone(),
        store: kind,
        expires_at: key.expires_at,
    };
    context.credential_store(kind).put_key(&stored.account(), secret)?;
    KeyIndex::new(&context.dirs.config).add(stored)?;
    Ok(Stored { schema, key, marketplace: session.client.origin(), profile: session.profile.clone(), store: kind })
}

fn parse_scopes(words: &[String]) -> Result<Option<Vec<Scope>>> {
    let words = words.iter().flat_map(|text| text.split([',', ' '])).filter(|word| !word.is_empty());
    let scopes = words.map(|word| Scope::parse(word).map_err(Error::usage)).collect::<Result<Vec<_>>>()?;
    Ok(Some(scopes).filter(|scopes| !scopes.is_empty()))
}

/// Parses a lifetime such as `90d`, `12h` or `30m` to seconds.
fn parse_lifetime(text: &str) -> Result<u32> {
    let wrong = || Error::usage(format!("{text:?} is no lifetime")).hint("write a number and d, h or m, such as 90d");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        _ => return Err(wrong()),
    };
    let number: u32 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    let total = number.checked_mul(seconds).filter(|total| (60..=31_536_000).contains(total));
    total.ok_or_else(|| Error::usage(format!("{text:?} is not between 1 minute and 365 days")))
}

impl Render for Stored {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn human(&self, page: &mut Page) {
        let key = &self.key;
        let scopes: Vec<_> = key.scopes.iter().map(|scope| scope.as_str()).collect();
        page.toned(Tone::Strong, format!("{} is stored and in use", key.name));
        page.field("key", format!("{}…", key.prefix)).field("scopes", scopes.join(" "));
        page.field(
            "expires",
            key.expires_at.map_or_else(|| "never".into(), |end| end.strftime("%Y-%m-%d %H:%M UTC").to_string()),
        );
        page.field("marketplace", &self.marketplace).field("profile", &self.profile);
        page.field(
            "stored in",
            match self.store {
                StoreKind::Keyring => "the operating system's keyring",
                StoreKind::File => "a file that only you can read, not encrypted",
                StoreKind::Age => "a file that is encrypted with your passphrase",
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_parsed_and_bounded() {
        assert_eq!(parse_lifetime("90d").expect("lifetime"), 7_776_000);
        assert_eq!(parse_lifetime("30m").expect("lifetime"), 1_800);
        for bad in ["", "d", "90", "-1d", "1.5h", "366d", "0m", "99999999999d", "9é"] {
            assert!(parse_lifetime(bad).is_err(), "{bad}");
        }
    }
}
