//! `keys create`.

use serde::Serialize;

use crate::cli::StoreArg;
use crate::context::Context;
use crate::credential::{LONGEST_LIFE, Scope, StoreKind, key_name, parse_lifetime};
use crate::error::{Error, Result};
use crate::stages::new_key;
use crate::stages::session::{self, Purpose, Session};
use crate::ui::{Page, Render, Tone};
use crate::wire::{CreateKey, Key};

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

/// Creates a key, stores it and puts it to use. One that cannot be stored is taken back.
pub(super) async fn run(
    context: &Context,
    name: String,
    scopes: &[String],
    expires: Option<&str>,
    store: Option<StoreArg>,
) -> Result<Stored> {
    let name = key_name(&name).map_err(Error::usage)?;
    let request = CreateKey { name, scopes: parse_scopes(scopes)?, expires_in: expires.map(parse_life).transpose()? };
    let session = session::open(context, Purpose::Keys)?;
    let kind = context.store_kind(store)?;
    let key = new_key::create(context, &session, kind, &request).await?;
    Ok(Stored::new(&session, kind, key, "proveniq.keys-create/1"))
}

impl Stored {
    /// Tells of a key that was stored.
    pub(super) fn new(session: &Session, store: StoreKind, key: Key, schema: &'static str) -> Self {
        Stored { schema, key, marketplace: session.client.origin(), profile: session.profile.clone(), store }
    }
}

fn parse_scopes(words: &[String]) -> Result<Option<Vec<Scope>>> {
    let words = words.iter().flat_map(|text| text.split([',', ' '])).filter(|word| !word.is_empty());
    let scopes = words.map(|word| Scope::parse(word).map_err(Error::usage)).collect::<Result<Vec<_>>>()?;
    Ok(Some(scopes).filter(|scopes| !scopes.is_empty()))
}

/// Parses a lifetime such as `90d`, `12h` or `30m` to seconds: a minute at least.
fn parse_life(text: &str) -> Result<u32> {
    let wrong = |why| Error::usage(why).hint("write a number and d, h or m, such as 90d");
    let seconds = parse_lifetime(text).map_err(wrong)?;
    let bounded = Some(seconds).filter(|seconds| (60..=LONGEST_LIFE).contains(seconds));
    bounded.ok_or_else(|| Error::usage(format!("{text:?} is not between 1 minute and 365 days")))
}

impl Render for Stored {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn human(&self, page: &mut Page) {
        let key = &self.key;
        page.toned(Tone::Strong, format!("{} is stored and in use", key.name));
        page.field("key", format!("{}…", key.prefix));
        page.words("scopes", key.scopes.iter().map(|scope| scope.as_str()));
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
