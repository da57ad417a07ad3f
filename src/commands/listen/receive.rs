//! `listen` itself: source, handler, feed, records.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::records::Ended;
use super::views::{Page, View};
use crate::adapters::capture_store::CaptureStore;
use crate::adapters::forwarder::Forwarder;
use crate::adapters::local_endpoint::LocalEndpoint;
use crate::adapters::process;
use crate::cli::ReceiveArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::event::EventType;
use crate::stages::listen::{self, Feed, Handler, Listen, Local, Repeater, Summary};
use crate::stages::session::{self, Purpose};
use crate::ui::{Output, Reader, Verbosity};

/// Oldest delivery that is passed on; see [`Listen::stale_after`].
const STALE: Duration = Duration::from_mins(1);

/// How a run ended.
enum End {
    Received(Summary),
    ReaderGone,
}

/// Receives until it is interrupted, the limit is reached, nobody reads any more, or it cannot go on. What went wrong is
/// the last record of the stream.
pub(in crate::commands) async fn run(context: &Context, args: ReceiveArgs) -> Result<u8> {
    let output = &context.output;
    let ended = tokio::select! {
        ended = receive(context, &args) => ended,
        () = process::interrupted() => Err(Error::interrupted()),
    };
    match ended {
        Ok(End::Received(summary)) => {
            let ended = Ended(summary);
            output.record(&ended)?;
            Ok(Output::exit_code(&ended))
        }
        Ok(End::ReaderGone) => Ok(0),
        Err(error) => Ok(output.stream_error(&error)),
    }
}

async fn receive(context: &Context, args: &ReceiveArgs) -> Result<End> {
    let forwarder = args.forward_to.as_deref().map(|url| forwarder(url, args.timeout)).transpose()?;
    let types = event_types(&args.events)?;
    let capture = match &args.capture {
        Some(path) => Some(Arc::new(CaptureStore::open_or_create(&context.cwd.join(path)).await?)),
        None => None,
    };
    let feed = Feed::default();
    let updates = feed.subscribe();
    let page = if args.ui { Some(Page::open(context, args.ui_port, feed.subscribe()).await?) } else { None };
    let handler = Handler::new(forwarder, capture.clone(), feed);
    let repeater = Repeater::new(context.clone(), &handler, Duration::from_secs(args.timeout));
    let page = page.map(|page| page.serve(args.forward_to.as_deref(), repeater.clone()));
    let view = View::of(context, args);
    let quiet = view.takes_the_terminal().then(|| context.with_verbosity(Verbosity::Quiet));
    let receiving = quiet.as_ref().unwrap_or(context);
    let mut shown = Box::pin(view.show(context, updates, args.forward_to.as_deref(), repeater));
    let kept = capture.clone();
    // Owns the handler, so that the feed ends with it.
    let received = async move {
        if args.local {
            receive_locally(receiving, args, &handler).await
        } else {
            receive_from_marketplace(receiving, args, types, handler, kept.as_deref()).await
        }
    };
    tokio::pin!(received);
    let summary = tokio::select! {
        gone = &mut shown => return gone.map(|_| End::ReaderGone),
        summary = &mut received => summary,
    };
    if let Some(page) = page {
        page.stop().await;
    }
    let reader = if view.takes_the_terminal() {
        drop(shown);
        Reader::Present
    } else {
        // What was told before the end is written before the end.
        shown.await?
    };
    if let Some(capture) = capture.and_then(Arc::into_inner) {
        capture.close().await?;
    }
    let summary = summary?;
    Ok(if reader == Reader::Gone { End::ReaderGone } else { End::Received(summary) })
}

async fn receive_from_marketplace(
    context: &Context,
    args: &ReceiveArgs,
    types: BTreeSet<String>,
    handler: Handler,
    capture: Option<&CaptureStore>,
) -> Result<Summary> {
    let session = session::open(context, Purpose::Work)?;
    let origin = session.client.origin();
    let after = match (args.since, args.from_beginning, args.resume, capture) {
        (Some(cursor), ..) => Some(cursor),
        (None, true, ..) => Some(0),
        (None, false, true, Some(capture)) => capture.last_cursor(&origin).await?,
        _ => None,
    };
    if args.forward_to.is_some() {
        context.output.hint("your endpoint verifies with the secret that `proveniq listen secret` prints");
    }
    let listen = Listen {
        client: session.client,
        after,
        types,
        stale_after: STALE,
        give_up_after: Duration::from_secs(args.give_up_after),
        limit: args.limit,
    };
    listen::receive(&listen, &handler.of_marketplace(origin), &context.clock).await
}

async fn receive_locally(context: &Context, args: &ReceiveArgs, handler: &Handler) -> Result<Summary> {
    let endpoint = LocalEndpoint::bind(args.port, &args.allow_hosts).await?;
    let local = Local { endpoint, answer: args.answer, limit: args.limit };
    listen::receive_locally(local, handler, &context.clock).await
}

fn forwarder(url: &str, seconds: u64) -> Result<Forwarder> {
    Forwarder::new(Forwarder::address(url)?, Duration::from_secs(seconds))
}

fn event_types(names: &[String]) -> Result<BTreeSet<String>> {
    names.iter().map(|name| EventType::parse(name).map(|kind| kind.to_string()).map_err(Error::usage)).collect()
}
