//! The outside world: files, processes, sockets, keyrings and the clock. Domain modules never import from here.

pub mod capture_store;
pub mod clock;
pub mod credential_store;
pub mod editor;
#[cfg(feature = "server")]
pub mod embedded;
pub mod event_stream;
pub mod files;
pub mod forwarder;
pub mod git;
pub mod http;
pub mod input;
pub mod inspector;
pub mod integration;
pub mod key_index;
pub mod load;
pub mod local_endpoint;
pub mod marketplace_client;
pub mod process;
pub mod project;
pub mod sandbox;
pub mod stub;
pub mod supervisor;
pub mod toolchain;
pub mod watcher;
pub mod webhook_sender;
