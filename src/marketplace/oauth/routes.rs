//! Where everything is.

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{authorize, device, introspect, metadata, revoke, sign_in, token};
use crate::marketplace::Marketplace;

/// Largest form, in bytes.
const LARGEST_FORM: usize = 64 << 10;

/// What programs use is in the OpenAPI document; pages for people are not.
pub(in crate::marketplace) fn routes() -> OpenApiRouter<Marketplace> {
    OpenApiRouter::new()
        .routes(routes!(metadata::metadata))
        .routes(routes!(token::token))
        .routes(routes!(device::begin))
        .routes(routes!(revoke::revoke))
        .routes(routes!(introspect::introspect))
        .route(authorize::PATH, get(authorize::show).post(authorize::decide))
        .route("/device", get(device::short))
        .route(device::PATH, get(device::show).post(device::decide))
        .route("/oauth/sign-out", post(sign_in::out))
        .route("/oauth/sign-in", post(sign_in::with_code))
        .route("/oauth/sign-in/{provider}", post(sign_in::at_provider))
        .route("/oauth/callback/{provider}", get(sign_in::back))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
}
