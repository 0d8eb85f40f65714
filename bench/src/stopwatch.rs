//! Timing of two tasks side by side.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The quotient of two times, with its spread.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// The median of the rounds.
    pub median: f64,
    /// The first quartile.
    pub low: f64,
    /// The third quartile.
    pub high: f64,
    /// The least of the rounds.
    pub least: f64,
}

/// Returns the time of one task, without that of dropping its result.
pub fn time<T>(task: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(task());
    let time = start.elapsed();
    drop(result);
    time
}

/// Returns the time of `ours` divided by that of `theirs`.
///
/// The tasks take turns, so that other load affects both. In each turn, the second of two runs reuses the memory of the
/// first, and the faster one counts.
pub fn compare<A, B>(rounds: usize, mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) -> Ratio {
    let ratios = (0..rounds).map(|_| {
        let ours = time(&mut ours).min(time(&mut ours));
        let theirs = time(&mut theirs).min(time(&mut theirs));
        ours.as_secs_f64() / theirs.as_secs_f64()
    });
    Ratio::of(ratios.collect())
}

impl Ratio {
    /// Returns the median and the quartiles.
    ///
    /// # Panics
    /// If there are no ratios.
    pub fn of(mut ratios: Vec<f64>) -> Self {
        ratios.sort_by(f64::total_cmp);
        let at = |quarter: usize| ratios[(ratios.len() - 1) * quarter / 4];
        Self { median: at(2), low: at(1), high: at(3), least: at(0) }
    }

    /// Returns the quotient the other way round.
    pub fn inverse(self) -> Self {
        Self { median: 1.0 / self.median, low: 1.0 / self.high, high: 1.0 / self.low, least: 1.0 / self.high }
    }
}
