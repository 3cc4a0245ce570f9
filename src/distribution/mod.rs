//! Exact discrete distributions as generating functions: the sum of independent variables is the product of
//! their polynomials, `P(X + Y = c) = sum over a of P(X = a) * P(Y = c - a)`.
//!
//! A [`Distribution`] has integer weights over one common denominator, so that a sum is one product of integer
//! polynomials and an n-fold sum is one power; no fraction is reduced on the way. Outcomes are integers, negative
//! ones too, on a lattice `offset + step*k`, so that `1000 * d6` costs six weights.
//!
//! - `build`: dice, faces, weights, probabilities, generating functions, distributions with a name
//! - `combine`: sums, multiples, mixtures, conditioning on a sum
//! - `map`: products, extremes, any function of one variable or of two; `condition`: given an event, rolling again, counting
//!   successes; `compound`: random numbers of rolls, explosions
//! - `pool`: sorted dice and slices of them
//! - `joint`: two quantities that may depend on each other
//! - `composition`: one generating function put into another
//! - `ask`: probabilities, moments, quantiles, comparison, samples
//! - `truncated`: distributions without a largest outcome, to an order, with the exact tail
//! - `proportion`: `X/n`
//! - `extent`, `bounds`: sizes and work before anything is computed
//! - `rounding`: fractions as decimals, floats and logarithms
//! - `serialized`: distributions and answers as data, with the feature `serde`
//! - `lattice`: where outcomes lie; `weights`: how likely they are, palindromes by halves
//! - [`language`]: the notation `3d6 + 2d4 - 1`
//!
//! # Invariants
//! Weights are not negative and sum to the denominator; the first and the last are positive; `step` is the
//! greatest common divisor of the distances between possible outcomes, 1 where there is only one.

mod ask;
mod bounds;
mod build;
mod combine;
mod composition;
mod compound;
mod condition;
mod extent;
#[cfg(test)]
mod functions_tests;
mod joint;
pub mod language;
mod lattice;
mod map;
mod pool;
mod proportion;
mod rounding;
#[cfg(feature = "serde")]
pub(crate) mod serialized;
#[cfg(test)]
mod tests;
mod truncated;
mod weights;

pub use ask::Comparison;
#[cfg(feature = "rand")]
pub use ask::Sampler;
pub use compound::Exploded;
pub use extent::Extent;
pub use joint::Joint;
pub use pool::Pool;
pub use proportion::Proportion;
pub(crate) use rounding::scaled_floats;
pub use rounding::{Decimals, decimal, decimal_sqrt, to_f64};
pub use truncated::Truncated;

use crate::poly::Poly;
use crate::ring::Integers;
use lattice::Lattice;
use num_bigint::BigInt;
use num_traits::{One, Zero};
pub(crate) use rounding::Reducer;
use weights::Weights;

/// The exact distribution of a random variable with finitely many integer outcomes.
///
/// The weights are a polynomial over the integers, not a flat sequence: sums are its products and powers, which are
/// flat inside the engine; a weight leaves one at a time, as a fraction or text; and small ones are stored inline.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// let d6 = Distribution::die(6);
/// let sum = &d6 + &d6;
/// assert_eq!(sum.probability(7).to_string(), "1/6");
/// assert_eq!(sum, d6.times(2));
/// assert_eq!((&d6 - &d6).min(), -5); // two rolls, not one
/// ```
#[derive(Clone, Debug)]
pub struct Distribution {
    offset: i64,
    step: i64,
    weights: Weights,
    denominator: BigInt,
}

impl Distribution {
    /// The smallest possible outcome.
    pub fn min(&self) -> i64 {
        self.offset
    }

    /// The largest possible outcome.
    pub fn max(&self) -> i64 {
        self.outcome(self.weights.len() - 1)
    }

    /// The greatest common divisor of the distances between possible outcomes; 1 where there is only one.
    pub fn step(&self) -> i64 {
        self.step
    }

