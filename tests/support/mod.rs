//! What the tests share: a place of its own for each test, a sandbox, a project that starts at once, and servers that
//! misbehave.

mod at_once;
mod browser;
mod clock;
mod cut;
mod database;
mod environment;
mod fake;
mod handler;
mod http;
mod ndjson;
mod package;
mod project;
mod receiver;
mod room;
mod running;
mod sandbox;
mod self_signed;
mod stream;
mod targets;
mod terminal;
mod vendors;
mod wait;

pub use at_once::at_once;
pub use browser::Browser;
pub use cut::Way;
pub use environment::{Finished, TestEnvironment};
pub use fake::{Fake, Request, Then, problem, reply};
pub use handler::PlainHandler;
pub use http::{Http, Reply};
pub use ndjson::Ndjson;
pub use package::{Announced, Files, claim, commit};
pub use receiver::{Answer, NO_CONTENT, Receiver};
pub use room::Room;
pub use running::{Running, send_signal};
pub use sandbox::Sandbox;
pub use self_signed::SelfSigned;
pub use stream::EventStream;
pub use targets::{TargetServer, is_installed};
pub use vendors::{Runtime, VendorEndpoint};
pub use wait::{is_alive, left_out, wait_until};
