//! The HTTP API: routes, and the OpenAPI document that is generated from them.

mod accounts;
mod advisories;
mod audit;
mod auth;
mod chunks;
mod clients;
mod conditional;
mod consents;
mod event_stream;
mod events;
mod extract;
mod installations;
mod keys;
mod leaks;
mod ledger;
mod lifecycle;
mod limited;
mod packages;
mod problem;
mod request;
mod responses;
mod reviews;
mod rotation;
mod service;
mod signing_keys;
mod signing_secret;
mod uploads;

use std::time::Duration;

pub(super) use request::{Refused, Worded};

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::{Extension, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Marketplace;

/// Largest JSON body, in bytes.
const LARGEST_JSON: usize = 1 << 20;
/// Time that a request may take in all.
const REQUEST_LIMIT: Duration = Duration::from_mins(2);

#[derive(OpenApi)]
#[openapi(
    info(title = "Proveniq marketplace", description = "Keys, packages, publishing, events and the ledger. Errors are RFC 9457 problems."),
    modifiers(&BearerKey),
    components(schemas(crate::wire::Problem, crate::wire::StreamReady, crate::wire::StreamEnd)),
    tags(
        (name = "service", description = "The marketplace itself"),
        (name = "accounts", description = "Who asks, and who belongs to a publisher"),
        (name = "clients", description = "OAuth clients of integrations"),
        (name = "oauth", description = "The authorization server"),
        (name = "audit", description = "The audit log"),
        (name = "keys", description = "API keys"),
        (name = "signing keys", description = "Keys with which publishers sign attestations"),
        (name = "packages", description = "The catalogue"),
        (name = "reviews", description = "Versions that claim more than listed"),
        (name = "advisories", description = "What is known of dependencies"),
        (name = "events", description = "What is sent to the account's endpoints"),
        (name = "installations", description = "What carriers have installed"),
        (name = "ledger", description = "What happened, in order"),
        (name = "uploads", description = "Publishing")
    )
)]
struct Api;

struct BearerKey;

impl Modify for BearerKey {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An API key or an access token"))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}

/// All routes with what goes around them.
pub(super) fn router(state: Marketplace) -> Router {
    let (routes, document) = routes().split_for_parts();
    let text = serialised(&document);
    routes
        .route("/openapi.json", axum::routing::get(move || std::future::ready(service::openapi(text.clone()))))
        .fallback(problem::no_such_route)
        .method_not_allowed_fallback(problem::no_such_method)
        .with_state(state.clone())
        .layer(Extension(state.clone()))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_LIMIT))
        .layer(middleware::from_fn_with_state(state, request::identified))
}

/// The OpenAPI 3.1 document, as pretty JSON with a final newline.
pub fn openapi_document() -> String {
    serialised(&routes().into_openapi())
}

fn serialised(document: &Document) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

fn routes() -> OpenApiRouter<Marketplace> {
    let documents = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(service::health))
        .routes(routes!(service::service))
        .routes(routes!(accounts::account))
        .routes(routes!(accounts::members))
        .routes(routes!(accounts::set_member, accounts::remove_member))
        .routes(routes!(consents::list))
        .routes(routes!(consents::withdraw))
        .routes(routes!(clients::create, clients::list))
        .routes(routes!(clients::end))
        .routes(routes!(clients::replace_secret))
        .routes(routes!(audit::chains))
        .routes(routes!(audit::entries))
        .routes(routes!(keys::create, keys::list))
        .routes(routes!(keys::current, keys::revoke_current))
        .routes(routes!(keys::show, keys::revoke, rotation::shorten))
        .routes(routes!(rotation::succeed_current))
        .routes(routes!(rotation::succeed))
        .routes(routes!(rotation::cancel_request))
        .routes(routes!(leaks::report))
        .routes(routes!(signing_keys::register, signing_keys::list))
        .routes(routes!(signing_keys::revoke))
        .routes(routes!(packages::search))
        .routes(routes!(packages::package))
        .routes(routes!(packages::version))
        .routes(routes!(packages::manifest))
        .routes(routes!(packages::download))
        .routes(routes!(lifecycle::yank))
        .routes(routes!(lifecycle::unyank))
        .routes(routes!(lifecycle::deprecate))
        .routes(routes!(reviews::list))
        .routes(routes!(reviews::decide))
        .routes(routes!(advisories::archive))
        .routes(routes!(events::emit, events::list))
        .routes(routes!(signing_secret::show, signing_secret::retire))
        .routes(routes!(signing_secret::rotate))
        .routes(routes!(signing_secret::undo))
        .routes(routes!(event_stream::stream))
        .routes(routes!(installations::install, installations::list))
        .routes(routes!(installations::uninstall))
        .routes(routes!(uploads::open))
        .routes(routes!(uploads::commit))
        .layer(DefaultBodyLimit::max(LARGEST_JSON));
    let ledger = OpenApiRouter::new()
        .routes(routes!(ledger::append, ledger::list))
        .routes(routes!(installations::append, installations::entries))
        .layer(middleware::from_fn(limited::per_credential))
        .layer(DefaultBodyLimit::max(LARGEST_JSON));
    let parts = OpenApiRouter::new()
        .routes(routes!(uploads::show, uploads::append))
        .layer(DefaultBodyLimit::max(crate::wire::PART_BYTES));
    documents.merge(ledger).merge(parts).merge(super::oauth::routes())
}
