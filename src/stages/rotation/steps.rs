//! What each step of a rotation does. Each may be done twice.

use std::path::Path;

use secrecy::SecretString;

use super::drive::{Failure, Rotating};
use super::hand_over::hand_over;
use crate::adapters::credential_store::Store;
use crate::adapters::handover::Refused;
use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::credential::{ApiKey, Done, KeySource, Rotation, StoreKind, Subject};
use crate::error::{Error, Kind, Result};
use crate::stages::new_key::fresh_request;
use crate::wire::Key;

impl Rotating<'_> {
    /// Cancels a request and names the next one.
    pub(super) async fn cancel(&mut self, request: &str) -> Result<Done> {
        self.cancel_request(request).await?;
        self.forget_beside(request)?;
        (self.secret, self.fresh) = (None, None);
        Ok(Done::Cancelled { next: fresh_request()? })
    }

    /// Makes sure that nothing of a request lives or ever will.
    pub(super) async fn cancel_request(&self, request: &str) -> Result<()> {
        match self.rotation.subject {
            Subject::Key { .. } => self.owner.cancel_key_request(request).await,
            Subject::SigningSecret => self.owner.undo_signing_secret(request).await,
        }
    }

    /// Has a fresh credential made, proves that it works, and stores a key beside the old one.
    pub(super) async fn make(&mut self, request: &str) -> Result<Done, Failure> {
        let refused = |error: Error| match error.kind() {
            Kind::Unreachable => Failure::Undo(error),
            _ => Failure::Refused(error),
        };
        let (id, source) = match &self.rotation.subject {
            Subject::Key { id, source, .. } => (id.clone(), *source),
            Subject::SigningSecret => {
                let secrets = self.owner.rotate_signing_secret(request, self.replace).await.map_err(refused)?;
                if secrets.previous.is_none() {
                    let why = "the marketplace gave one signing secret where two must sign";
                    return Err(Failure::Undo(Error::unreachable(why)));
                }
                self.values = Some(secrets.list());
                return Ok(Done::Made { successor: request.to_owned() });
            }
        };
        let other = (source == KeySource::Administrator).then_some(id.as_str());
        let created = self.owner.create_successor(other, request, self.replace).await.map_err(refused)?;
        let secret = ApiKey::parse(&created.secret)
            .map_err(|why| Error::unreachable(format!("the marketplace gave a key that is none: {why}")))?;
        self.prove(&created.key, &secret).await?;
        if let Some(kind) = self.rotation.store() {
            self.store(kind).put_key(&beside(&self.rotation, request), &secret)?;
        }
        let successor = created.key.id.clone();
        (self.secret, self.fresh) = (Some(secret), Some(created.key));
        Ok(Done::Made { successor })
    }

    /// The fresh key must work, be the one that was promised, and be allowed the same.
    async fn prove(&self, promised: &Key, secret: &ApiKey) -> Result<()> {
        let seen = self.owner.acting_with(secret.clone()).current_key().await?;
        if seen.id == promised.id && seen.scopes == promised.scopes {
            return Ok(());
        }
        Err(Error::unreachable("the fresh key is not what the marketplace promised").hint("nothing uses it"))
    }

    /// Gives the fresh credential to a target.
    pub(super) async fn give(&mut self, number: usize) -> Result<Done, Failure> {
        let target = self.rotation.targets[number].clone();
        let (variable, value) = self.value().await.map_err(Failure::Later)?;
        let folder = Path::new(&self.rotation.folder);
        let outcome = hand_over(self.context, &target, folder, variable, &value, self.limit).await;
        outcome.map_err(|refused| match refused {
            // Nobody has the fresh one yet, so it can be taken back without harm.
            Refused::Said(error) if number == 0 => Failure::Undo(error),
            Refused::Said(error) | Refused::Unknown(error) => Failure::Later(error),
        })?;
        self.context.output.status("Handed over", target.to_string());
        Ok(Done::Plainly)
    }

    /// What is handed over, and the variable that it goes by.
    async fn value(&mut self) -> Result<(&'static str, SecretString)> {
        if self.rotation.subject == Subject::SigningSecret {
            if self.values.is_none() {
                self.values = Some(self.owner.signing_secrets().await?.list());
            }
            return Ok(("PROVENIQ_WEBHOOK_SECRET", self.values.clone().unwrap_or_default()));
        }
        let secret = self.secret.as_ref().ok_or_else(|| Error::bug("the fresh key is not at hand"))?;
        Ok(("PROVENIQ_API_KEY", secret.expose().to_owned().into()))
    }

    /// Puts the fresh key in the old one's place.
    pub(super) async fn place(&mut self) -> Result<Done> {
        let Some(kind) = self.rotation.store() else { return Ok(Done::Plainly) };
        let secret = self.secret.clone().ok_or_else(|| Error::bug("the fresh key is not at hand"))?;
        let key = match &self.fresh {
            Some(key) => key.clone(),
            None => self.owner.acting_with(secret.clone()).current_key().await?,
        };
        let stored = self.stored(kind, &key);
        self.store(kind).put_key(&stored.account(), &secret)?;
        KeyIndex::new(&self.context.dirs.config).replace(stored)?;
        self.fresh = Some(key);
        Ok(Done::Plainly)
    }

    /// Sets the end of the old credential.
    pub(super) async fn retire(&mut self) -> Result<Done> {
        let grace = self.rotation.grace;
        let Subject::Key { id, .. } = &self.rotation.subject else {
            self.old_ends = self.owner.retire_signing_secret(grace).await?.previous_expires_at;
            return Ok(Done::Plainly);
        };
        // The fresh key may do it too, and proves once more that it works.
        let client = match &self.secret {
            Some(secret) => self.owner.acting_with(secret.clone()),
            None => self.owner.clone(),
        };
        self.old_ends = match client.shorten_key(id, grace).await {
            Ok(old) => old.expires_at,
            // A key that is gone has ended.
            Err(error) if error.kind() == Kind::Negative => None,
            Err(error) => return Err(error),
        };
        Ok(Done::Plainly)
    }

    /// Removes what was stored beside the old key.
    pub(super) fn forget_beside(&self, request: &str) -> Result<()> {
        let Some(kind) = self.rotation.store() else { return Ok(()) };
        let (store, account) = (self.store(kind), beside(&self.rotation, request));
        // Where there is nothing, nothing is written: the disk may be full.
        if store.get(&account)?.is_some() { store.delete(&account) } else { Ok(()) }
    }

    fn store(&self, kind: StoreKind) -> Store {
        self.context.credential_store(kind)
    }

    fn stored(&self, store: StoreKind, key: &Key) -> StoredKey {
        StoredKey {
            profile: self.rotation.profile.clone(),
            origin: self.rotation.origin.clone(),
            name: self.rotation.name.clone(),
            id: key.id.clone(),
            prefix: key.prefix.clone(),
            store,
            expires_at: key.expires_at,
        }
    }
}

/// Account of the fresh key until it has the old one's place.
pub(super) fn beside(rotation: &Rotation, request: &str) -> String {
    format!("{}@{}/{}/{request}", rotation.profile, rotation.origin, rotation.name)
}
