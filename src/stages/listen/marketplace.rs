//! Deliveries of a marketplace over one outgoing connection, which is made again from the last cursor when it is lost.
//!
//! The marketplace signs a delivery as it writes it to the connection. So that no timestamp grows old in a queue here,
//! few deliveries wait, and those that have waited too long are left and asked for again: they come signed afresh.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::feed::{Summary, Update};
use super::handler::Handler;
use crate::adapters::clock::Clock;
use crate::adapters::event_stream::{EventStream, Item};
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::error::{Error, Kind, Result};
use crate::webhook::exchange::{Arrival, CapturedRequest, Header, Source};
use crate::wire::StreamedDelivery;

/// Deliveries that may wait for the endpoint. When more come in, the connection is given up until they are through.
const WAITING: usize = 16;
/// A connection that lives so long, or brings a delivery, is a sound one.
const SOUND: Duration = Duration::from_secs(5);
/// Waits between attempts to connect: the first, and the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What to listen to.
#[derive(Debug)]
pub struct Listen {
    /// The marketplace.
    pub client: MarketplaceClient,
    /// Position behind which to begin; `None` is the end of the log.
    pub after: Option<u64>,
    /// Event types that are taken; none means all.
    pub types: BTreeSet<String>,
    /// Time after which a delivery that waits for the endpoint is left and asked for again, signed afresh. Must lie far
    /// below the 300 seconds that endpoints tolerate.
    pub stale_after: Duration,
    /// Time without a connection after which listening ends with an error.
    pub give_up_after: Duration,
    /// Deliveries after which listening ends.
    pub limit: Option<u64>,
}

/// How a connection ended.
enum Ended {
    /// All that was asked for is done.
    Done,
    /// More came in than could be passed on in time: it is to be made again at once.
    Behind,
    /// It was lost.
    Lost(String),
}

/// What the reader of a connection hands over.
struct Waiting {
    since: Instant,
    delivery: StreamedDelivery,
}

/// A time without a sound connection.
#[derive(Clone, Copy)]
struct Trouble {
    since: Instant,
    /// Wait before the next attempt.
    pause: Duration,
}

struct Run<'a> {
    listen: &'a Listen,
    handler: &'a Handler,
    clock: &'a Arc<dyn Clock>,
    cursor: Option<u64>,
    connected_before: bool,
    /// Whether whoever looks on believes that there is a connection.
    told: bool,
    trouble: Option<Trouble>,
    summary: Summary,
}

/// Receives until the limit is reached or it cannot go on: every delivery of the log behind the first cursor once, in
/// order, however often the connection is lost.
pub async fn receive(listen: &Listen, handler: &Handler, clock: &Arc<dyn Clock>) -> Result<Summary> {
    let summary = Summary { cursor: listen.after, ..Summary::default() };
    let cursor = listen.after;
    let (connected_before, told, trouble) = (false, false, None);
    let mut run = Run { listen, handler, clock, cursor, connected_before, told, trouble, summary };
    let mut stream = Some(EventStream::open(&listen.client, run.cursor).await?);
    loop {
        let connected = match stream.take() {
            Some(stream) => stream,
            None => run.connect_again().await?,
        };
        match run.flow(connected).await? {
            Ended::Done => return Ok(run.summary),
            Ended::Behind => run.trouble = None,
            Ended::Lost(why) => run.lost(why).await?,
        }
    }
}

