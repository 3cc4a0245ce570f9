//! The time of one call, for several contestants that run alternately in one process.
//!
//! Machines are shared and noisy, so only ratios are trusted. Every contestant is run in turn, round after round, in an order
//! that reverses each time, so that all meet the same disturbances; the minimum and the median over the rounds are kept. A
//! round of short calls is a batch of at least [`SAMPLE`], each call on the next of several inputs, so that neither the clock nor
//! a branch predictor that has learnt one input decides.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The shortest time that the clock is asked for.
const SAMPLE: Duration = Duration::from_micros(20);
/// Rounds a contestant has at least, however long one takes.
const MIN_ROUNDS: usize = 3;
/// Rounds after which a minimum hardly falls.
const MAX_ROUNDS: usize = 2000;

/// Who a contestant is in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What ratios are relative to.
    Flint,
    /// Another library for Rust; the best of the others has a column.
    Rust,
    /// Another library for C or C++.
    C,
    /// This crate.
    Monic,
}

/// One way to compute the result, ready to be called.
pub struct Contestant<'a> {
    pub name: &'static str,
    pub role: Role,
    calls: Box<dyn Batch + 'a>,
}

impl<'a> Contestant<'a> {
    /// `call(k)` computes the product of the `k`-th of `inputs` inputs; what it returns is dropped inside the time
    /// or after it, as [`Effort`] says.
    pub fn new<T: 'a>(
        name: &'static str,
        role: Role,
        inputs: usize,
        call: impl FnMut(usize) -> T + 'a,
    ) -> Self {
        Contestant { name, role, calls: Box::new(Calls { call, inputs, next: 0, kept: Vec::new() }) }
    }
}

trait Batch {
    fn batch(&mut self, calls: usize, drop_timed: bool) -> Duration;
}

struct Calls<F, T> {
    call: F,
    inputs: usize,
    next: usize,
    kept: Vec<T>,
}

impl<T, F: FnMut(usize) -> T> Batch for Calls<F, T> {
    fn batch(&mut self, calls: usize, drop_timed: bool) -> Duration {
        let mut k = self.next;
        let mut following = || {
            let now = k;
            k = if k + 1 == self.inputs { 0 } else { k + 1 };
            now
        };
        let time = if drop_timed {
            let start = Instant::now();
            for _ in 0..calls {
                black_box((self.call)(black_box(following())));
            }
            start.elapsed()
        } else {
            self.kept.reserve(calls);
            let start = Instant::now();
            for _ in 0..calls {
                self.kept.push(black_box((self.call)(black_box(following()))));
            }
            let time = start.elapsed();
            self.kept.clear();
            time
        };
        self.next = k;
        time
    }
}

/// How much is measured, and what belongs to a call.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Time for all contestants of a cell together.
    pub cell: Duration,
    /// Whether dropping the result belongs to the call.
    pub drop_timed: bool,
}

/// Nanoseconds of one call.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    pub min: f64,
    pub median: f64,
}

/// The times of all contestants, in their order.
pub fn measure(contestants: &mut [Contestant<'_>], effort: Effort) -> Vec<Time> {
    let batches: Vec<usize> = contestants.iter_mut().map(|c| calibrate(c, effort.drop_timed)).collect();
    let mut samples = vec![Vec::new(); contestants.len()];
    let start = Instant::now();
    for round in 0..MAX_ROUNDS {
        if round >= MIN_ROUNDS && start.elapsed() >= effort.cell {
            break;
        }
        for position in 0..contestants.len() {
            let i = if round % 2 == 0 { position } else { contestants.len() - 1 - position };
            let time = contestants[i].calls.batch(batches[i], effort.drop_timed);
            samples[i].push(time.as_nanos() as f64 / batches[i] as f64);
        }
    }
    samples
        .into_iter()
        .map(|mut of| {
            of.sort_by(f64::total_cmp);
            Time { min: of[0], median: of[of.len() / 2] }
        })
        .collect()
}

/// Warms up, and finds how many calls take [`SAMPLE`].
fn calibrate(contestant: &mut Contestant<'_>, drop_timed: bool) -> usize {
    let mut calls = 1;
    loop {
        let time = contestant.calls.batch(calls, drop_timed);
        if time >= SAMPLE {
            return calls;
        }
        calls *= 2;
    }
}
