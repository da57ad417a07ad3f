//! `whoami`.

use serde::Serialize;

use crate::context::Context;
use crate::error::Result;
use crate::stages::session::{self, CredentialSource, Purpose};
use crate::ui::{Page, Render, Tone};
use crate::wire::{Account, CredentialKind};

/// Who is behind the credential in use.
#[derive(Serialize)]
pub(super) struct Identity {
    account: Account,
    marketplace: String,
    profile: String,
    credential: CredentialSource,
}

/// Asks the marketplace who it is.
pub(super) async fn run(context: &Context) -> Result<Identity> {
    let session = session::open(context, Purpose::Keys)?;
    let account = session.client.account().await?;
    let marketplace = session.client.origin();
    Ok(Identity { account, marketplace, profile: session.profile, credential: session.credential })
}

impl Render for Identity {
    fn schema(&self) -> &'static str {
        "proveniq.whoami/1"
    }

    fn human(&self, page: &mut Page) {
        let Account { id, name, identities, publishers, credential } = &self.account;
        page.toned(Tone::Strong, if name.is_empty() { id } else { name });
        page.field("account", id);
        let identities: Vec<_> = identities.iter().map(|one| format!("{} ({})", one.login, one.provider)).collect();
        page.words("signs in as", or_none(identities.join(", ")).split(' '));
        let publishers: Vec<_> = publishers.iter().map(|one| format!("{} ({})", one.publisher, one.role)).collect();
        page.words("publishers", or_none(publishers.join(", ")).split(' '));
        let kind = match credential.kind {
            CredentialKind::Key => "API key",
            CredentialKind::AccessToken => "access token of",
        };
        page.field("credential", format!("{kind} {:?}", credential.name));
        page.words("found", self.credential.to_string().split(' '));
        page.words("scopes", credential.scopes.iter().map(|scope| scope.as_str()));
        let end = |end: jiff::Timestamp| end.strftime("%Y-%m-%d %H:%M UTC").to_string();
        let renewed = matches!(self.credential, CredentialSource::Login { renewed: true, .. });
        let how = if renewed { ", renewed by itself" } else { "" };
        page.field("expires", credential.expires_at.map_or_else(|| "never".into(), |at| format!("{}{how}", end(at))));
        page.field("marketplace", &self.marketplace).field("profile", &self.profile);
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() { "none".into() } else { text }
}
