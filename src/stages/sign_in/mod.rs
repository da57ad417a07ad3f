//! A person's identity: signing in through a browser or a device code, and keeping the sign-in fresh.

mod browser;
mod device;
mod renewal;

pub use browser::through_browser;
pub use device::through_device;
pub use renewal::LoginRenewal;
