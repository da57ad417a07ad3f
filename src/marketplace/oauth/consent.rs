//! What a person is asked: may this client do that?

use super::page::{Form, GO, Page, Weight};
use super::session::Browser;
use crate::credential::{Scope, ScopeSet};
use crate::marketplace::storage::OAuthClient;

/// The page that asks for consent. `form` goes where the answer is taken and carries what it is about; whoever is somebody
/// else signs out and comes back to `return_to`.
pub(super) fn page(
    browser: &Browser,
    client: &OAuthClient,
    scopes: &ScopeSet,
    (form, answer_to): (Form, &str),
    return_to: &str,
) -> Page {
    let who = browser.account.as_ref().map_or("nobody", |(id, name)| if name.is_empty() { id } else { name });
    let scopes = scopes.to_vec();
    let entries = scopes.iter().map(|scope| (scope.as_str(), meaning(*scope)));
    let form = form
        .hidden("form_token", &browser.form_token())
        .button(("decision", "allow"), "Allow", Weight::Main)
        .button(("decision", "deny"), "Deny", Weight::Usual);
    let out = Form::to("/oauth/sign-out").hidden("form_token", &browser.form_token()).hidden("return_to", return_to);
    Page::new(format!("{} asks for access", client.name))
        .paragraph(&format!("You are signed in as {who}. If you allow it, {} may:", client.name))
        .list(entries)
        .note(&format!("{} The answer goes to {answer_to}.", registrar(client)))
        .form(&form)
        .form(&out.button(GO, "Use another account", Weight::Quiet))
}

/// Whose application it is: anybody may register one under any name.
fn registrar(client: &OAuthClient) -> String {
    match (&client.integration, &client.account) {
        (Some(integration), _) => format!("It is the integration {integration}."),
        (None, Some(account)) => format!("It was registered by the account {account}."),
        (None, None) => "It is part of this marketplace.".to_owned(),
    }
}

/// What a scope means for a person.
fn meaning(scope: Scope) -> &'static str {
    match scope {
        Scope::PackagesRead => "see and download packages",
        Scope::PackagesPublish => "publish versions of your integrations",
        Scope::PackagesReview => "decide on versions that await a review, where you are a reviewer",
        Scope::KeysRead => "see your keys and whom you let in, without secrets",
        Scope::KeysWrite => "create and revoke keys, and withdraw consents",
        Scope::EventsRead => "receive the events that are sent to you",
        Scope::EventsWrite => "add events to your log, and rotate the secret that they are signed with",
        Scope::LedgerEventsRead => "read your ledger",
        Scope::LedgerEventsWrite => "append to your ledger",
        Scope::LedgerProofsRead => "read the proofs of your ledger",
        Scope::LedgerProofsWrite => "answer requests for proofs",
        Scope::PublishersRead => "see your publishers and their members",
        Scope::PublishersWrite => "change who belongs to your publishers",
        Scope::ClientsWrite => "register and end OAuth clients of your integrations",
        Scope::InstallationsRead => "see what you have installed",
        Scope::InstallationsWrite => "install and uninstall integrations",
        Scope::AuditRead => "read your audit log",
    }
}
