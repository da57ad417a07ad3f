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
    login: Mutex<Login>,
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
            login: Mutex::new(login.clone()),
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
        let fresh = server.refresh(token).await?;
        let kept = self.store.put(&self.stored.store_account(), &fresh.to_secret());
        *login = fresh;
        if let Err(error) = kept {
            self.output.warning(format!("the renewed sign-in could not be stored ({error}): sign in again next time"));
        }
        Ok(())
    }

    async fn renew_or_tell(&self, login: &mut Login) {
        if let Err(error) = self.renew(login).await {
            self.output.detail(format!("the sign-in could not be renewed: {error}"));
        }
    }
}

impl Renewal for LoginRenewal {
    fn current(&self) -> BoxFuture<'_, Bearer> {
        Box::pin(async {
            let mut login = self.login.lock().await;
            if login.is_due(self.clock.now()) {
                self.renew_or_tell(&mut login).await;
            }
            login.bearer().clone()
        })
    }

    fn renewed<'a>(&'a self, refused: &'a Bearer) -> BoxFuture<'a, Option<Bearer>> {
        Box::pin(async {
            let mut login = self.login.lock().await;
            if login.bearer().expose() == refused.expose() {
                self.renew_or_tell(&mut login).await;
            }
            Some(login.bearer().clone()).filter(|bearer| bearer.expose() != refused.expose())
        })
    }
}

fn read(store: &Store, stored: &StoredLogin) -> Result<Login> {
    let again = "sign in again with `proveniq login`";
    let text = store.get(&stored.store_account())?.ok_or_else(|| {
        Error::auth(format!("the sign-in is no longer in its store ({})", stored.store.as_str())).hint(again)
    })?;
    Login::parse(&text).map_err(|why| Error::auth(format!("the stored sign-in cannot be used: {why}")).hint(again))
}
