//! `sandbox status --sign-in-code`.

use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::adapters::sandbox::SandboxFolder;
use crate::credential::sandbox_sign_in_code;
use crate::error::{Error, Result};
use crate::ui::{Page, Render};

/// The code, because it was asked for.
#[derive(Serialize)]
pub(super) struct SignInCode {
    code: String,
}

/// Tells the code with which a person signs in to the running sandbox.
pub(super) fn run(folder: &SandboxFolder) -> Result<SignInCode> {
    let token = folder.running()?.map(|_| folder.token()).transpose()?.flatten().ok_or_else(|| {
        Error::usage("no sandbox runs on this machine").hint("start it with `proveniq sandbox start --detach`")
    })?;
    Ok(SignInCode { code: sandbox_sign_in_code(&token).expose_secret().to_owned() })
}

impl Render for SignInCode {
    fn schema(&self) -> &'static str {
        "proveniq.sandbox-sign-in-code/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(&self.code);
    }
}
