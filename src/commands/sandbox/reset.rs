//! `sandbox reset`.

use std::path::PathBuf;

use serde::Serialize;

use super::stop;
use crate::adapters::audit_memory::AuditMemory;
use crate::adapters::key_index::KeyIndex;
use crate::adapters::login_index::LoginIndex;
use crate::adapters::sandbox::SandboxFolder;
use crate::adapters::signing_key_index::SigningKeyIndex;
use crate::context::Context;
use crate::error::Result;
use crate::stages::sandbox::wait_for_lock;
use crate::ui::{Page, Render};

/// A sandbox without data.
#[derive(Serialize)]
pub(super) struct Reset {
    #[serde(serialize_with = "crate::ui::path_text")]
    folder: PathBuf,
    was_running: bool,
    /// Names of stored keys of the sandbox, which mean nothing any more.
    forgotten_keys: Vec<String>,
}

/// Stops the sandbox and deletes all its data, after a confirmation.
pub(super) async fn run(context: &Context, folder: &SandboxFolder) -> Result<Reset> {
    context.confirm("Delete every key and package of the sandbox?")?;
    let running = folder.running()?;
    if let Some(running) = &running {
        stop::end(folder, running).await?;
    }
    let lock = wait_for_lock(folder).await?;
    let forgotten = forget_keys(context, folder)?;
    folder.wipe(&lock)?;
    Ok(Reset { folder: folder.path().to_owned(), was_running: running.is_some(), forgotten_keys: forgotten })
}

/// Removes what is stored here of the sandbox's keys: none of them works again.
fn forget_keys(context: &Context, folder: &SandboxFolder) -> Result<Vec<String>> {
    let Some(port) = folder.last_port()? else { return Ok(Vec::new()) };
    let origin = format!("http://127.0.0.1:{port}");
    let keys = KeyIndex::new(&context.dirs.config).remove_origin(&origin)?;
    for key in &keys {
        if context.credential_store(key.store).delete(&key.account()).is_err() {
            context.output.warning(format!("the key {:?} could not be removed from its store", key.name));
        }
    }
    forget_signing_keys(context, &origin)?;
    forget_sign_ins(context, &origin)?;
    Ok(keys.into_iter().map(|key| key.name).collect())
}

/// Removes signing keys: the sandbox knows their public halves no more.
fn forget_signing_keys(context: &Context, origin: &str) -> Result<()> {
    for key in SigningKeyIndex::new(&context.dirs.config).remove_origin(origin)? {
        if context.credential_store(key.store).delete(&key.store_account()).is_err() {
            context.output.warning(format!("the signing key {:?} could not be removed from its store", key.name));
        }
    }
    Ok(())
}

/// Removes sign-ins, and what was seen of the audit log, which begins anew.
fn forget_sign_ins(context: &Context, origin: &str) -> Result<()> {
    for login in LoginIndex::new(&context.dirs.config).remove_origin(origin)? {
        if context.credential_store(login.store).delete(&login.store_account()).is_err() {
            context.output.warning(format!("the sign-in of {:?} could not be removed from its store", login.name));
        }
    }
    AuditMemory::new(&context.dirs.state).remember(origin, Vec::new())
}

impl Render for Reset {
    fn schema(&self) -> &'static str {
        "proveniq.sandbox-reset/1"
    }

    fn human(&self, page: &mut Page) {
        let stopped = if self.was_running { "stopped and emptied" } else { "emptied" };
        page.line(format!("the sandbox is {stopped}"));
    }

    fn hints(&self) -> Vec<String> {
        vec!["start it anew with `proveniq sandbox start --detach`".into()]
    }
}
