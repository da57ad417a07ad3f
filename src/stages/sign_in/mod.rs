//! A person's identity: signing in through a browser or a device code, and keeping the sign-in fresh.

mod browser;
mod device;
mod obtained;
mod renewal;

pub use browser::through_browser;
pub use device::through_device;
pub use obtained::Obtained;
pub use renewal::LoginRenewal;
