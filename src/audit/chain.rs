//! Hashes, and whether a chain holds.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::Anchor;
use crate::package::hex;

/// What stands in front of a chain's first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 of an entry's content, as hex: of its JSON text, byte for byte.
pub fn digest_of(content: &str) -> String {
    hex(&Sha256::digest(content))
}

/// Hash of an entry: SHA-256 of the hash before, a line feed, and the digest of the content, all as lower-case hex.
pub fn hash_of(previous: &str, digest: &str) -> String {
    hex(&Sha256::digest(format!("{previous}\n{digest}")))
}

/// One entry as it is verified; who may not read it still sees this much.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Position in the chain, from 1.
    pub sequence: u64,
    /// The content, where it may be read.
    pub content: Option<&'a str>,
    /// Digest of the content.
    pub digest: &'a str,
    /// Hash of the entry.
    pub hash: &'a str,
}

/// Why a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is missing, doubled or out of order.
    #[error("entry {expected} of chain {chain} is missing: {found} follows")]
    Gap {
        /// The chain.
        chain: String,
        /// The entry that is due.
        expected: u64,
        /// The entry that is there.
        found: u64,
    },
    /// The content is not what the digest says.
    #[error("entry {sequence} of chain {chain} was changed")]
    Content {
        /// The chain.
        chain: String,
        /// The entry.
        sequence: u64,
    },
    /// The hash does not follow from what precedes.
    #[error("entry {sequence} of chain {chain} does not follow from the one before")]
    Hash {
        /// The chain.
        chain: String,
        /// The entry.
        sequence: u64,
    },
    /// The hashes hold over what is no entry.
    #[error("entry {sequence} of chain {chain} cannot be read as one")]
    Unreadable {
        /// The chain.
        chain: String,
        /// The entry.
        sequence: u64,
    },
    /// The chain ends before its head, or elsewhere.
    #[error("chain {chain} does not end where its head says")]
    Head {
        /// The chain.
        chain: String,
    },
    /// What others have seen of it, and it is not there at all.
    #[error("chain {chain} is gone: it had {sequence} entries when it was seen before")]
    Vanished {
        /// The chain.
        chain: String,
        /// How far it went.
        sequence: u64,
    },
    /// What another chain, or an earlier look, has seen is no longer there.
    #[error("chain {chain} was rewritten: entry {sequence} is not the one that was seen before")]
    Anchor {
        /// The chain.
        chain: String,
        /// The entry.
        sequence: u64,
    },
}

/// Verifies one chain, entry by entry, against what others have seen of it.
#[derive(Debug)]
pub struct ChainVerifier {
    chain: String,
    sequence: u64,
    head: String,
    /// Hashes that must be there, by sequence.
    expected: BTreeMap<u64, String>,
}

impl ChainVerifier {
    /// Begins in front of the first entry. `seen` is what others have seen of chains; those of other chains are left out.
    pub fn new<'a>(chain: &str, seen: impl IntoIterator<Item = &'a Anchor>) -> Self {
        let of_it = seen.into_iter().filter(|anchor| anchor.chain == chain);
        let expected = of_it.map(|anchor| (anchor.sequence, anchor.hash.clone())).collect();
        ChainVerifier { chain: chain.to_owned(), sequence: 0, head: GENESIS.to_owned(), expected }
    }

    /// Takes the next entry.
    pub fn take(&mut self, link: &Link<'_>) -> Result<(), Broken> {
        let (chain, sequence) = (self.chain.clone(), link.sequence);
        if sequence != self.sequence + 1 {
            return Err(Broken::Gap { chain, expected: self.sequence + 1, found: sequence });
        }
        if link.content.is_some_and(|content| digest_of(content) != link.digest) {
            return Err(Broken::Content { chain, sequence });
        }
        let hash = hash_of(&self.head, link.digest);
        if hash != link.hash {
            return Err(Broken::Hash { chain, sequence });
        }
        if self.expected.remove(&sequence).is_some_and(|seen| seen != hash) {
            return Err(Broken::Anchor { chain, sequence });
        }
        (self.sequence, self.head) = (sequence, hash);
        Ok(())
    }

    /// Ends at the head that the chain is said to have; everything that was seen of it must have come.
    pub fn finish(self, sequence: u64, head: &str) -> Result<Anchor, Broken> {
        if let Some((&sequence, _)) = self.expected.first_key_value() {
            return Err(Broken::Anchor { chain: self.chain, sequence });
        }
        if self.sequence != sequence || self.head != head {
            return Err(Broken::Head { chain: self.chain });
        }
        Ok(Anchor { chain: self.chain, sequence, hash: self.head })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Written = (u64, String, String, String);

    fn written(contents: &[&str]) -> Vec<Written> {
        let mut head = GENESIS.to_owned();
        let mut entries = Vec::new();
        for (at, content) in (1..).zip(contents) {
            let digest = digest_of(content);
            head = hash_of(&head, &digest);
            entries.push((at, (*content).to_owned(), digest, head.clone()));
        }
        entries
    }

    fn verify(entries: &[Written], seen: &[Anchor], end: (u64, &str)) -> Result<Anchor, Broken> {
        let mut verifier = ChainVerifier::new("c", seen);
        for (sequence, content, digest, hash) in entries {
            verifier.take(&Link { sequence: *sequence, content: Some(content), digest, hash })?;
        }
        verifier.finish(end.0, end.1)
    }

    fn anchor(entry: &Written) -> Anchor {
        Anchor { chain: "c".into(), sequence: entry.0, hash: entry.3.clone() }
    }

    #[test]
    fn an_unchanged_chain_holds_and_every_change_is_seen() {
        let entries = written(&["a", "b", "c"]);
        let head = entries[2].3.clone();
        assert!(verify(&entries, &[anchor(&entries[1])], (3, &head)).is_ok());

        let mut changed = entries.clone();
        changed[1].1 = "x".into();
        assert_eq!(verify(&changed, &[], (3, &head)), Err(Broken::Content { chain: "c".into(), sequence: 2 }));
        changed[1].2 = digest_of("x");
        assert_eq!(verify(&changed, &[], (3, &head)), Err(Broken::Hash { chain: "c".into(), sequence: 2 }));

        let gap = [entries[0].clone(), entries[2].clone()];
        assert!(matches!(verify(&gap, &[], (3, &head)), Err(Broken::Gap { expected: 2, found: 3, .. })));
        assert_eq!(verify(&entries[..2], &[], (3, &head)), Err(Broken::Head { chain: "c".into() }));
    }

    #[test]
    fn a_chain_that_was_written_anew_is_seen_by_whoever_saw_it_before() {
        let (before, anew) = (written(&["a", "b", "c"]), written(&["a", "x", "c"]));
        let head = anew[2].3.clone();
        assert!(verify(&anew, &[], (3, &head)).is_ok(), "alone it cannot be told");
        let seen = anchor(&before[1]);
        assert!(matches!(verify(&anew, &[seen], (3, &head)), Err(Broken::Anchor { sequence: 2, .. })));
        let cut = verify(&before[..2], &[anchor(&before[2])], (2, &before[1].3));
        assert!(matches!(cut, Err(Broken::Anchor { sequence: 3, .. })));
    }
}
