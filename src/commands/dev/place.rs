//! The marketplace of `dev`: the one in use, or a sandbox that lives as long as `dev`.

use std::net::{Ipv4Addr, SocketAddr};

use crate::adapters::embedded::SandboxBehaviour;
use crate::adapters::sandbox::SandboxFolder;
use crate::context::Context;
use crate::error::Result;
use crate::stages::sandbox::{Hosted, choose_port, lock_or_living};
use crate::stages::session;

/// Where the marketplace is.
pub(super) enum Place {
    /// It runs already.
    Found(String),
    /// It is part of this process.
    Own(Hosted),
}

impl Place {
    /// Takes the marketplace that is named or the sandbox that runs; starts the sandbox where there is none.
    pub(super) async fn find_or_start(context: &Context) -> Result<Self> {
        if context.named_marketplace()?.is_some() {
            return Ok(Place::Found(session::address(context)?.0));
        }
        let folder = SandboxFolder::new(context.dirs.sandbox());
        match lock_or_living(&folder).await? {
            Err(living) => Ok(Place::Found(living.url)),
            Ok(lock) => {
                let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), choose_port(&folder, None)?);
                Ok(Place::Own(Hosted::start(folder, lock, address, SandboxBehaviour::default()).await?))
            }
        }
    }

    /// Its address.
    pub(super) fn url(&self) -> &str {
        match self {
            Place::Found(url) => url,
            Place::Own(hosted) => hosted.url(),
        }
    }

    /// Stops what was started.
    pub(super) async fn stop(self) -> Result<()> {
        match self {
            Place::Found(_) => Ok(()),
            Place::Own(hosted) => hosted.stop().await,
        }
    }
}
