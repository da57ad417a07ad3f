//! A recording forwarder on loopback: stands in front of a server, passes everything on, and keeps what passed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{HOST, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use super::http;
use super::local_endpoint::LocalEndpoint;
use crate::certification::{Heard, Party};
use crate::error::{Explain, Result};
use crate::webhook::exchange::{CapturedRequest, Header, Reply};

/// Time that one answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Largest answer that is passed on, in bytes.
const LARGEST: usize = 8 << 20;
/// Most that is kept of all that passes, in bytes; what comes after it is passed on and noted as missing.
const MOST_KEPT: usize = 64 << 20;
/// What a message costs beside its bodies.
const OVERHEAD: usize = 4096;
const POLL: Duration = Duration::from_millis(10);

/// What was heard, by all who write to it. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Record(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    heard: Vec<Heard>,
    bytes: usize,
    under_way: usize,
    last: Option<Instant>,
    overflowed: bool,
}

impl Record {
    /// Adds what was heard.
    pub fn add(&self, heard: Heard) {
        let mut kept = self.kept();
        let answer = heard.reply.as_ref().map_or(0, |reply| reply.body.len());
        kept.bytes += heard.request.body.len() + answer + OVERHEAD;
        kept.last = Some(Instant::now());
        if kept.bytes > MOST_KEPT {
            kept.overflowed = true;
        } else {
            kept.heard.push(heard);
        }
    }

    /// Takes out what was heard since the last time.
    pub fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.kept().heard)
    }

    /// Whether more passed than is kept.
    pub fn overflowed(&self) -> bool {
        self.kept().overflowed
    }

    /// Waits until `reached` says so of what was heard since the last time, `limit` at most; tells whether it was reached.
    pub async fn wait_for(&self, limit: Duration, reached: impl Fn(&[Heard]) -> bool) -> bool {
        let started = Instant::now();
        loop {
            if reached(&self.kept().heard) {
                return true;
            }
            if started.elapsed() >= limit {
                return false;
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Waits until nothing passed for `quiet`, `limit` at most.
    pub async fn settle(&self, quiet: Duration, limit: Duration) {
        let started = Instant::now();
        let is_quiet = || {
            let kept = self.kept();
            kept.under_way == 0 && kept.last.is_none_or(|last| last.elapsed() >= quiet)
        };
        while started.elapsed() < limit && !(started.elapsed() >= quiet && is_quiet()) {
            tokio::time::sleep(POLL).await;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A forwarder that runs. Dropping it closes its address.
#[derive(Debug)]
pub struct Recorder {
    task: JoinHandle<()>,
    _stop: watch::Sender<bool>,
}

impl Recorder {
    /// Passes what comes to `endpoint` on to `target`, under the name by which it was asked for.
    pub fn start(endpoint: LocalEndpoint, target: &str, party: Party, record: Record) -> Result<Self> {
        let target = Url::parse(target).or_bug(|| "the recorder has no address to pass on to".into())?;
        let client = http::client(&target, TIMEOUT)?;
        let handle = move |request: CapturedRequest| {
            let (client, target, party, record) = (client.clone(), target.clone(), party.clone(), record.clone());
            async move {
                record.kept().under_way += 1;
                let reply = pass_on(&client, &target, &request).await;
                record.add(Heard { party, request, reply: reply.clone() });
                record.kept().under_way -= 1;
                reply.unwrap_or(Reply { status: 502, headers: Vec::new(), body: Vec::new(), truncated: false })
            }
        };
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(endpoint.serve(handle, |_| {}, stopped));
        Ok(Recorder { task, _stop: stop })
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass_on(client: &Client, target: &Url, request: &CapturedRequest) -> Option<Reply> {
    let url = Url::parse(&format!("{}{}", target.as_str().trim_end_matches('/'), request.path)).ok()?;
    let method = Method::from_bytes(request.method.as_bytes()).ok()?;
    let mut prepared = client.request(method, url).body(request.body.clone());
    let host = request.headers.iter().find(|header| header.name == HOST.as_str());
    for header in request.headers.iter().filter(|header| header.is_end_to_end()).chain(host) {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
        prepared = prepared.header(name, HeaderValue::from_bytes(&header.value).ok()?);
    }
    let response = prepared.send().await.ok()?;
    let status = response.status().as_u16();
    let header = |(name, value): (&HeaderName, &HeaderValue)| Header {
        name: name.to_string(),
        value: value.as_bytes().to_vec(),
    };
    let headers = response.headers().iter().map(header).collect();
    let (body, truncated) = http::read_bounded(response, LARGEST).await.ok()?;
    (!truncated).then_some(Reply { status, headers, body, truncated })
}
