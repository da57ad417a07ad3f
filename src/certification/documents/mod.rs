//! What the documentation checks share: finding a document, what it holds, placeholders, links, and what it says of routes,
//! events and service levels.

mod claims;
mod document;
mod levels;
mod links;
mod markdown;
mod placeholders;

pub(super) use document::Document;
pub(super) use levels::contradictions;
