//! The other peers: what a user would otherwise take.
//!
//! Each is asked for its product in its own types where it has some; the makers of contestants convert operands and compare one
//! product with FLINT's before anything is timed.

mod dice;
mod kronecker;
#[cfg(feature = "ntl")]
mod ntl;
#[cfg(feature = "pari")]
mod pari;
#[cfg(feature = "puremp")]
mod puremp;
mod residues;

pub use dice::PythonTools;
#[cfg(feature = "xdy")]
pub use dice::xdy;
pub use residues::of_words;

use crate::{
    flint::IntegerPoly,
    inputs::Operand,
    options::Options,
    timing::{Contestant, Time},
};
use monic::{Integers, Poly};
use std::collections::HashMap;

/// A peer takes part while a call is expected to take less than this many nanoseconds.
const PATIENCE: f64 = 1e9;
/// The same with `--quick`.
const QUICK_PATIENCE: f64 = 5e7;
/// By which power of the length the time of a peer is expected to grow: between Karatsuba's and the square.
const GROWTH: f64 = 1.7;

/// Who still takes part while lengths grow and all else stays.
pub struct Series {
    patience: f64,
    length: usize,
    last: HashMap<&'static str, (usize, f64)>,
}

impl Series {
    /// What the options ask for.
    pub fn new(options: &Options) -> Self {
        let patience = match options {
            Options { flint_only: true, .. } => 0.0,
            Options { quick: true, .. } => QUICK_PATIENCE,
            _ => PATIENCE,
        };
        Series { patience, length: 0, last: HashMap::new() }
    }

    /// Nobody takes part.
    pub fn nobody() -> Self {
        Series { patience: 0.0, length: 0, last: HashMap::new() }
    }

    fn is_off(&self) -> bool {
        self.patience == 0.0
    }

    /// Goes on to a length.
    pub fn at(&mut self, length: usize) {
        self.length = length;
    }

    pub fn wants(&self, name: &'static str) -> bool {
        let soon = |&(length, time): &(usize, f64)| {
            time * (self.length as f64 / length as f64).powf(GROWTH) < self.patience
        };
        !self.is_off() && self.last.get(name).is_none_or(soon)
    }

    /// Remembers what each took.
    pub fn learn(&mut self, contestants: &[Contestant<'_>], times: &[Time]) {
        for (contestant, time) in contestants.iter().zip(times) {
            self.last.insert(contestant.name, (self.length, time.min));
        }
    }
}

/// The factors of a polynomial over Z, so many.
pub fn factoring<'a>(options: &Options, f: &Poly<Integers>, count: usize) -> Option<Contestant<'a>> {
    #[cfg(feature = "pari")]
    if !options.flint_only {
        return Some(pari::factoring(f, count));
    }
    let _ = (options, f, count);
    None
}

/// Products in Z[x] of the first of each pair with the `second` of it.
pub fn over_integers<'a>(series: &Series, pairs: &'a [[Operand; 2]], second: usize) -> Vec<Contestant<'a>> {
    let mut contestants = Vec::new();
    if series.is_off() {
        return contestants;
    }
    let mut expected = IntegerPoly::new();
    expected.mul(&pairs[0][0].flint, &pairs[0][second].flint);
    contestants.extend(kronecker::contestants(series, pairs, second, &expected));
    #[cfg(feature = "puremp")]
    contestants.extend(puremp::contestant(series, pairs, second, &expected));
    #[cfg(feature = "ntl")]
    contestants.extend(ntl::contestant(series, pairs, second, &expected));
    #[cfg(feature = "pari")]
    contestants.extend(pari::contestant(series, pairs, second, &expected));
    contestants
}
