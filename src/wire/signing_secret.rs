//! The secret that deliveries are signed with, and the one before while it rotates.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The secret with which the account's deliveries are signed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct WebhookSecret {
    /// `whsec_` and base64 (Standard Webhooks).
    pub secret: String,
    /// When it was made.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = DateTime))]
    pub created_at: Option<Timestamp>,
    /// The secret before, while it signs too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousSecret>,
    /// Those before that, newest first, of earlier rotations whose secrets have not ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub older: Vec<PreviousSecret>,
}

/// A secret before the present one. As long as it is there, deliveries carry a signature of each.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PreviousSecret {
    /// `whsec_` and base64 (Standard Webhooks).
    pub secret: String,
    /// When it ends; absent until the rotation is finished.
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
}

/// Finishes a rotation of the signing secret: the one before ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RetireSecret {
    /// Seconds that the previous secret has left at most, 0 to 31,536,000.
    #[cfg_attr(feature = "server", schema(maximum = 31_536_000))]
    pub previous_expires_in: u32,
}
