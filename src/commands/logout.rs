//! `logout`.

use std::sync::Arc;

use serde::Serialize;

use crate::adapters::authorization_server::AuthorizationServer;
use crate::adapters::login_index::LoginIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::cli::LogoutArgs;
use crate::context::Context;
use crate::credential::Login;
use crate::error::{Error, Result};
use crate::stages::session;
use crate::ui::{Page, Render};

/// A person who is signed in no more.
#[derive(Serialize)]
pub(super) struct SignedOut {
    name: String,
    marketplace: String,
    profile: String,
    /// Whether the marketplace has revoked the sign-in.
    revoked: bool,
}

/// Revokes the sign-in at the marketplace, then removes it from this machine.
pub(super) async fn run(context: &Context, args: &LogoutArgs) -> Result<SignedOut> {
    let (profile, index) = (context.profile()?, LoginIndex::new(&context.dirs.config));
    let address = match session::address(context) {
        // The marketplace need not be there for what is stored here to be forgotten.
        Err(error) if args.local => index.only_origin(&profile)?.ok_or(error)?,
        named => named?.0,
    };
    let client = MarketplaceClient::new(&address, None)?;
    let origin = client.origin();
    let stored = index.find(&profile, &origin)?.ok_or_else(|| {
        Error::usage(format!("nobody is signed in at {origin}, profile {profile}"))
            .hint("sign in with `proveniq login`")
    })?;
    // Nobody renews it meanwhile and stores what comes of that.
    let _lock = index.lock(&stored)?;
    let store = context.credential_store(stored.store);
    let login = match store.get(&stored.store_account()) {
        Ok(text) => text.and_then(|text| Login::parse(&text).ok()),
        Err(error) if args.local => return Err(error),
        Err(error) => return Err(error.hint("nothing was revoked and nothing forgotten")),
    };
    let refresh = login.as_ref().and_then(Login::refresh).filter(|_| !args.local);
    if let Some(refresh) = refresh {
        let forget = |error: Error| error.hint("forget it here alone with `proveniq logout --local`");
        let server =
            AuthorizationServer::discover(client.address(), Arc::clone(&context.clock)).await.map_err(forget)?;
        server.revoke(refresh).await.map_err(forget)?;
    }
    store.delete(&stored.store_account())?;
    index.remove(&stored)?;
    Ok(SignedOut { name: stored.name, marketplace: origin, profile, revoked: refresh.is_some() })
}

impl Render for SignedOut {
    fn schema(&self) -> &'static str {
        "proveniq.logout/1"
    }

    fn human(&self, page: &mut Page) {
        let how = if self.revoked { "revoked and forgotten" } else { "forgotten here; it was not revoked" };
        page.line(format!("the sign-in at {}, profile {}, is {how}", self.marketplace, self.profile));
    }
}
