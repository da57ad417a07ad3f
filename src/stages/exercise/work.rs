//! The work of deliveries that are sent as load: what one of each type does, and all that is done in the end.

use std::time::{Duration, Instant};

use super::bench::Bench;
use super::replay;
use crate::adapters::stub;
use crate::event::{EventType, sample};
use crate::webhook::{Call, Effects};

/// Deliveries of each type: what is done once at the beginning is no part of what each delivery does.
const CONTROLS: u64 = 2;
/// Steps that tell seeds of these deliveries from those of the load.
const STEP: u64 = 1 << 20;
/// Time without a call after which none is expected any more, and the longest that calls are waited for.
const IDLE: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_mins(1);
/// Time between two looks, and time for which no call must come before effects are counted.
const PAUSE: Duration = Duration::from_millis(100);
const QUIET: Duration = Duration::from_millis(500);

/// The effects of one delivery of each type, in order; none where none can be seen.
pub(super) async fn due(bench: &Bench<'_>, kinds: &[EventType]) -> Vec<Effects> {
    let mut due = Vec::new();
    for (at, &kind) in (0_u64..).zip(kinds) {
        let mut least: Option<Effects> = None;
        for number in 0..CONTROLS {
            let seed = bench.exercise().seed.wrapping_add(STEP + CONTROLS * at + number);
            let control = replay::first_with_effect(bench, vec![sample(kind, seed)]).await;
            let effects = control.map(|control| control.effects).unwrap_or_default();
            let none = effects.total() == 0;
            least = Some(least.filter(|least| least.total() <= effects.total()).unwrap_or(effects));
            if none {
                break;
            }
        }
        due.extend(least);
    }
    due
}

/// Waits until so many effects are done after the first `from` calls, or nothing more comes; the calls, and whether they
/// still kept coming when the time was over.
pub(super) async fn done(bench: &Bench<'_>, from: usize, due: usize) -> (Vec<Call>, bool) {
    let started = Instant::now();
    let mut unfinished = false;
    loop {
        let calls = replay::seen(bench);
        if Effects::of(&calls[from..]).total() >= due {
            break;
        }
        unfinished = started.elapsed() >= LONGEST;
        if unfinished || !stub::wait_for_calls(bench.stubs(), IDLE, |all| all.len() > calls.len()).await {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    stub::settle(bench.stubs(), QUIET, IDLE).await;
    (replay::seen(bench).split_off(from), unfinished)
}
