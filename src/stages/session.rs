//! Which marketplace is talked to, and with which credential.

use std::fmt;

use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::adapters::key_index::KeyIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::sandbox::SandboxFolder;
use crate::context::{Context, MarketplaceSource};
use crate::credential::{ApiKey, StoreKind};
use crate::error::{Error, Result};

/// What a credential is needed for; decides which one is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Publishing and reading: the key in use.
    Work,
    /// Administering keys: the person's identity before a key, since a key may not be allowed to.
    Keys,
    /// The open catalogue: no credential.
    Public,
}

/// Where a credential came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "source")]
pub enum CredentialSource {
    /// `PROVENIQ_API_KEY`.
    Environment,
    /// A stored key.
    Stored {
        /// Its name.
        name: String,
        /// Where its secret is.
        store: StoreKind,
    },
    /// The built-in identity of the local sandbox.
    SandboxIdentity,
    /// None.
    None,
}

impl fmt::Display for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CredentialSource::Environment => f.write_str("from PROVENIQ_API_KEY"),
            CredentialSource::Stored { name, store } => write!(f, "{name:?} from the store: {}", store.as_str()),
            CredentialSource::SandboxIdentity => f.write_str("the sandbox's built-in identity"),
            CredentialSource::None => f.write_str("none"),
        }
    }
}

/// A marketplace with the credential for it.
#[derive(Debug, Clone)]
pub struct Session {
    /// The client, with the credential in it.
    pub client: MarketplaceClient,
    /// Where the credential came from.
    pub credential: CredentialSource,
    /// The profile in use.
    pub profile: String,
    /// Who named the marketplace.
    pub source: MarketplaceSource,
}

/// Resolves marketplace and credential; nothing is sent.
pub fn open(context: &Context, purpose: Purpose) -> Result<Session> {
    let (address, source) = address(context)?;
    let profile = context.profile()?;
    let anonymous = MarketplaceClient::new(&address, None)?;
    let (key, credential) = match purpose {
        Purpose::Public => (None, CredentialSource::None),
        _ => credential(context, purpose, &anonymous, &profile)?,
    };
    if key.is_none() && purpose != Purpose::Public {
        return Err(Error::auth(format!("there is no key for the marketplace at {}", anonymous.address()))
            .hint("store one with `proveniq keys import --name NAME`, or set PROVENIQ_API_KEY"));
    }
    let client = MarketplaceClient::new(&address, key)?;
    context.output.detail(format!("marketplace {}, named by {source}", client.address()));
    context.output.detail(format!("credential: {credential}"));
    Ok(Session { client, credential, profile, source })
}

/// The marketplace in use: the one that is named, else the running sandbox.
pub fn address(context: &Context) -> Result<(String, MarketplaceSource)> {
    if let Some(named) = context.named_marketplace()? {
        return Ok(named);
    }
    let running = SandboxFolder::new(context.dirs.sandbox()).running()?;
    running.map(|sandbox| (sandbox.url, MarketplaceSource::Sandbox)).ok_or_else(|| {
        Error::unreachable("no marketplace is named and no sandbox runs on this machine")
            .hint("start one with `proveniq sandbox start --detach`")
            .hint("or name one with --marketplace URL or PROVENIQ_MARKETPLACE_URL")
    })
}

fn credential(
    context: &Context,
    purpose: Purpose,
    client: &MarketplaceClient,
    profile: &str,
) -> Result<(Option<ApiKey>, CredentialSource)> {
    if let Some(secret) = &context.environment.api_key {
        let key = ApiKey::parse(secret.expose_secret().trim()).map_err(|why| {
            Error::auth(format!("PROVENIQ_API_KEY is no key: {why}")).hint("set it to a key of `proveniq keys create`")
        })?;
        return Ok((Some(key), CredentialSource::Environment));
    }
    let identity = sandbox_identity(context, client)?;
    if let (Purpose::Keys, Some(token)) = (purpose, &identity) {
        return Ok((Some(token.clone()), CredentialSource::SandboxIdentity));
    }
    if let Some(stored) = KeyIndex::new(&context.dirs.config).active(profile, &client.origin())? {
        let key = context.credential_store(stored.store).get_key(&stored.account())?.ok_or_else(|| {
            Error::auth(format!("the key {:?} is no longer in its store ({})", stored.name, stored.store.as_str()))
                .hint("create another with `proveniq keys create`")
        })?;
        return Ok((Some(key), CredentialSource::Stored { name: stored.name, store: stored.store }));
    }
    Ok(match identity {
        Some(token) => (Some(token), CredentialSource::SandboxIdentity),
        None => (None, CredentialSource::None),
    })
}

/// The bootstrap token, where the marketplace is this machine's running sandbox. It goes nowhere else.
fn sandbox_identity(context: &Context, client: &MarketplaceClient) -> Result<Option<ApiKey>> {
    let folder = SandboxFolder::new(context.dirs.sandbox());
    let Some(running) = folder.running()? else { return Ok(None) };
    let is_it = MarketplaceClient::new(&running.url, None).is_ok_and(|sandbox| sandbox.origin() == client.origin());
    if is_it { folder.token() } else { Ok(None) }
}
