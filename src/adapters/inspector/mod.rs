//! A web page on this machine that shows exchanges as they come in and sends them again. It is served on loopback alone,
//! embedded in this program, and every question to it needs a token that only whoever started it was told.

mod admission;
mod answers;
mod journal;
mod page;
mod routes;
mod server;

pub use journal::Journal;
pub use routes::SendAgain;
pub use server::Inspector;