    /// The generating function of the weights: the coefficient of `x^k` is that of the outcome `min + step*k`. They
    /// sum to the denominator; some may be zero, the first and the last are not.
    ///
    /// # Complexity
    /// A symmetric sum stores half of its weights: the first call makes a copy of them, which [`outcomes`](Self::outcomes) does without.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let two = Distribution::die(3).times(2);
    /// assert_eq!(two.weights().to_string(), "x^4 + 2*x^3 + 3*x^2 + 2*x + 1");
    /// assert_eq!((two.min(), two.denominator()), (2, &9.into()));
    /// ```
    pub fn weights(&self) -> &Poly<Integers> {
        self.weights.whole()
    }

    /// The weight of one outcome, over the common denominator.
    pub fn weight(&self, outcome: i64) -> BigInt {
        self.index(outcome).map_or(BigInt::ZERO, |k| self.weights[k].clone())
    }

    /// The common denominator of all probabilities, as it came out of the operations; [`reduced`](Self::reduced) has the smallest.
    pub fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// The same distribution over the smallest common denominator.
    ///
    /// # Complexity
    /// Greatest common divisors until one is 1, which it mostly is after two weights.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let loaded = Distribution::from_weights([(1, 2), (2, 4)])?;
    /// assert_eq!(loaded.denominator(), &6.into());
    /// assert_eq!(loaded.reduced().denominator(), &3.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn reduced(&self) -> Self {
        let content = self.weights.content();
        if content.is_one() { self.clone() } else { self.divided_by(&content) }
    }

    /// Over another denominator, for a divisor that all weights have.
    fn divided_by(&self, divisor: &BigInt) -> Self {
        let denominator = &self.denominator / divisor;
        Distribution { weights: self.weights.divided_by(divisor), denominator, ..*self }
    }

    /// The size of this distribution.
    pub fn extent(&self) -> Extent {
        Extent::new(self.offset, self.step, self.weights.len() as u64, log2_above(&self.denominator))
            .expect("its outcomes fit")
    }

    /// The outcomes that are possible, ascending, each with its weight.
    pub fn outcomes(&self) -> impl Iterator<Item = (i64, &BigInt)> {
        self.weights.iter().enumerate().filter(|(_, w)| !w.is_zero()).map(|(k, w)| (self.outcome(k), w))
    }

    /// The outcomes that are possible, ascending, each with its probability in lowest terms.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let text: Vec<_> =
    ///     Distribution::die(2).times(2).probabilities().map(|(n, p)| format!("{n}: {p}")).collect();
    /// assert_eq!(text, ["2: 1/4", "3: 1/2", "4: 1/4"]);
    /// ```
    pub fn probabilities(&self) -> impl Iterator<Item = (i64, num_rational::BigRational)> {
        let reducer = Reducer::new(&self.denominator);
        self.outcomes().map(move |(outcome, weight)| (outcome, reducer.fraction(weight)))
    }

    /// The one outcome of a constant.
    pub fn as_constant(&self) -> Option<i64> {
        (self.weights.len() == 1).then_some(self.offset)
    }

    /// The outcome of lattice point `k`.
    fn outcome(&self, k: usize) -> i64 {
        self.lattice().outcome(k)
    }

    /// The lattice point of an outcome.
    fn index(&self, outcome: i64) -> Option<usize> {
        self.lattice().index(outcome)
    }

    /// All places of outcomes.
    fn lattice(&self) -> Lattice {
        Lattice { offset: self.offset, step: self.step, len: self.weights.len() }
    }
}

/// Distributions are equal when every probability is, whatever the denominators.
impl PartialEq for Distribution {
    fn eq(&self, other: &Self) -> bool {
        (self.offset, self.step, self.weights.len()) == (other.offset, other.step, other.weights.len())
            && if self.denominator == other.denominator {
                self.weights == other.weights
            } else {
                let mut pairs = self.weights.iter().zip(other.weights.iter());
                pairs.all(|(a, b)| a * &other.denominator == b * &self.denominator)
            }
    }
}

impl Eq for Distribution {}

/// An upper bound of the binary logarithm, close enough that powers are not overestimated.
fn log2_above(n: &BigInt) -> f64 {
    let bits = n.bits();
    let shift = bits.saturating_sub(60);
    let top: u64 = (n >> shift).try_into().expect("60 bits");
    let above = if shift == 0 { top } else { top + 1 };
    (above as f64).log2() + shift as f64
}
