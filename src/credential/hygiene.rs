//! What is wrong with a key, or could be better.

use jiff::{SignedDuration, Timestamp};

use super::{ScopeSet, StoreKind, ends_within_notice, unused_beyond_notice};
use crate::manifest::vocabulary;

/// Age at which a key should have been rotated.
const OLD: SignedDuration = SignedDuration::from_hours(180 * 24);

vocabulary! {
    /// One thing about a key that its owner should know.
    Remark, "remark" {
        /// It was found in public and is still stored here.
        Leaked = "leaked",
        /// It is stored here and works no more.
        Dead = "dead",
        /// It has a successor and no end: a rotation that nobody finished.
        Unfinished = "unfinished",
        /// Nothing used it for 90 days.
        Unused = "unused",
        /// It is older than 180 days.
        Old = "old",
        /// It ends within 14 days.
        EndsSoon = "ends_soon",
        /// It never ends by itself.
        NeverEnds = "never_ends",
        /// It may do everything.
        DoesEverything = "does_everything",
        /// It lies unencrypted in a file.
        PlainText = "plain_text",
    }
}

impl Remark {
    /// Whether something should be done about it now.
    pub fn is_problem(self) -> bool {
        matches!(self, Remark::Leaked | Remark::Dead | Remark::Unfinished | Remark::Unused | Remark::Old)
    }

    /// What it means, and what to do.
    pub fn advice(self) -> &'static str {
        match self {
            Remark::Leaked => "was found in public, and is stored here still: forget it with `keys revoke`",
            Remark::Dead => "works no more, and is stored here still: forget it with `keys revoke`",
            Remark::Unfinished => {
                "has a successor and no end: finish with `keys rotate --resume`, or revoke one of both"
            }
            Remark::Unused => "was not used for 90 days: revoke it where nothing needs it",
            Remark::Old => "is older than 180 days: rotate it with `keys rotate`",
            Remark::EndsSoon => "ends within 14 days: rotate it with `keys rotate`",
            Remark::NeverEnds => "never ends by itself: `keys create --expires 90d` makes one that does",
            Remark::DoesEverything => "may do everything: `keys create --scope` makes one that does what is needed",
            Remark::PlainText => "lies unencrypted in a file: take the keyring, or `--store age`",
        }
    }
}

/// What is known of a key.
#[derive(Debug, Clone)]
pub struct KeyFacts {
    /// When it was created.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// Whether it was revoked since it was found in public.
    pub leaked: bool,
    /// Whether a living key was made to succeed it.
    pub succeeded: bool,
    /// What it may do.
    pub scopes: ScopeSet,
    /// Where it is stored on this machine.
    pub store: Option<StoreKind>,
}

/// Says what its owner should know of a key at `now`, gravest first. Of a key that neither works nor is stored, nothing.
pub fn remarks(key: &KeyFacts, now: Timestamp) -> Vec<Remark> {
    let ended = key.revoked || key.expires_at.is_some_and(|end| end <= now);
    if ended {
        let dead = if key.leaked { Remark::Leaked } else { Remark::Dead };
        return key.store.map(|_| dead).into_iter().collect();
    }
    let found = [
        (Remark::Unfinished, key.succeeded && key.expires_at.is_none()),
        (Remark::Unused, unused_beyond_notice(key.created_at, key.last_used_at, now).is_some()),
        (Remark::Old, now.duration_since(key.created_at) >= OLD),
        (Remark::EndsSoon, !key.succeeded && ends_within_notice(key.expires_at, now).is_some()),
        (Remark::NeverEnds, !key.succeeded && key.expires_at.is_none()),
        (Remark::DoesEverything, key.scopes == ScopeSet::all()),
        (Remark::PlainText, key.store == Some(StoreKind::File)),
    ];
    found.into_iter().filter_map(|(remark, holds)| holds.then_some(remark)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Scope;

    fn day(number: i64) -> Timestamp {
        Timestamp::from_second(number * 86_400).expect("time")
    }

    fn sound() -> KeyFacts {
        KeyFacts {
            created_at: day(100),
            expires_at: Some(day(190)),
            last_used_at: Some(day(109)),
            revoked: false,
            leaked: false,
            succeeded: false,
            scopes: [Scope::PackagesRead].into_iter().collect(),
            store: Some(StoreKind::Keyring),
        }
    }

    #[test]
    fn a_sound_key_is_not_remarked_upon() {
        assert_eq!(remarks(&sound(), day(110)), []);
        let gone = KeyFacts { revoked: true, store: None, ..sound() };
        assert_eq!(remarks(&gone, day(110)), [], "it neither works nor is stored");
    }

    #[test]
    fn each_fault_is_named_alone() {
        let cases = [
            (KeyFacts { revoked: true, leaked: true, ..sound() }, Remark::Leaked),
            (KeyFacts { revoked: true, ..sound() }, Remark::Dead),
            (KeyFacts { expires_at: Some(day(110)), ..sound() }, Remark::Dead),
            (KeyFacts { succeeded: true, expires_at: None, ..sound() }, Remark::Unfinished),
            (KeyFacts { created_at: day(10), last_used_at: Some(day(20)), ..sound() }, Remark::Unused),
            (KeyFacts { created_at: day(-70), ..sound() }, Remark::Old),
            (KeyFacts { expires_at: Some(day(124)), ..sound() }, Remark::EndsSoon),
            (KeyFacts { expires_at: None, ..sound() }, Remark::NeverEnds),
            (KeyFacts { scopes: ScopeSet::all(), ..sound() }, Remark::DoesEverything),
            (KeyFacts { store: Some(StoreKind::File), ..sound() }, Remark::PlainText),
        ];
        for (key, expected) in cases {
            assert_eq!(remarks(&key, day(110)), [expected], "{key:?}");
        }
    }
}
