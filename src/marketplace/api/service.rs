//! The marketplace itself.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use crate::advisory::Ecosystem;
use crate::certification::AnnouncedRules;
use crate::marketplace::Marketplace;
use crate::wire::{MarketplaceKey, Service};

/// Tells that it is alive.
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, description = "Alive", body = String, content_type = "text/plain")))]
pub(super) async fn health() -> &'static str {
    "ok"
}

/// Says what it is.
#[utoipa::path(get, path = "/v1", tag = "service", responses((status = 200, description = "The marketplace", body = Service)))]
pub(super) async fn service(State(state): State<Marketplace>) -> Json<Service> {
    let key = state.0.key.public_key();
    let shelf = state.0.settings.advisories.as_ref();
    let held = Ecosystem::ALL.iter().filter(|known| shelf.is_some_and(|shelf| shelf.archive(**known).is_some()));
    Json(Service {
        service: "proveniq-marketplace".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        sandbox: state.0.settings.sandbox,
        instance: state.instance().to_owned(),
        rule_set: AnnouncedRules::own(),
        signing_key: MarketplaceKey { id: key.fingerprint(), public_key: key.to_pem() },
        advisories: held.map(ToString::to_string).collect(),
    })
}

/// The OpenAPI document.
pub(super) fn openapi(text: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], text)
}
