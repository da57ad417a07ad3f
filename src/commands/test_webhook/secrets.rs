//! Who signs deliveries for an endpoint that runs already.

use secrecy::ExposeSecret as _;

use crate::cli::{SchemeArg, TestWebhookArgs};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::stages::signing_secret;
use crate::webhook::{AsymmetricKey, Scheme, SecretError, Signer};

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
pub(super) fn signer(context: &Context, args: &TestWebhookArgs) -> Result<Signer> {
    let scheme = Scheme::from(args.scheme);
    let found = signing_secret::written(context, args.secret_env.as_deref())?;
    let (text, name) = found.ok_or_else(signing_secret::missing)?;
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
