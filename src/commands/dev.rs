//! `dev`: the marketplace, the integration, live deliveries; again on each change.

mod inner_loop;
mod place;
mod records;

use crate::adapters::integration;
use crate::adapters::process;
use crate::cli::DevArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use inner_loop::InnerLoop;
use place::Place;

/// Runs until it is interrupted, a person ends it, or it cannot go on. Ends what it started, in order.
pub(super) async fn run(context: &Context, args: DevArgs) -> Result<u8> {
    let project = context.project()?;
    let place = Place::find_or_start(context).await?;
    let context = context.working_in(&context.cwd, place.url());
    let going = async {
        let port = args.port.map_or_else(integration::free_port, Ok)?;
        let inner_loop = InnerLoop::new(&context, project, &args, port).await?;
        Box::pin(inner_loop.run()).await
    };
    let ended = tokio::select! {
        ended = going => ended,
        () = process::interrupted() => Err(Error::interrupted()),
    };
    let stopped = place.stop().await;
    match ended {
        Ok(()) => stopped.map(|()| 0),
        Err(error) => Ok(context.output.stream_error(&error)),
    }
}
