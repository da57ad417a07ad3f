//! Who looks on while `listen` receives: lines or a view on this terminal, and a page in a browser.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::records::Record;
use super::terminal;
use crate::adapters::inspector::{Inspector, Journal, SendAgain};
use crate::cli::ReceiveArgs;
use crate::context::Context;
use crate::error::Result;
use crate::stages::listen::{Repeater, Update};
use crate::ui::{Output, Reader};
use crate::webhook::exchange::Exchange;

type Updates = mpsc::Receiver<Arc<Update>>;

/// What standard output shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// A line for each thing that happens: for people, or as JSON.
    Lines,
    /// The whole terminal.
    Terminal,
}

impl View {
    /// The view takes the terminal where there is a whole one, unless lines or the page are asked for.
    pub(super) fn of(context: &Context, args: &ReceiveArgs) -> Self {
        let wanted = !args.plain && !args.ui && context.has_whole_terminal();
        if wanted { View::Terminal } else { View::Lines }
    }

    pub(super) fn takes_the_terminal(self) -> bool {
        self == View::Terminal
    }

    /// Shows what happens until there is no more, or nobody looks any more.
    pub(super) async fn show(
        self,
        context: &Context,
        updates: Updates,
        forward_to: Option<&str>,
        repeater: Repeater,
    ) -> Result<Reader> {
        match self {
            View::Lines => {
                // What sends again would keep the feed from ending.
                drop(repeater);
                write_records(&context.output, updates, forward_to).await
            }
            View::Terminal => terminal::show(context, updates, forward_to, repeater).await,
        }
    }
}

/// Writes each update until there are no more, or nobody reads any more.
async fn write_records(output: &Output, mut updates: Updates, forward_to: Option<&str>) -> Result<Reader> {
    while let Some(update) = updates.recv().await {
        if output.record(&Record::of(&update, forward_to))? == Reader::Gone {
            return Ok(Reader::Gone);
        }
    }
    Ok(Reader::Present)
}

/// A page whose address was told.
pub(super) struct Page {
    inspector: Inspector,
    updates: Updates,
}

/// A page that is served.
pub(super) struct Served {
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Page {
    /// Takes the port and tells the address, which is a secret of the person who reads it, once.
    pub(super) async fn open(context: &Context, port: u16, updates: Updates) -> Result<Self> {
        let inspector = Inspector::bind(port).await?;
        context.output.address("inspect", &inspector.url());
        Ok(Page { inspector, updates })
    }

    /// Serves it until it is stopped or forgotten.
    pub(super) fn serve(self, forward_to: Option<&str>, repeater: Repeater) -> Served {
        let Page { inspector, mut updates } = self;
        let journal = Arc::new(Journal::default());
        let again: SendAgain = Arc::new(move |exchange, again| {
            let repeater = repeater.clone();
            Box::pin(async move { repeater.send(&exchange, again).await })
        });
        let (stop, stopped) = watch::channel(false);
        let forward_to = forward_to.map(str::to_owned);
        let serving = tokio::spawn(async move {
            let noted = async {
                while let Some(update) = updates.recv().await {
                    note(&journal, &update, forward_to.as_deref());
                }
                std::future::pending::<()>().await;
            };
            tokio::select! {
                () = inspector.serve(Arc::clone(&journal), again, stopped) => {}
                () = noted => {}
            }
        });
        Served { stop, serving }
    }
}

impl Served {
    /// Ends the page.
    pub(super) async fn stop(self) {
        self.stop.send_replace(true);
        // A page that broke is stopped.
        let _ = self.serving.await;
    }
}

fn note(journal: &Journal, update: &Update, forward_to: Option<&str>) {
    match told(update, forward_to) {
        Ok((tone, text)) => journal.note(tone, &text),
        Err(exchange) => journal.exchange(exchange),
    }
}

/// An update in words with its tone, or the exchange that it is.
pub(super) fn told<'a>(
    update: &'a Update,
    forward_to: Option<&str>,
) -> Result<(&'static str, String), &'a Arc<Exchange>> {
    match update {
        Update::Connected { from, again, .. } => {
            let word = if *again { "connected again" } else { "listening" };
            let to = forward_to.map(|url| format!(", forwarding to {url}")).unwrap_or_default();
            Ok(("good", format!("{word}: {from}{to}")))
        }
        Update::Lost { why, .. } => Ok(("bad", format!("connection lost: {why}; connecting again"))),
        Update::Refused(why) => Ok(("warn", why.clone())),
        Update::Exchange(exchange) => Err(exchange),
    }
}
