//! Who signs deliveries for an endpoint that runs already.

use secrecy::{ExposeSecret as _, SecretString};

use crate::adapters::project::Project;
use crate::cli::{SchemeArg, TestWebhookArgs};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::webhook::{AsymmetricKey, Scheme, SecretError, Signer};

const VARIABLE: &str = "PROVENIQ_WEBHOOK_SECRET";

impl From<SchemeArg> for Scheme {
    fn from(scheme: SchemeArg) -> Self {
        match scheme {
            SchemeArg::Standard => Scheme::Standard,
            SchemeArg::Stripe => Scheme::Stripe,
            SchemeArg::Github => Scheme::Github,
            SchemeArg::Shopify => Scheme::Shopify,
            SchemeArg::Slack => Scheme::Slack,
        }
    }
}

/// The endpoint's secret: the named variable, `PROVENIQ_WEBHOOK_SECRET`, the project's `.env`.
pub(super) fn signer(context: &Context, args: &TestWebhookArgs, project: Option<&Project>) -> Result<Signer> {
    let scheme = Scheme::from(args.scheme);
    let (name, text) = written(context, args, project)?;
    let refused = |why: SecretError| {
        let form = match (scheme, args.asymmetric) {
            (_, true) => "it is whsk_ and 64 bytes in base64",
            (Scheme::Standard, false) => "it is whsec_ and 24 to 64 bytes in base64",
            _ => "it is the text that the vendor shows as the signing secret",
        };
        Error::usage(format!("{name} holds no signing secret: {why}")).hint(form)
    };
    if args.asymmetric {
        if scheme != Scheme::Standard {
            return Err(Error::usage(format!("--asymmetric is for Standard Webhooks; {scheme} has no such signature")));
        }
        return Ok(Signer::asymmetric(AsymmetricKey::parse(text.expose_secret().trim()).map_err(refused)?));
    }
    let secrets = scheme.parse_secrets(text.expose_secret()).map_err(refused)?;
    Ok(Signer::symmetric(scheme, secrets.into_iter().take(1)))
}

fn written(context: &Context, args: &TestWebhookArgs, project: Option<&Project>) -> Result<(String, SecretString)> {
    if let Some(name) = &args.secret_env {
        return Ok((name.clone(), context.environment.named_secret(name)?));
    }
    if let Some(secret) = &context.environment.webhook_secret {
        return Ok((VARIABLE.to_owned(), secret.clone()));
    }
    let dotenv = project.map(|project| project.dotenv(VARIABLE)).transpose()?.flatten();
    let missing = || {
        Error::usage("there is no signing secret for the endpoint")
            .hint(format!("set {VARIABLE}, or name the variable that holds it with --secret-env NAME"))
    };
    Ok((VARIABLE.to_owned(), dotenv.ok_or_else(missing)?.into()))
}
