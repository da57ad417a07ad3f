//! The secret that deliveries are signed with: where it is found, and where it came from.

use secrecy::{ExposeSecret as _, SecretString};

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
    if let Some((text, source)) = written(context, named)? {
        return parsed(text.expose_secret(), source);
    }
    let session = session::open(context, Purpose::Work).map_err(|_| missing())?;
    let secrets = session.client.signing_secrets().await?.to_vec();
    Ok(FoundSecrets { secrets, source: format!("the marketplace at {}", session.client.address()) })
}

/// A secret as it is written, and where: the named variable, `PROVENIQ_WEBHOOK_SECRET`, the project's `.env`.
pub fn written(context: &Context, named: Option<&str>) -> Result<Option<(SecretString, String)>> {
    if let Some(name) = named {
        return Ok(Some((context.environment.named_secret(name)?, name.to_owned())));
    }
    if let Some(secret) = &context.environment.webhook_secret {
        return Ok(Some((secret.clone(), VARIABLE.to_owned())));
    }
    let project = Project::find_optional(&context.cwd)?;
    let dotenv = project.map(|project| project.dotenv(VARIABLE)).transpose()?.flatten();
    Ok(dotenv.map(|text| (text.into(), format!("{VARIABLE} of the project's .env"))))
}

/// That there is no secret anywhere.
pub fn missing() -> Error {
    Error::usage("there is no signing secret for the endpoint")
        .hint(format!("set {VARIABLE}, or name the variable that holds it with --secret-env NAME"))
}

fn parsed(text: &str, source: String) -> Result<FoundSecrets> {
    let secrets = SigningSecret::parse_list(text).map_err(|why| {
        Error::usage(format!("{source} holds no signing secret: {why}"))
            .hint("it is whsec_ and 24 to 64 bytes in base64")
    })?;
    Ok(FoundSecrets { secrets, source })
}
