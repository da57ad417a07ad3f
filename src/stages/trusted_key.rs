//! The public key that an envelope must be signed with: the one that is named, or what a marketplace tells, now or before.

use std::path::Path;

use jiff::Timestamp;

use crate::adapters::files;
use crate::adapters::known_keys::KnownKeys;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::context::Context;
use crate::credential::{Fingerprint, PublicKey};
use crate::error::{Error, Kind, Result};
use crate::stages::session;
use crate::wire::{MarketplaceKey, RegisteredSigningKey};

/// Longest public key as PEM, in bytes.
const LONGEST_KEY: u64 = 1 << 14;

/// A key, and who it is of.
#[derive(Debug)]
pub struct TrustedKey {
    /// The key.
    pub key: PublicKey,
    /// Whose it is, in words.
    pub of: String,
    /// Since when nothing that it signs counts.
    pub revoked_at: Option<Timestamp>,
    /// Whom it speaks for; a key that is named may be anybody's.
    pub speaker: Option<Speaker>,
}

/// Whom a key speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// A publisher, who claims.
    Publisher,
    /// A marketplace, which grants.
    Marketplace,
}

/// Reads a key that is named.
pub fn named(path: &Path) -> Result<TrustedKey> {
    let text = files::read_text(path, LONGEST_KEY)?;
    let text = text.ok_or_else(|| Error::usage(format!("there is no file {}", path.display())))?;
    let key = PublicKey::from_pem(&text).map_err(|why| {
        Error::usage(format!("{} cannot be used: {why}", path.display()))
            .hint("name the PEM file of an ed25519 public key")
    })?;
    Ok(TrustedKey { key, of: format!("the key in {}", path.display()), revoked_at: None, speaker: None })
}

/// Finds the key of that fingerprint among those that the marketplace in use knows of a publisher, and its own. Where the
/// marketplace cannot be reached, those count that it told of before.
pub async fn find(context: &Context, publisher: &str, id: &Fingerprint) -> Result<Option<TrustedKey>> {
    let (address, _) = session::address(context)
        .map_err(|error| error.hint("or name the key that must have signed it with --key FILE"))?;
    let client = MarketplaceClient::new(&address, None)?;
    let known = KnownKeys::new(&context.dirs.state, &client.host());
    let (keys, own) = told(context, &client, &known, publisher).await?;
    if let Some(key) = keys.iter().find(|key| key.id == *id) {
        return of_publisher(key).map(Some);
    }
    own.filter(|own| own.id == *id).map(|own| of_marketplace(&own, &client)).transpose()
}

/// Keeps the marketplace's own key, with which receipts are verified when it cannot be reached.
pub fn remember_own(context: &Context, client: &MarketplaceClient, key: &MarketplaceKey) -> Result<()> {
    KnownKeys::new(&context.dirs.state, &client.host()).remember_own(key)
}

async fn told(
    context: &Context,
    client: &MarketplaceClient,
    known: &KnownKeys,
    publisher: &str,
) -> Result<(Vec<RegisteredSigningKey>, Option<MarketplaceKey>)> {
    match ask(client, publisher).await {
        Ok((keys, own)) => {
            let remembered = known.remember(publisher, &keys).and_then(|()| known.remember_own(&own));
            if let Err(error) = remembered {
                context.output.warning(format!("the keys are not remembered for when it cannot be reached: {error}"));
            }
            Ok((keys, Some(own)))
        }
        Err(error) if error.kind() == Kind::Unreachable => {
            let (keys, own) = (known.recall(publisher)?, known.recall_own()?);
            if keys.is_none() && own.is_none() {
                return Err(error.hint("or name the key that must have signed it with --key FILE"));
            }
            context.output.warning("the marketplace cannot be reached: the keys are those that it told of before");
            Ok((keys.unwrap_or_default(), own))
        }
        Err(error) => Err(error),
    }
}

async fn ask(client: &MarketplaceClient, publisher: &str) -> Result<(Vec<RegisteredSigningKey>, MarketplaceKey)> {
    Ok((client.signing_keys(publisher).await?, client.service().await?.signing_key))
}

fn of_publisher(known: &RegisteredSigningKey) -> Result<TrustedKey> {
    let of = format!("the key {:?} of {}", known.name, known.publisher);
    let key = parsed(&known.public_key, &known.id)?;
    Ok(TrustedKey { key, of, revoked_at: known.revoked_at, speaker: Some(Speaker::Publisher) })
}

fn of_marketplace(own: &MarketplaceKey, client: &MarketplaceClient) -> Result<TrustedKey> {
    let of = format!("the marketplace at {}", client.address());
    let key = parsed(&own.public_key, &own.id)?;
    Ok(TrustedKey { key, of, revoked_at: None, speaker: Some(Speaker::Marketplace) })
}

/// What a marketplace tells must be what it calls it.
fn parsed(pem: &str, id: &Fingerprint) -> Result<PublicKey> {
    let nonsense = |why: &str| Error::unreachable(format!("the marketplace tells of a key that is none: {why}"));
    let key = PublicKey::from_pem(pem).map_err(nonsense)?;
    if key.fingerprint() == *id { Ok(key) } else { Err(nonsense("its fingerprint is another")) }
}
