//! Walking an audit log: every chain is verified, newest first, since each tells where the ones before it stood.

use std::collections::{BTreeMap, BTreeSet};

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::audit::{Anchor, Broken, ChainVerifier, Entry, Link};
use crate::error::Result;
use crate::wire::{AuditChain, AuditRecord};

/// Most chains and entries that are walked.
const MOST_CHAINS: usize = 100_000;

/// A log that was walked.
#[derive(Debug, Default)]
pub struct Walked {
    /// The last entries that may be read, oldest first.
    pub entries: Vec<Entry>,
    /// Where each chain ends, of those that hold.
    pub heads: Vec<Anchor>,
    /// How many chains there are.
    pub chains: usize,
    /// How many entries there are, also of those that may not be read.
    pub count: u64,
    /// What does not hold.
    pub broken: Vec<Broken>,
}

impl Walked {
    /// Forgets all entries but the latest.
    fn keep(&mut self, latest: usize) {
        self.entries.sort_by_key(|entry| entry.at);
        let surplus = self.entries.len().saturating_sub(latest);
        self.entries.drain(..surplus);
    }
}

/// Walks the whole log. `seen` is what was seen before; `latest` entries are kept.
pub async fn walk(client: &MarketplaceClient, seen: &[Anchor], latest: usize) -> Result<Walked> {
    let chains = chains(client).await?;
    let mut walked = Walked { chains: chains.len(), ..Walked::default() };
    let mut anchors = seen.to_vec();
    for chain in chains.iter().rev() {
        let verified = verify(client, chain, &mut anchors, &mut walked, latest).await?;
        match verified {
            Ok(head) => walked.heads.push(head),
            Err(broken) => walked.broken.push(broken),
        }
        walked.keep(latest);
    }
    walked.broken.extend(vanished(&anchors, &chains));
    walked.heads.reverse();
    Ok(walked)
}

/// Chains that were seen before, or that a later chain is anchored in, and that are not there at all.
fn vanished(anchors: &[Anchor], chains: &[AuditChain]) -> Vec<Broken> {
    let there: BTreeSet<_> = chains.iter().map(|chain| chain.id.as_str()).collect();
    let gone = anchors.iter().filter(|anchor| !there.contains(anchor.chain.as_str()));
    let gone: BTreeMap<_, _> = gone.map(|anchor| (anchor.chain.clone(), anchor.sequence)).collect();
    gone.into_iter().map(|(chain, sequence)| Broken::Vanished { chain, sequence }).collect()
}

async fn chains(client: &MarketplaceClient) -> Result<Vec<AuditChain>> {
    let mut chains: Vec<AuditChain> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = client.audit_chains(cursor.as_deref()).await?;
        let ends = page.data.is_empty() || chains.len() > MOST_CHAINS;
        chains.extend(page.data);
        cursor = page.next_cursor.filter(|_| !ends);
        if cursor.is_none() {
            return Ok(chains);
        }
    }
}

/// Verifies a chain up to the head that it had when the walk began.
async fn verify(
    client: &MarketplaceClient,
    chain: &AuditChain,
    anchors: &mut Vec<Anchor>,
    walked: &mut Walked,
    latest: usize,
) -> Result<std::result::Result<Anchor, Broken>> {
    let mut verifier = ChainVerifier::new(&chain.id, anchors.iter());
    let mut at = 0;
    while at < chain.sequence {
        let page = client.audit_entries(&chain.id, at).await?;
        let due = page.data.iter().take_while(|record| record.sequence <= chain.sequence);
        let before = at;
        for record in due {
            if let Err(broken) = verifier.take(&link(record)) {
                return Ok(Err(broken));
            }
            let Ok(entry) = entry(record) else {
                return Ok(Err(Broken::Unreadable { chain: chain.id.clone(), sequence: record.sequence }));
            };
            at = record.sequence;
            walked.count += 1;
            if let Some(entry) = entry {
                // What is hashed is what came; what is shown of it holds no credential.
                let entry = entry.map_text(|text| client.without_key(text));
                anchors.extend(entry.anchors.iter().cloned());
                walked.entries.push(entry);
            }
        }
        // A long chain is not held in memory.
        walked.keep(latest);
        if at == before {
            break;
        }
    }
    Ok(verifier.finish(chain.sequence, &chain.head))
}

fn link(record: &AuditRecord) -> Link<'_> {
    let AuditRecord { sequence, digest, content, hash } = record;
    Link { sequence: *sequence, content: content.as_deref(), digest, hash }
}

fn entry(record: &AuditRecord) -> serde_json::Result<Option<Entry>> {
    record.content.as_deref().map(serde_json::from_str).transpose()
}
