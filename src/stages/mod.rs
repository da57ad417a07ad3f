//! The stages that commands are made of: the domain, fed by adapters. Commands put them in a row and add nothing of
//! their own; a stage takes what the stage before it returns, so that none can be skipped.

pub mod advisories;
pub mod attest;
pub mod audit_log;
pub mod certify;
pub mod exercise;
pub mod integration_client;
pub mod lifecycle;
pub mod listen;
pub mod load;
pub mod new_key;
pub mod pack;
pub mod publish;
pub mod release;
pub mod report_place;
pub mod rotation;
pub mod rules;
#[cfg(feature = "server")]
pub mod sandbox;
pub mod scaffold;
pub mod scan_exceptions;
pub mod scan_history;
pub mod scan_staged;
pub mod scan_tree;
pub mod session;
pub mod sign_in;
pub mod signing_key;
pub mod signing_secret;
pub mod stubs;
pub mod trusted_key;
pub mod verify;
