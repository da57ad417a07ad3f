//! `keys import`.

use secrecy::ExposeSecret as _;

use super::create::Stored;
use crate::adapters::key_index::KeyIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::cli::StoreArg;
use crate::context::Context;
use crate::credential::{ApiKey, key_name};
use crate::error::{Error, Result};
use crate::stages::new_key;
use crate::stages::session::{self, CredentialSource, Session};
use crate::wire::Key;

/// Stores a key that was created elsewhere, after the marketplace has said that it works.
pub(super) async fn run(context: &Context, name: &str, chosen: Option<StoreArg>) -> Result<Stored> {
    let name = key_name(name).map_err(Error::usage)?;
    let secret = read_key(context)?;
    let (address, source) = session::address(context)?;
    let client = MarketplaceClient::new(&address, Some(secret.clone()))?;
    let mut key = client.current_key().await?;
    key.name = name;
    let session = Session { client, credential: CredentialSource::None, profile: context.profile()?, source };
    refuse_taken_name(context, &session, &key)?;
    let kind = context.store_kind(chosen)?;
    new_key::keep(context, &session, kind, &key, &secret)?;
    Ok(Stored::new(&session, kind, key, "proveniq.keys-import/1"))
}

/// Another key that is stored under the name would be lost.
fn refuse_taken_name(context: &Context, session: &Session, key: &Key) -> Result<()> {
    let stored = KeyIndex::new(&context.dirs.config).list(&session.profile, &session.client.origin())?;
    if stored.iter().any(|other| other.name == key.name && other.id != key.id) {
        return Err(Error::conflict(format!("another key is stored as {:?}", key.name))
            .hint("take another name, or revoke that key first"));
    }
    Ok(())
}

fn read_key(context: &Context) -> Result<ApiKey> {
    let text = context.typed_secret("Key")?;
    ApiKey::parse(text.expose_secret().trim())
        .map_err(|why| Error::usage(format!("standard input holds no key: {why}")))
}
