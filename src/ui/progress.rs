//! Progress bars, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is being waited for, while nothing else is printed. Cleared when it is dropped.
#[derive(Debug)]
pub struct Waiting(ProgressBar);

impl Waiting {
    /// Counts what is done.
    pub(super) fn counting(shown: bool) -> Self {
        Waiting::new(shown, "{spinner:>12} {pos} done, last {wide_msg}")
    }

    /// Tells for how long it waits by now.
    pub(super) fn timing(shown: bool) -> Self {
        Waiting::new(shown, "{spinner:>12} {elapsed}")
    }

    fn new(shown: bool, template: &str) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        if shown {
            bar.enable_steady_tick(std::time::Duration::from_millis(120));
        }
        Waiting(bar)
    }

    /// One more is done: `what` says which.
    pub fn done(&self, what: &str) {
        self.0.inc(1);
        self.0.set_message(what.to_owned());
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A bar over bytes: position, rate and remaining time. Cleared when it is dropped, so that no failure leaves it behind.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(shown: bool, verb: &'static str, total: u64) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        if let Ok(style) =
            ProgressStyle::with_template("{msg:>12} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(verb);
        Progress(bar)
    }

    /// Moves the bar to `position` bytes.
    pub fn set(&self, position: u64) {
        self.0.set_position(position);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
