//! `Arrival -> Exchange`: deliveries that come in, from a marketplace or from this machine, are recorded, passed on, and
//! told to whoever looks on. Nothing here prints: a view subscribes to the [`Feed`].

mod feed;
mod handler;
mod local;
mod marketplace;
mod repeater;
mod replay;

pub use feed::{Feed, Summary, Update};
pub use handler::Handler;
pub use local::{Local, receive_locally};
pub use marketplace::{Listen, receive};
pub use repeater::Repeater;
pub use replay::{Repeat, replay};
