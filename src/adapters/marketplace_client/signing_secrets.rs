//! The secrets that deliveries are signed with.

use jiff::Timestamp;
use reqwest::Method;
use secrecy::SecretString;

use super::MarketplaceClient;
use super::keys::time_of;
use crate::error::Result;
use crate::webhook::SigningSecret;
use crate::wire::{BeginRotation, RetireSecret, WebhookSecret};

const PATH: &str = "v1/webhook-secret";

/// The secrets that sign at this moment.
#[derive(Debug, Clone)]
pub struct SigningSecrets {
    /// The present one.
    pub secret: SigningSecret,
    /// The one before, while it signs too.
    pub previous: Option<SigningSecret>,
    /// Those of earlier rotations that still sign, newest first.
    pub older: Vec<SigningSecret>,
    /// When the present one was made, where the marketplace tells it.
    pub created_at: Option<Timestamp>,
    /// When the one before ends, where that is decided.
    pub previous_expires_at: Option<Timestamp>,
    /// The marketplace's time, where it tells it.
    pub told_at: Option<Timestamp>,
}

impl SigningSecrets {
    /// All of them, the present one first.
    pub fn to_vec(&self) -> Vec<SigningSecret> {
        std::iter::once(&self.secret).chain(&self.previous).chain(&self.older).cloned().collect()
    }

    /// The written form of all, separated by spaces: what an integration is given.
    pub fn list(&self) -> SecretString {
        self.to_vec().iter().map(SigningSecret::expose).collect::<Vec<_>>().join(" ").into()
    }
}

impl MarketplaceClient {
    /// The secrets that the account's deliveries are signed with.
    pub async fn signing_secrets(&self) -> Result<SigningSecrets> {
        let response = self.retried(|| self.request(Method::GET, PATH)).await?;
        let told_at = time_of(&response);
        Ok(SigningSecrets { told_at, ..self.parsed(self.document(response).await?)? })
    }

    /// Puts a fresh secret before the present one. The same name again changes nothing.
    pub async fn rotate_signing_secret(&self, name: &str, replace: bool) -> Result<SigningSecrets> {
        let document = self.send_once(&format!("{PATH}/rotate"), name, &BeginRotation { replace }).await?;
        self.parsed(document)
    }

    /// Ends the secret before after so many seconds at the latest.
    pub async fn retire_signing_secret(&self, seconds: u32) -> Result<SigningSecrets> {
        let body = RetireSecret { previous_expires_in: seconds };
        let response = self.retried(|| Ok(self.request(Method::PATCH, PATH)?.json(&body))).await?;
        self.parsed(self.document(response).await?)
    }

    /// Takes back a rotation that is not finished; one that is not under way is no error.
    pub async fn undo_signing_secret(&self, name: &str) -> Result<()> {
        let path = format!("{PATH}/rotations/{name}");
        let response = self.retried(|| self.request(Method::DELETE, &path)).await?;
        if response.status() == reqwest::StatusCode::NOT_FOUND {
            return Ok(());
        }
        self.successful(response).await.map(drop)
    }

    fn parsed(&self, document: WebhookSecret) -> Result<SigningSecrets> {
        let parse = |text: String| {
            let text = SecretString::from(text);
            SigningSecret::parse(secrecy::ExposeSecret::expose_secret(&text))
                .map_err(|why| self.nonsense(&format!("its signing secret is none: {why}")))
        };
        let previous_expires_at = document.previous.as_ref().and_then(|previous| previous.expires_at);
        Ok(SigningSecrets {
            secret: parse(document.secret)?,
            previous: document.previous.map(|previous| parse(previous.secret)).transpose()?,
            older: document.older.into_iter().map(|older| parse(older.secret)).collect::<Result<_>>()?,
            created_at: document.created_at,
            previous_expires_at,
            told_at: None,
        })
    }
}
