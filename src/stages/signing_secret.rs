//! The secret that deliveries are signed with: where it is found, and where it came from.

use secrecy::ExposeSecret as _;

use super::session::{self, Purpose};
use crate::adapters::project::Project;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::webhook::SigningSecret;

const VARIABLE: &str = "PROVENIQ_WEBHOOK_SECRET";

/// Secrets, and where they were found.
#[derive(Debug)]
pub struct FoundSecrets {
    /// At least one; the first one signs.
    pub secrets: Vec<SigningSecret>,
    /// Where they were found, in words.
    pub source: String,
}

/// Finds secrets: the named variable, `PROVENIQ_WEBHOOK_SECRET`, the project's `.env`, the marketplace.
pub async fn find(context: &Context, named: Option<&str>) -> Result<FoundSecrets> {
    if let Some(name) = named {
        return parsed(context.environment.named_secret(name)?.expose_secret(), name.to_owned());
    }
    if let Some(text) = &context.environment.webhook_secret {
        return parsed(text.expose_secret(), VARIABLE.to_owned());
    }
    let project = Project::find_optional(&context.cwd)?;
    let dotenv = project.as_ref().map(|project| project.dotenv(VARIABLE)).transpose()?.flatten();
    if let Some(text) = dotenv {
        return parsed(&text, format!("{VARIABLE} of the project's .env"));
    }
    let session = session::open(context, Purpose::Work).map_err(|_| {
        Error::usage("there is no signing secret")
            .hint(format!("set {VARIABLE}, or name the variable that holds it with --secret-env NAME"))
    })?;
    let secret = session.client.webhook_secret().await?;
    Ok(FoundSecrets { secrets: vec![secret], source: format!("the marketplace at {}", session.client.address()) })
}

fn parsed(text: &str, source: String) -> Result<FoundSecrets> {
    let secrets = SigningSecret::parse_list(text).map_err(|why| {
        Error::usage(format!("{source} holds no signing secret: {why}"))
            .hint("it is whsec_ and 24 to 64 bytes in base64")
    })?;
    Ok(FoundSecrets { secrets, source })
}
