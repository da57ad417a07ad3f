//! Every interleaving of crash and resume, on a world in memory.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::rotation::{Done, KeySource, Phase, Rotation, Step, Subject};
use super::{StoreKind, Target};

/// When a process dies in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crash {
    /// Before anything was done.
    Before,
    /// After it was done, and before it was written down.
    Between,
    /// After it was written down.
    After,
}

/// Marketplace, store, targets and journal, as they survive a process.
#[derive(Debug, Default)]
struct World {
    /// Living keys by the request that made them.
    living: BTreeMap<String, String>,
    cancelled: BTreeSet<String>,
    old_ends: bool,
    /// The key in use, and the one beside it.
    stored: String,
    beside: Option<(String, String)>,
    targets: BTreeMap<usize, String>,
    journal: Option<Rotation>,
    requests: usize,
}

/// A process; its memory is gone when it dies.
struct Process<'a> {
    world: &'a mut World,
    rotation: Rotation,
    secret: Option<String>,
}

const OLD: &str = "old";

fn rotation(targets: usize, store: bool) -> Rotation {
    Rotation {
        profile: "default".into(),
        origin: "http://127.0.0.1:1".into(),
        name: "ci".into(),
        subject: Subject::Key {
            id: OLD.into(),
            source: if store { KeySource::Store } else { KeySource::Environment },
            store: store.then_some(StoreKind::File),
        },
        grace: 60,
        folder: "/".into(),
        targets: vec![Target::Stdout; targets],
        phase: Phase::Asking { request: "request 0".into() },
    }
}

impl World {
    fn works(&self, key: &str) -> bool {
        (key == OLD && !self.old_ends) || self.living.values().any(|living| living == key)
    }

    fn begin(&mut self, targets: usize, store: bool) -> Process<'_> {
        self.stored = OLD.into();
        let rotation = rotation(targets, store);
        self.journal = Some(rotation.clone());
        Process { world: self, rotation, secret: None }
    }

    fn resume(&mut self) -> Option<Process<'_>> {
        let journal = self.journal.clone()?;
        let beside = self.beside.clone().filter(|(request, _)| request == journal.request()).map(|(_, key)| key);
        let rotation = journal.resumed(beside.is_some());
        Some(Process { world: self, rotation, secret: beside })
    }
}

impl Process<'_> {
    /// Goes on until it is done or dies in the step of that number.
    fn run(mut self, death: Option<(usize, Crash)>) {
        for number in 0.. {
            let crash = death.filter(|(at, _)| *at == number).map(|(_, crash)| crash);
            let step = self.rotation.next();
            if crash == Some(Crash::Before) {
                return;
            }
            let done = self.perform(&step);
            self.check();
            if crash == Some(Crash::Between) {
                return;
            }
            if step == Step::Clear {
                self.world.journal = None;
                return;
            }
            self.rotation = self.rotation.after(done);
            self.world.journal = Some(self.rotation.clone());
            if crash == Some(Crash::After) {
                return;
            }
        }
    }

    fn perform(&mut self, step: &Step) -> Done {
        let world = &mut *self.world;
        match step {
            Step::Cancel { request } => {
                world.cancelled.insert(request.clone());
                world.living.remove(request);
                world.beside = None;
                world.requests += 1;
                return Done::Cancelled { next: format!("request {}", world.requests) };
            }
            Step::Make { request } => {
                assert!(!world.cancelled.contains(request), "a cancelled request makes nothing");
                assert!(world.living.is_empty(), "one living successor at most");
                let key = format!("key of {request}");
                world.living.insert(request.clone(), key.clone());
                if self.rotation.store().is_some() {
                    world.beside = Some((request.clone(), key.clone()));
                }
                self.secret = Some(key.clone());
                return Done::Made { successor: key };
            }
            Step::HandOver { target } => {
                world.targets.insert(*target, self.secret.clone().expect("the secret is at hand"));
            }
            Step::Place { successor } => {
                if self.rotation.store().is_some() {
                    world.stored = self.secret.clone().expect("the secret is at hand");
                    assert_eq!(&world.stored, successor);
                }
            }
            Step::Retire => world.old_ends = true,
            Step::Clear => world.beside = None,
        }
        Done::Plainly
    }

    fn check(&self) {
        let world = &self.world;
        let kept = if self.rotation.store().is_some() { world.stored.as_str() } else { OLD };
        // Without a store the old key is the one in the environment: it ends once the targets have the other.
        let works = world.works(kept) || (self.rotation.store().is_none() && world.old_ends);
        assert!(works, "no working key is stored: {world:?}");
        assert!(world.living.len() <= 1, "{world:?}");
    }
}

fn finished(world: &World, targets: usize, store: bool) {
    assert_eq!(world.living.len(), 1, "exactly one living successor");
    let key = world.living.values().next().expect("one");
    assert!(world.old_ends && world.journal.is_none() && world.beside.is_none(), "{world:?}");
    assert!(!store || world.stored == *key, "{world:?}");
    assert_eq!(world.targets.len(), targets);
    assert!(world.targets.values().all(|given| given == key), "every target has the living key: {world:?}");
}

proptest! {
    /// However often and wherever it dies: a working key is stored at every moment, and what resumes finishes.
    #[test]
    fn a_rotation_survives_every_crash(
        targets in 0usize..4,
        store in any::<bool>(),
        deaths in prop::collection::vec((0usize..8, prop::sample::select(vec![Crash::Before, Crash::Between, Crash::After])), 0..6),
    ) {
        let mut world = World::default();
        let mut deaths = deaths.into_iter();
        world.begin(targets, store).run(deaths.next());
        for death in deaths {
            if let Some(process) = world.resume() {
                process.run(Some(death));
            }
        }
        if let Some(process) = world.resume() {
            process.run(None);
        }
        finished(&world, targets, store);
    }
}

#[test]
fn each_single_crash_is_survived() {
    let mut tried = 0;
    for (targets, store) in [(0, true), (1, true), (2, true), (1, false), (2, false)] {
        for step in 0..8 {
            for crash in [Crash::Before, Crash::Between, Crash::After] {
                let mut world = World::default();
                world.begin(targets, store).run(Some((step, crash)));
                if let Some(process) = world.resume() {
                    tried += 1;
                    process.run(None);
                }
                finished(&world, targets, store);
            }
        }
    }
    assert!(tried >= 5 * 4 * 3, "{tried}");
}

#[test]
fn what_can_be_taken_back_is_told() {
    let made = rotation(2, true).after(Done::Made { successor: "new".into() });
    assert_eq!((made.revocable(), made.given().len()), (Some("request 0"), 0));
    let given = made.after(Done::Plainly);
    assert_eq!((given.revocable(), given.given().len(), given.successor()), (Some("request 0"), 1, Some("new")));
    let placed = given.after(Done::Plainly).after(Done::Plainly);
    assert_eq!((placed.revocable(), placed.next()), (None, Step::Retire));
    let text = serde_json::to_string(&placed).expect("JSON");
    assert_eq!(serde_json::from_str::<Rotation>(&text).expect("rotation"), placed);
}
