//! Several threads that do something at the same moment.

use std::sync::Barrier;
use std::thread;

/// Runs `work` on several threads at the same moment; returns what came out, sorted.
pub fn at_once<T: Ord + Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let barrier = Barrier::new(count);
    let (barrier, work) = (&barrier, &work);
    thread::scope(|scope| {
        let run = move |number| {
            barrier.wait();
            work(number)
        };
        let threads: Vec<_> = (0..count).map(|number| scope.spawn(move || run(number))).collect();
        let mut outcomes: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("finished")).collect();
        outcomes.sort();
        outcomes
    })
}
