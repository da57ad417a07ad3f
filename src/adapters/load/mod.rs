//! Sends signed deliveries at a rate or as fast as an endpoint takes them, and counts what comes back.
//!
//! An HTTP/1.1 client of its own: a general one spends more on a request than signing and sending it. Each thread turns
//! one event loop over its share of the connections; a delivery is one write, and its answer is read as it comes and never
//! kept.

mod connection;
mod endpoint;
mod response;
mod run;
mod transport;
mod wait;
mod worker;

pub use endpoint::LoadEndpoint;
pub use run::LoadRunner;
