//! The time of one call, for several contestants that run alternately in one process.
//!
//! Machines are shared and noisy, so only ratios are trusted. Every contestant is run in turn, round after round, in an order
//! that reverses each time, so that all meet the same disturbances; the minimum and the median over the rounds are kept. A
//! round of short calls is a batch of at least [`SAMPLE`], each call on the next of several inputs, so that neither the clock nor
//! a branch predictor that has learnt one input decides.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// What time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The processor time of the calling thread. A machine that is shared takes the processor away after some milliseconds, and by
    /// the clock on the wall longer calls would seem slower than they are; this one stands still meanwhile.
    Cpu,
    /// The clock on the wall, where a call has more threads than one.
    Wall,
}

impl Clock {
    /// Time since some moment of the past.
    fn now(self) -> Duration {
        match self {
            Clock::Cpu => {
                let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
                // SAFETY: the place is valid, and the clock exists on every Linux.
                let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
                assert_eq!(failed, 0, "the clock of the thread");
                Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
            }
            Clock::Wall => {
                static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
                START.elapsed()
            }
        }
    }
}

/// The shortest time that a clock is asked for; reading that of a thread takes a fraction of a microsecond.
const SAMPLE: Duration = Duration::from_micros(50);
/// Rounds a contestant has at least, however long one takes.
const MIN_ROUNDS: usize = 3;
/// A contestant whose first call takes so long is not called again.
const LONG: Duration = Duration::from_secs(10);
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
    /// A tool in Python, timed by itself in a process of its own.
    Python,
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
    fn batch(&mut self, calls: usize, effort: Effort) -> Duration;
}

struct Calls<F, T> {
    call: F,
    inputs: usize,
    next: usize,
    kept: Vec<T>,
}

impl<T, F: FnMut(usize) -> T> Batch for Calls<F, T> {
    fn batch(&mut self, calls: usize, effort: Effort) -> Duration {
        let Effort { clock, .. } = effort;
        let mut k = self.next;
        let mut following = || {
            let now = k;
            k = if k + 1 == self.inputs { 0 } else { k + 1 };
            now
        };
        let time = if effort.drop_timed {
            let start = clock.now();
            for _ in 0..calls {
                black_box((self.call)(black_box(following())));
            }
            clock.now() - start
        } else {
            self.kept.reserve(calls);
            let start = clock.now();
            for _ in 0..calls {
                self.kept.push(black_box((self.call)(black_box(following()))));
            }
            let time = clock.now() - start;
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
    pub clock: Clock,
}

/// Nanoseconds of one call.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    pub min: f64,
    pub median: f64,
}

/// The times of all contestants, in their order.
pub fn measure(contestants: &mut [Contestant<'_>], effort: Effort) -> Vec<Time> {
    let mut samples = vec![Vec::new(); contestants.len()];
    let mut calibrated = |(c, samples): (&mut Contestant<'_>, &mut Vec<f64>)| {
        let (calls, time) = calibrate(c, effort);
        samples.extend((time >= LONG).then(|| time.as_nanos() as f64));
        calls
    };
    let batches: Vec<usize> = contestants.iter_mut().zip(&mut samples).map(&mut calibrated).collect();
    let long: Vec<bool> = samples.iter().map(|samples| !samples.is_empty()).collect();
    let start = Instant::now();
    for round in 0..MAX_ROUNDS {
        if long.iter().all(|long| *long) || round >= MIN_ROUNDS && start.elapsed() >= effort.cell {
            break;
        }
        for position in 0..contestants.len() {
            let i = if round % 2 == 0 { position } else { contestants.len() - 1 - position };
            if long[i] {
                continue;
            }
            let time = contestants[i].calls.batch(batches[i], effort);
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

/// Runs a call whose result is checked, before it is measured, and says on the error stream what it took where that is long: a table that takes minutes
/// shows who is to be waited for.
pub fn first<T>(who: &str, operation: &str, length: usize, call: impl FnOnce() -> T) -> T {
    let start = Clock::Cpu.now();
    let result = call();
    let time = Clock::Cpu.now() - start;
    if time >= Duration::from_secs(1) {
        eprintln!("{who}: {operation}, {length}: {:.1} s", time.as_secs_f64());
    }
    result
}

/// Warms up, and finds how many calls take [`SAMPLE`], and their time.
fn calibrate(contestant: &mut Contestant<'_>, effort: Effort) -> (usize, Duration) {
    let mut calls = 1;
    loop {
        let time = contestant.calls.batch(calls, effort);
        if time >= SAMPLE {
            return (calls, time);
        }
        calls *= 2;
    }
}