impl Run<'_> {
    /// Takes deliveries through until the connection ends. A task of its own reads, so that silence is noticed while an
    /// endpoint takes its time.
    async fn flow(&mut self, stream: EventStream) -> Result<Ended> {
        let connected_at = Instant::now();
        let (sender, mut waiting) = mpsc::channel(WAITING);
        let (ready, mut told_ready) = mpsc::channel(1);
        let mut reader = JoinSet::new();
        reader.spawn(read(stream, ready, sender));
        if let Some(cursor) = told_ready.recv().await {
            self.begin(cursor).await?;
        }
        while let Some(Waiting { since, delivery }) = waiting.recv().await {
            if since.elapsed() > self.listen.stale_after {
                return Ok(Ended::Behind);
            }
            if self.cursor.is_some_and(|cursor| delivery.cursor <= cursor) {
                continue;
            }
            self.take(delivery).await?;
            self.trouble = None;
            if self.listen.limit.is_some_and(|limit| self.summary.received >= limit) {
                return Ok(Ended::Done);
            }
        }
        if connected_at.elapsed() > SOUND {
            self.trouble = None;
        }
        match reader.join_next().await {
            Some(Ok(ended)) => Ok(ended),
            _ => Err(Error::bug("the reader of the stream broke")),
        }
    }

    async fn begin(&mut self, cursor: u64) -> Result<()> {
        if self.cursor.is_some_and(|own| own != cursor) {
            return Err(Error::unreachable("the marketplace does not go on from the cursor that was asked for"));
        }
        self.cursor = Some(cursor);
        self.summary.cursor = Some(cursor);
        let from = self.listen.client.address().to_owned();
        // A connection that was given up to catch up was never lost to whoever looks on.
        if !std::mem::replace(&mut self.told, true) {
            let again = std::mem::replace(&mut self.connected_before, true);
            self.handler.tell(Update::Connected { from, cursor: Some(cursor), again }).await;
        }
        Ok(())
    }

    async fn take(&mut self, delivery: StreamedDelivery) -> Result<()> {
        let cursor = delivery.cursor;
        if self.listen.types.is_empty() || self.listen.types.contains(&delivery.kind) {
            let exchange = self.handler.handle(self.arrival(delivery)?).await?;
            self.summary.add(&exchange);
        }
        self.cursor = Some(cursor);
        self.summary.cursor = Some(cursor);
        Ok(())
    }

    fn arrival(&self, delivery: StreamedDelivery) -> Result<Arrival> {
        let body = STANDARD
            .decode(&delivery.body)
            .map_err(|_| Error::unreachable("the marketplace sent a delivery whose body is no base64"))?;
        let is_header = |(name, value): &(String, String)| {
            !name.is_empty() && !name.contains([':', ' ']) && !name.chars().chain(value.chars()).any(char::is_control)
        };
        if !delivery.headers.iter().all(is_header) {
            return Err(Error::unreachable("the marketplace sent a delivery with a header that is none"));
        }
        let headers = delivery.headers.iter().map(|(name, value)| Header::text(name, value)).collect();
        Ok(Arrival {
            received_at: self.clock.now(),
            source: Source::Marketplace { cursor: delivery.cursor },
            event_type: Some(delivery.kind),
            request: CapturedRequest { method: "POST".to_owned(), path: self.handler.path(), headers, body },
        })
    }

    /// Tells of a loss. One before the first message means that no marketplace is there.
    async fn lost(&mut self, why: String) -> Result<()> {
        let Some(cursor) = self.cursor.filter(|_| self.connected_before) else {
            return Err(Error::unreachable(format!(
                "no deliveries can be received from {}: {why}",
                self.listen.client.address()
            ))
            .hint("is this the address of a marketplace? `proveniq doctor` tells which one is used"));
        };
        self.told = false;
        self.handler.tell(Update::Lost { why, cursor }).await;
        Ok(())
    }

    /// Connects again, in ever longer pauses, until the time for it is over. Connections that break off as soon as they
    /// are made count as none. What another attempt does not change, such as a key that was revoked, ends it at once.
    async fn connect_again(&mut self) -> Result<EventStream> {
        loop {
            let now = Instant::now();
            let Trouble { since, pause } = self.trouble.unwrap_or(Trouble { since: now, pause: Duration::ZERO });
            self.trouble = Some(Trouble { since, pause: (pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE) });
            let left = self.listen.give_up_after.saturating_sub(since.elapsed());
            tokio::time::sleep(pause.min(left)).await;
            let left = self.listen.give_up_after.saturating_sub(since.elapsed());
            let opened = tokio::time::timeout(left, EventStream::open(&self.listen.client, self.cursor)).await;
            let cause = match opened {
                Ok(Ok(stream)) if !left.is_zero() => return Ok(stream),
                Ok(Err(error)) if error.kind() != Kind::Unreachable => return Err(error),
                Ok(Err(error)) => Some(error),
                Ok(Ok(_)) | Err(_) => None,
            };
            if since.elapsed() >= self.listen.give_up_after {
                return Err(self.gave_up(cause));
            }
        }
    }

    fn gave_up(&self, cause: Option<Error>) -> Error {
        let seconds = self.listen.give_up_after.as_secs();
        let address = self.listen.client.address();
        let error = Error::unreachable(format!(
            "listening has ended: the marketplace at {address} could not be reached for {seconds} s"
        ));
        let error = match cause {
            Some(cause) => error.because(cause),
            None => error,
        };
        let cursor = self.cursor.unwrap_or(0);
        error.hint(format!("nothing is lost: go on from there with `proveniq listen --since {cursor}`"))
    }
}

/// Reads a connection until it ends. What it hands over is bounded: where too much waits, it ends by itself.
async fn read(mut stream: EventStream, ready: mpsc::Sender<u64>, waiting: mpsc::Sender<Waiting>) -> Ended {
    loop {
        match stream.next().await {
            Ok(Item::Ready(told)) => drop(ready.send(told.cursor).await),
            Ok(Item::Delivery(delivery)) => {
                let one = Waiting { since: Instant::now(), delivery: *delivery };
                if waiting.try_send(one).is_err() {
                    return Ended::Behind;
                }
            }
            Ok(Item::End(reason)) => return Ended::Lost(reason),
            Err(why) => return Ended::Lost(why),
        }
    }
}
