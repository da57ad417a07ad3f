//! Event types and their schemas.

use serde_json::Value;

use crate::manifest::vocabulary;

vocabulary! {
    /// An event that a marketplace sends to an integration.
    EventType, "event type" {
        /// An event was appended to the ledger.
        LedgerEventCreated = "ledger.event.created",
        /// A proof about a ledger event was asked for.
        LedgerProofRequested = "ledger.proof.requested",
        /// A carrier installed the integration.
        IntegrationInstalled = "integration.installed",
        /// A carrier changed the settings of an installation.
        IntegrationConfigured = "integration.configured",
        /// A carrier ended an installation.
        IntegrationUninstalled = "integration.uninstalled",
        /// The marketplace checks that an endpoint answers.
        WebhookPing = "webhook.ping",
    }
}

impl EventType {
    /// The JSON Schema (draft 2020-12) of the payload, as text.
    pub fn schema_text(self) -> &'static str {
        match self {
            EventType::LedgerEventCreated => include_str!("schemas/ledger.event.created.json"),
            EventType::LedgerProofRequested => include_str!("schemas/ledger.proof.requested.json"),
            EventType::IntegrationInstalled => include_str!("schemas/integration.installed.json"),
            EventType::IntegrationConfigured => include_str!("schemas/integration.configured.json"),
            EventType::IntegrationUninstalled => include_str!("schemas/integration.uninstalled.json"),
            EventType::WebhookPing => include_str!("schemas/webhook.ping.json"),
        }
    }

    /// The JSON Schema of the payload.
    pub fn schema(self) -> Value {
        serde_json::from_str(self.schema_text()).unwrap_or_default()
    }
}
