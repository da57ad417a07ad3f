//! Which marketplace is talked to, and with which credential.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::adapters::key_index::KeyIndex;
use crate::adapters::login_index::LoginIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::sandbox::SandboxFolder;
use crate::context::{Context, MarketplaceSource};
use crate::credential::{ApiKey, Bearer, StoreKind};
use crate::error::{Error, Kind, Result};
use crate::stages::sign_in::LoginRenewal;

/// What a credential is needed for; decides which one is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Publishing and reading: the key in use.
    Work,
    /// Administering keys: the person's identity before a key, since a key may not be allowed to.
    Keys,
    /// Looking at versions, of which some are seen by their publisher alone: the key in use, where there is one.
    Reading,
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
    /// A person's sign-in.
    Login {
        /// What the person is called.
        name: String,
        /// Where its secret is.
        store: StoreKind,
        /// Whether it is renewed by itself.
        renewed: bool,
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
            CredentialSource::Login { name, store, .. } => {
                write!(f, "the sign-in of {name:?} from the store: {}", store.as_str())
            }
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

/// A credential that was found.
struct Found {
    bearer: Bearer,
    source: CredentialSource,
    /// What keeps it fresh.
    renewal: Option<LoginRenewal>,
}

/// Resolves marketplace and credential; nothing is sent.
pub fn open(context: &Context, purpose: Purpose) -> Result<Session> {
    let (address, source) = address(context)?;
    let profile = context.profile()?;
    let anonymous = MarketplaceClient::new(&address, None)?;
    context.output.detail(format!("marketplace {}, named by {source}", anonymous.address()));
    let found = if purpose == Purpose::Public { None } else { find(context, purpose, &anonymous, &profile)? };
    let Some(found) = found else {
        if matches!(purpose, Purpose::Public | Purpose::Reading) {
            return Ok(Session { client: anonymous, credential: CredentialSource::None, profile, source });
        }
        return Err(Error::auth(format!("there is no credential for the marketplace at {}", anonymous.address()))
            .hint("sign in with `proveniq login`, or store a key with `proveniq keys import --name NAME`")
            .hint("in CI set PROVENIQ_API_KEY"));
    };
    let client = MarketplaceClient::bearing(&address, Some(found.bearer))?;
    let client = match found.renewal {
        Some(renewal) => client.renewed_by(Arc::new(renewal)),
        None => client,
    };
    context.output.detail(format!("credential: {}", found.source));
    Ok(Session { client, credential: found.source, profile, source })
}

/// Time that a question to the catalogue may take that a command can do without.
const PATIENCE: Duration = Duration::from_secs(10);

/// The open catalogue of the marketplace in use; `None` where none is named and no sandbox runs.
pub fn catalogue(context: &Context) -> Result<Option<MarketplaceClient>> {
    match address(context) {
        Ok((address, _)) => MarketplaceClient::within(&address, None, PATIENCE).map(Some),
        Err(error) if error.kind() == Kind::Unreachable => Ok(None),
        Err(error) => Err(error),
    }
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

/// The environment; then, for administration, the person before a key, since a key may not be allowed to; for work the key
/// in use before the person.
fn find(context: &Context, purpose: Purpose, client: &MarketplaceClient, profile: &str) -> Result<Option<Found>> {
    if let Some(found) = from_environment(context)? {
        return Ok(Some(found));
    }
    let person = || match from_login(context, client, profile)? {
        Some(found) => Ok(Some(found)),
        None => from_sandbox(context, client),
    };
    let key = || from_key(context, client, profile);
    let (first, second): (&Look<'_>, &Look<'_>) =
        if purpose == Purpose::Keys { (&person, &key) } else { (&key, &person) };
    match first()? {
        Some(found) => Ok(Some(found)),
        None => second(),
    }
}

type Look<'a> = dyn Fn() -> Result<Option<Found>> + 'a;

fn from_environment(context: &Context) -> Result<Option<Found>> {
    let Some(secret) = &context.environment.api_key else { return Ok(None) };
    let bearer = Bearer::parse(secret.expose_secret().trim()).map_err(|why| {
        Error::auth(format!("PROVENIQ_API_KEY is no key: {why}")).hint("set it to a key of `proveniq keys create`")
    })?;
    Ok(Some(Found { bearer, source: CredentialSource::Environment, renewal: None }))
}

fn from_key(context: &Context, client: &MarketplaceClient, profile: &str) -> Result<Option<Found>> {
    let Some(stored) = KeyIndex::new(&context.dirs.config).active(profile, &client.origin())? else { return Ok(None) };
    let key = context.credential_store(stored.store).get_key(&stored.account())?.ok_or_else(|| {
        Error::auth(format!("the key {:?} is no longer in its store ({})", stored.name, stored.store.as_str()))
            .hint("create another with `proveniq keys create`")
    })?;
    let source = CredentialSource::Stored { name: stored.name, store: stored.store };
    Ok(Some(Found { bearer: key.into(), source, renewal: None }))
}

fn from_login(context: &Context, client: &MarketplaceClient, profile: &str) -> Result<Option<Found>> {
    let stored = LoginIndex::new(&context.dirs.config).find(profile, &client.origin())?;
    let Some(stored) = stored else { return Ok(None) };
    let (name, store) = (stored.name.clone(), stored.store);
    let (renewal, login) = LoginRenewal::open(context, stored, client.address())?;
    let renewed = login.refresh().is_some();
    let source = CredentialSource::Login { name, store, renewed };
    Ok(Some(Found { bearer: login.bearer().clone(), source, renewal: renewed.then_some(renewal) }))
}

fn from_sandbox(context: &Context, client: &MarketplaceClient) -> Result<Option<Found>> {
    let identity = sandbox_identity(&SandboxFolder::new(context.dirs.sandbox()), client)?;
    Ok(identity.map(|token| Found { bearer: token.into(), source: CredentialSource::SandboxIdentity, renewal: None }))
}

/// The bootstrap token, where the marketplace is this machine's running sandbox. It goes nowhere else.
pub fn sandbox_identity(folder: &SandboxFolder, client: &MarketplaceClient) -> Result<Option<ApiKey>> {
    let Some(running) = folder.running()? else { return Ok(None) };
    let is_it = MarketplaceClient::new(&running.url, None).is_ok_and(|sandbox| sandbox.origin() == client.origin());
    if is_it { folder.token() } else { Ok(None) }
}
