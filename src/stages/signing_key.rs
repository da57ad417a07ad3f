//! Keys that attestations are signed with: made and kept here, their public halves registered with a marketplace.

use crate::adapters::project::Project;
use crate::adapters::signing_key_index::{SigningKeyIndex, StoredSigningKey};
use crate::context::Context;
use crate::credential::{SigningKey, StoreKind};
use crate::error::{Error, Explain as _, Kind, Result};
use crate::manifest::IntegrationName;
use crate::stages::session::{self, Session};
use crate::wire::{RegisterSigningKey, RegisteredSigningKey};

/// The publisher that is meant: the one that is named, else the one of the project in the working folder.
pub fn publisher(context: &Context, named: Option<&str>) -> Result<String> {
    if let Some(name) = named {
        let known = IntegrationName::parse(&format!("{name}/x")).map(|_| name.to_owned());
        return known.map_err(|_| Error::usage(format!("{name:?} is no publisher's name")));
    }
    let project = Project::find_optional(&context.cwd)?;
    let publisher = project.map(|project| project.manifest.integration.name.publisher().to_owned());
    publisher.ok_or_else(|| {
        Error::usage("a signing key belongs to a publisher, and there is no project in this folder")
            .hint("name the publisher with --publisher NAME")
    })
}

/// Makes a key, keeps its secret half and registers its public half. One that cannot be registered is forgotten, and one
/// whose registration may have arrived is revoked.
pub async fn create(
    context: &Context,
    session: &Session,
    kind: StoreKind,
    publisher: &str,
    name: &str,
) -> Result<RegisteredSigningKey> {
    let store = context.credential_store(kind);
    store.check()?;
    let key = SigningKey::generate().or_usage(|| "the system gives no randomness".into())?;
    let stored = StoredSigningKey {
        profile: session.profile.clone(),
        origin: session.client.origin(),
        publisher: publisher.to_owned(),
        name: name.to_owned(),
        id: key.public_key().fingerprint(),
        public_key: key.public_key().to_pem(),
        store: kind,
        created_at: context.clock.now(),
    };
    let index = SigningKeyIndex::new(&context.dirs.config);
    let accounts = index.list(&stored.profile)?;
    if accounts.iter().any(|known| known.store_account() == stored.store_account()) {
        return Err(Error::conflict(format!("there is a signing key {name:?} of {publisher} on this machine"))
            .hint(format!("take another name, or end that one with `proveniq keys revoke --signing {name}`")));
    }
    // From here on it is there at both ends or at none.
    let _finishing = context.interrupt.finishing()?;
    store.put(&stored.store_account(), &key.written())?;
    match register(session, &stored).await.and_then(|registered| index.add(stored.clone()).map(|()| registered)) {
        Ok(registered) => Ok(registered),
        Err(error) => Err(take_back(session, context, &stored, error).await),
    }
}

async fn register(session: &Session, stored: &StoredSigningKey) -> Result<RegisteredSigningKey> {
    let request = RegisterSigningKey { name: stored.name.clone(), public_key: stored.public_key.clone() };
    let registered = session.client.register_signing_key(&stored.publisher, &request).await?;
    if registered.id == stored.id && registered.public_key.trim() == stored.public_key.trim() {
        return Ok(registered);
    }
    Err(Error::unreachable("the marketplace registered another key than the one that was sent"))
}

async fn take_back(session: &Session, context: &Context, stored: &StoredSigningKey, error: Error) -> Error {
    // What fails here too is told below.
    let forgotten = context.credential_store(stored.store).delete(&stored.store_account()).is_ok();
    let refused = !matches!(error.kind(), Kind::Unreachable | Kind::Usage | Kind::Bug);
    let revoked = refused || session.client.revoke_signing_key(&stored.publisher, &stored.id).await.is_ok();
    match (forgotten, revoked) {
        (true, true) => error,
        (true, false) => {
            error.hint(format!("the key may be registered, and nobody has its secret half: {}", stored.id))
        }
        (false, _) => error.hint(format!("its secret half may still be in the store ({})", stored.store.as_str())),
    }
}

/// The newest stored key that signs for a publisher at the marketplace in use, with its secret half; where no marketplace
/// is in use, the newest of any. `None` where there is none.
pub fn find(context: &Context, publisher: &str) -> Result<Option<SigningKey>> {
    let origin = session::address(context).ok().map(|(address, _)| address);
    let origin =
        origin.and_then(|address| url::Url::parse(&address).ok()).map(|url| url.origin().ascii_serialization());
    let keys = SigningKeyIndex::new(&context.dirs.config).list(&context.profile()?)?;
    let signs = |key: &StoredSigningKey| {
        key.publisher == publisher && origin.as_ref().is_none_or(|origin| *origin == key.origin)
    };
    keys.into_iter().find(signs).map(|stored| secret_half(context, &stored)).transpose()
}

/// The same, where there must be one.
pub fn required(context: &Context, publisher: &str) -> Result<SigningKey> {
    find(context, publisher)?.ok_or_else(|| {
        Error::usage(format!("there is no key to sign an attestation of {publisher} with"))
            .hint("make one with `proveniq keys create --signing --name NAME`")
    })
}

fn secret_half(context: &Context, stored: &StoredSigningKey) -> Result<SigningKey> {
    let (name, store) = (&stored.name, stored.store.as_str());
    let wrong = |what: &str| {
        Error::auth(format!("the signing key {name:?} {what} its store ({store})"))
            .hint("make another with `proveniq keys create --signing`")
    };
    let secret = context.credential_store(stored.store).get(&stored.store_account())?;
    let key =
        SigningKey::parse(&secret.ok_or_else(|| wrong("is no longer in"))?).map_err(|_| wrong("is damaged in"))?;
    if key.public_key().fingerprint() == stored.id { Ok(key) } else { Err(wrong("is another one in")) }
}
