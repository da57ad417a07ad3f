//! Walking an audit log: every chain is verified, newest first, since each tells where the ones before it stood.

use crate::adapters::marketplace_client::MarketplaceClient;
use crate::audit::{Anchor, Broken, ChainVerifier, Entry, Link};
use crate::error::{Error, Result};
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
    /// How many entries there are, also of those that may not be read.
    pub count: u64,
    /// What does not hold.
    pub broken: Vec<Broken>,
}

/// Walks the whole log. `seen` is what was seen before; `latest` entries are kept.
pub async fn walk(client: &MarketplaceClient, seen: &[Anchor], latest: usize) -> Result<Walked> {
    let chains = chains(client).await?;
    let mut walked = Walked::default();
    let mut anchors = seen.to_vec();
    let vanished = seen.iter().filter(|anchor| !chains.iter().any(|chain| chain.id == anchor.chain));
    let gone = |anchor: &Anchor| Broken::Anchor { chain: anchor.chain.clone(), sequence: anchor.sequence };
    walked.broken.extend(vanished.map(gone));
    for chain in chains.iter().rev() {
        let verified = verify(client, chain, &mut anchors, &mut walked).await?;
        match verified {
            Ok(head) => walked.heads.push(head),
            Err(broken) => walked.broken.push(broken),
        }
        walked.entries.sort_by_key(|entry| entry.at);
        let surplus = walked.entries.len().saturating_sub(latest);
        walked.entries.drain(..surplus);
    }
    walked.heads.reverse();
    Ok(walked)
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
            at = record.sequence;
            walked.count += 1;
            if let Some(entry) = entry(record)? {
                anchors.extend(entry.anchors.iter().cloned());
                walked.entries.push(entry);
            }
        }
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

fn entry(record: &AuditRecord) -> Result<Option<Entry>> {
    let parsed = record.content.as_deref().map(serde_json::from_str).transpose();
    parsed.map_err(|_| Error::unreachable("the marketplace's audit log is not as documented"))
}
