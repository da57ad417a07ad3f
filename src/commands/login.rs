//! `login`: a person's identity.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::adapters::authorization_server::AuthorizationServer;
use crate::adapters::credential_store::Store;
use crate::adapters::login_index::{LoginIndex, StoredLogin};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::sandbox::SandboxFolder;
use crate::cli::LoginArgs;
use crate::context::Context;
use crate::credential::{Bearer, Login, ScopeSet, StoreKind, sandbox_sign_in_code};
use crate::error::{Error, Result};
use crate::stages::session;
use crate::stages::sign_in::{Obtained, through_browser, through_device};
use crate::ui::{Page, Render, Tone};
use crate::wire::Account;

/// A person who is signed in.
#[derive(Serialize)]
pub(super) struct SignedIn {
    account: Account,
    marketplace: String,
    profile: String,
    store: StoreKind,
}

/// Signs in, learns who it is, and stores the sign-in. One that cannot be stored is revoked again.
pub(super) async fn run(context: &Context, args: LoginArgs) -> Result<SignedIn> {
    let (address, _) = session::address(context)?;
    let scopes = ScopeSet::parse(&args.scopes.join(" ").replace(',', " ")).map_err(Error::usage)?;
    let patience = patience(&args.timeout)?;
    let client = MarketplaceClient::new(&address, None)?;
    let kind = context.store_kind(args.store)?;
    let store = context.credential_store(kind);
    store.unlock()?;
    store.probe()?;
    warn_of_environment(context);
    let obtained = if args.with_token {
        let login = Login::given(given(context)?, context.clock.now());
        Obtained { login, finishing: context.interrupt.finishing()? }
    } else {
        let server = AuthorizationServer::discover(client.address(), Arc::clone(&context.clock)).await?;
        tell_sandbox_code(context, &client)?;
        if args.device || !(args.browser || context.environment.has_display()) {
            through_device(context, &server, &scopes.to_string(), patience).await?
        } else {
            through_browser(context, &server, &scopes.to_string(), patience).await?
        }
    };
    let outcome = keep(context, &client, &store, kind, &obtained.login).await;
    if outcome.is_err() {
        withdraw(context, &client, &obtained.login).await;
    }
    drop(obtained);
    outcome
}

fn warn_of_environment(context: &Context) {
    if context.environment.api_key.is_some() {
        context.output.warning("PROVENIQ_API_KEY is set: commands use it and not the sign-in, until it is unset");
    }
}

/// Learns who it is, and stores the sign-in in place of the one before, which is revoked.
async fn keep(
    context: &Context,
    client: &MarketplaceClient,
    store: &Store,
    kind: StoreKind,
    login: &Login,
) -> Result<SignedIn> {
    let account = MarketplaceClient::bearing(client.address(), Some(login.bearer().clone()))?.account().await?;
    if context.interrupt.is_set() {
        return Err(Error::interrupted());
    }
    let (profile, marketplace) = (context.profile()?, client.origin());
    let stored = StoredLogin {
        profile: profile.clone(),
        origin: marketplace.clone(),
        account: account.id.clone(),
        name: account.name.clone(),
        store: kind,
    };
    if let Some(old) = exchange(context, store, &stored, login)? {
        withdraw(context, client, &old).await;
    }
    Ok(SignedIn { account, marketplace, profile, store: kind })
}

/// Stores a sign-in in place of the one before, which is returned. One that cannot be stored whole leaves the one before.
fn exchange(context: &Context, store: &Store, stored: &StoredLogin, login: &Login) -> Result<Option<Login>> {
    let index = LoginIndex::new(&context.dirs.config);
    // Nobody renews the one before meanwhile, and of two who sign in at once the second finds what the first stored.
    let _lock = index.lock(stored)?;
    let before = index.find(&stored.profile, &stored.origin)?;
    let account = stored.store_account();
    let place = before.as_ref().map(|before| context.credential_store(before.store));
    let old = place.as_ref().and_then(|place| place.get(&account).ok().flatten());
    store.put(&account, &login.to_secret())?;
    if before.as_ref() != Some(stored)
        && let Err(error) = index.add(stored.clone())
    {
        // What is not in the index is not found; where this fails too, what stays is revoked and found by nobody.
        let _ = match old.as_ref().filter(|_| before.is_some_and(|before| before.store == stored.store)) {
            Some(old) => store.put(&account, old),
            None => store.delete(&account),
        };
        return Err(error);
    }
    if let Some(place) = place.filter(|_| before.is_some_and(|before| before.store != stored.store)) {
        // The new one counts; what stays in the other store is revoked.
        let _ = place.delete(&account);
    }
    Ok(old.and_then(|text| Login::parse(&text).ok()))
}

/// Revokes what came through a sign-in; a credential that was given is its owner's business.
async fn withdraw(context: &Context, client: &MarketplaceClient, login: &Login) {
    let Some(refresh) = login.refresh() else { return };
    let revoked = match AuthorizationServer::discover(client.address(), Arc::clone(&context.clock)).await {
        Ok(server) => server.revoke(refresh).await,
        Err(error) => Err(error),
    };
    if let Err(error) = revoked {
        context.output.warning(format!("a sign-in that is not used any more could not be revoked: {error}"));
    }
}

fn given(context: &Context) -> Result<Bearer> {
    let text = context.typed_secret("Key or token")?;
    Bearer::parse(text.expose_secret().trim())
        .map_err(|why| Error::usage(format!("standard input holds neither a key nor an access token: {why}")))
}

/// The local sandbox asks for its code; whoever may read its folder knows it.
fn tell_sandbox_code(context: &Context, client: &MarketplaceClient) -> Result<()> {
    let folder = SandboxFolder::new(context.dirs.sandbox());
    if let Some(token) = session::sandbox_identity(&folder, client)? {
        context.output.address("Sandbox code", sandbox_sign_in_code(&token).expose_secret());
    }
    Ok(())
}

/// Parses a duration of 1 second to 1 hour.
fn patience(text: &str) -> Result<Duration> {
    let wrong = || Error::usage(format!("{text:?} is no time to wait")).hint("write a number and s or m, such as 5m");
    let (number, unit) = text.split_at(text.len() - text.chars().last().map_or(0, char::len_utf8));
    let seconds: u64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit {
        "s" => seconds,
        "m" => seconds.saturating_mul(60),
        _ => return Err(wrong()),
    };
    if (1..=3_600).contains(&seconds) { Ok(Duration::from_secs(seconds)) } else { Err(wrong()) }
}

impl Render for SignedIn {
    fn schema(&self) -> &'static str {
        "proveniq.login/1"
    }

    fn human(&self, page: &mut Page) {
        let account = &self.account;
        let name = if account.name.is_empty() { &account.id } else { &account.name };
        page.toned(Tone::Strong, format!("signed in as {name}"));
        page.field("marketplace", &self.marketplace).field("profile", &self.profile);
        page.field("stored in", self.store.title());
    }

    fn hints(&self) -> Vec<String> {
        vec!["`proveniq whoami` shows what you may do".into()]
    }
}
