//! `listen secret`: how the secret of the marketplace's deliveries gets to the integration.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::adapters::env_file;
use crate::context::Context;
use crate::error::Result;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render};

const VARIABLE: &str = "PROVENIQ_WEBHOOK_SECRET";

/// The secret, because it was asked for; while it rotates the one before too, behind a space.
#[derive(Serialize)]
struct Printed {
    marketplace: String,
    secret: String,
}

/// A file that holds the secret.
#[derive(Serialize)]
struct Written {
    marketplace: String,
    #[serde(serialize_with = "crate::ui::path_text")]
    file: PathBuf,
    variable: &'static str,
}

/// Prints the secret alone, or writes it to a file.
pub(super) async fn run(context: &Context, file: Option<&Path>) -> Result<u8> {
    let session = session::open(context, Purpose::Work)?;
    let secrets = session.client.signing_secrets().await?;
    let marketplace = session.client.address().to_owned();
    let Some(file) = file else {
        return context.output.outcome(&Printed { marketplace, secret: secrets.list().expose_secret().to_owned() });
    };
    let file = context.cwd.join(file);
    env_file::set(&file, VARIABLE, &secrets.list())?;
    context.output.outcome(&Written { marketplace, file, variable: VARIABLE })
}

impl Render for Printed {
    fn schema(&self) -> &'static str {
        "proveniq.listen-secret/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(&self.secret);
    }
}

impl Render for Written {
    fn schema(&self) -> &'static str {
        "proveniq.listen-secret-file/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{} is set in {}", self.variable, self.file.display()));
    }
}
