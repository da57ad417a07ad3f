//! A stored sign-in that is renewed: by one process at a time, and stored before it is used.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

use crate::adapters::authorization_server::AuthorizationServer;
use crate::adapters::clock::Clock;
use crate::adapters::credential_store::Store;
use crate::adapters::login_index::{LoginIndex, StoredLogin};
use crate::adapters::marketplace_client::Renewal;
use crate::context::Context;
use crate::credential::{Bearer, Login};
use crate::error::{Error, Explain, Result};
use crate::ui::Output;

/// A stored sign-in in use.
#[derive(Debug)]
pub struct LoginRenewal {
    stored: StoredLogin,
    store: Store,
    index: LoginIndex,
    address: String,
    clock: Arc<dyn Clock>,
    output: Output,
    held: Mutex<Held>,
}

/// The sign-in as this process knows it.
#[derive(Debug)]
struct Held {
    login: Login,
    /// Why the last attempt to renew it failed.
    failure: Option<Error>,
}

impl LoginRenewal {
    /// Reads a stored sign-in for the marketplace at `address`, and what it is now; nothing is sent.
    pub fn open(context: &Context, stored: StoredLogin, address: &str) -> Result<(Self, Login)> {
        let store = context.credential_store(stored.store);
        let login = read(&store, &stored)?;
        let renewal = LoginRenewal {
            stored,
            store,
            index: LoginIndex::new(&context.dirs.config),
            address: address.to_owned(),
            clock: Arc::clone(&context.clock),
            output: context.output.clone(),
            held: Mutex::new(Held { login: login.clone(), failure: None }),
        };
        Ok((renewal, login))
    }

    /// Renews the sign-in, unless another process has done so meanwhile: refresh tokens work once.
    async fn renew(&self, login: &mut Login) -> Result<()> {
        let (index, stored) = (self.index.clone(), self.stored.clone());
        let locked = tokio::task::spawn_blocking(move || index.lock(&stored)).await;
        let _lock = locked.or_bug(|| "waiting for the lock broke".into())??;
        let kept = read(&self.store, &self.stored)?;
        if kept.bearer().expose() != login.bearer().expose() {
            *login = kept;
            if !login.is_due(self.clock.now()) {
                return Ok(());
            }
        }
        let Some(token) = login.refresh() else { return Ok(()) };
        let server = AuthorizationServer::discover(&self.address, Arc::clone(&self.clock)).await?;
        // A refresh token works once: a store that takes nothing now would lose what comes of it.
        self.store.put(&self.stored.store_account(), &login.to_secret())?;
        let fresh = server.refresh(token).await?;
        let kept = self.store.put(&self.stored.store_account(), &fresh.to_secret());
        *login = fresh;
        if let Err(error) = kept {
            self.output.warning(format!("the renewed sign-in could not be stored ({error}): sign in again next time"));
        }
        Ok(())
    }
}

impl Renewal for LoginRenewal {
    fn current(&self) -> BoxFuture<'_, Bearer> {
        Box::pin(async {
            let mut held = self.held.lock().await;
            held.failure = None;
            if held.login.is_due(self.clock.now()) {
                // Where this fails, what there is goes on being sent: the marketplace has the last word.
                held.failure = self.renew(&mut held.login).await.err();
            }
            held.login.bearer().clone()
        })
    }

    fn renewed<'a>(&'a self, refused: &'a Bearer) -> BoxFuture<'a, Result<Option<Bearer>>> {
        Box::pin(async {
            let mut held = self.held.lock().await;
            if held.login.bearer().expose() == refused.expose() {
                // What failed a moment ago, before this request, is not tried again: the refresh token may be used up.
                if held.failure.is_none() {
                    held.failure = self.renew(&mut held.login).await.err();
                }
                if let Some(failure) = &held.failure {
                    return Err(explained(failure));
                }
            }
            Ok(Some(held.login.bearer().clone()).filter(|bearer| bearer.expose() != refused.expose()))
        })
    }

    fn taken(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            if let Some(failure) = self.held.lock().await.failure.take() {
                self.output.warning(explained(&failure).message());
            }
        })
    }
}

/// The failure of a renewal as the failure of what it was needed for.
fn explained(failure: &Error) -> Error {
    let error = Error::new(failure.kind(), format!("the sign-in could not be renewed: {failure}"));
    failure.hints().iter().fold(error, Error::hint)
}

fn read(store: &Store, stored: &StoredLogin) -> Result<Login> {
    let again = "sign in again with `proveniq login`";
    let text = store.get(&stored.store_account())?.ok_or_else(|| {
        Error::auth(format!("the sign-in is no longer in its store ({})", stored.store.as_str())).hint(again)
    })?;
    Login::parse(&text).map_err(|why| Error::auth(format!("the stored sign-in cannot be used: {why}")).hint(again))
}
