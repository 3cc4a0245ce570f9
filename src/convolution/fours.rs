//! Sums of four products of residues, reduced once.
//!
//! They stand apart from [`delayed`](super::delayed) because there a coefficient waits for the one before it: here a step of Horner's rule, for polynomials or points side by side, is one, and the
//! sums of half words are such that the compiler makes vectors of them.

use super::{
    Vectorise,
    coefficient::{Montgomery, Short, half_product},
    vectorised,
};
use crate::integer::WordModulus;

/// Products of a sum.
pub(super) const TERMS: usize = 4;

/// Factors of a sum.
pub(super) type Four = [u64; TERMS];

/// Arithmetic modulo a word.
pub(super) trait Sums: Copy {
    /// What enters a residue: `x*entry` is `x` as the first factor of products.
    fn entry(self) -> u64;

    /// `x + sum of a[i]*b[i]`, for an entered `a`; entered, if the others are too.
    fn add(self, x: u64, a: &Four, b: &Four) -> u64;

    /// `x*y`, for an entered `x`; entered if both are.
    #[inline(always)]
    fn mul(self, x: u64, y: u64) -> u64 {
        self.add(0, &[x, 0, 0, 0], &[y, 0, 0, 0])
    }
}

impl Sums for &Short {
    #[inline(always)]
    fn entry(self) -> u64 {
        Short::entry(self)
    }
    #[inline(always)]
    fn add(self, x: u64, a: &Four, b: &Four) -> u64 {
        self.correct(x + self.reduced((0..TERMS).fold(0, |sum, i| sum + half_product(a[i], b[i]))))
    }
}

/// `sum of a[i]*b[i]`, for residues below 2^62 or a sum that fits otherwise.
#[inline(always)]
fn sum(a: &Four, b: &Four) -> u128 {
    (0..TERMS).fold(0, |sum, i| sum + u128::from(a[i]) * u128::from(b[i]))
}

impl Sums for (&WordModulus, &Montgomery) {
    #[inline(always)]
    fn entry(self) -> u64 {
        self.1.enter(self.0, self.1.enter(self.0, 1))
    }
    #[inline(always)]
    fn add(self, x: u64, a: &Four, b: &Four) -> u64 {
        self.1.add_reduced(x, sum(a, b))
    }
}

/// Modulo anything but 1.
impl Sums for &WordModulus {
    #[inline(always)]
    fn entry(self) -> u64 {
        1
    }
    #[inline(always)]
    fn add(self, x: u64, a: &Four, b: &Four) -> u64 {
        if self.modulus() < 1 << 62 {
            return self.reduce_below(u128::from(x) + sum(a, b));
        }
        a.iter().zip(b).fold(x, |sum, (&a, &b)| self.mul_add(a, b, sum))
    }
    #[inline(always)]
    fn mul(self, x: u64, y: u64) -> u64 {
        WordModulus::mul(self, x, y)
    }
}

/// What is computed, with the sums that the modulus allows.
pub(super) trait Task {
    fn run(self, n: &WordModulus, sums: impl Sums) -> Vec<u64>;
}

/// A task with half words.
struct InHalves<'a, T>(&'a WordModulus, T);

impl<T: Task> Vectorise for InHalves<'_, T> {
    type Output = Vec<u64>;
    #[inline(always)]
    fn run(self) -> Vec<u64> {
        self.1.run(self.0, &Short::new(self.0))
    }
}

/// Modulo anything but 1.
pub(super) fn compute(n: &WordModulus, task: impl Task) -> Vec<u64> {
    let top = n.modulus() - 1;
    if Short::admits(n, TERMS) {
        vectorised(InHalves(n, task))
    } else if top & 1 == 0 && top < 1 << 62 {
        task.run(n, (n, &Montgomery::new(n)))
    } else {
        task.run(n, n)
    }
}
