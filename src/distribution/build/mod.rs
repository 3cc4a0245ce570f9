//! Distributions from what is given: faces, weights, probabilities, generating functions.
//!
//! - `families`: those that have a name
//! - `pgf`: probability generating functions in and out, polynomials and rational functions
//!
//! # Invariants
//! Outcomes may come in any order and more than once: their probabilities add up. What is impossible (weight
//! zero) is dropped, so that the lattice is the smallest one.

mod families;
mod pgf;
#[cfg(test)]
mod tests;

use super::extent::too_far;
use super::lattice::{Lattice, too_far_apart};
use super::{Distribution, Extent, decimal};
use crate::poly::{Poly, settle};
use crate::ring::{Integers, ZZ, numbers};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The denominator of a sum that an error states as a fraction; a longer one has pages.
const STATED_BITS: u64 = 1000;

impl Distribution {
    /// A fair die with faces `1..=faces`.
    ///
    /// # Panics
    /// Where [`try_die`](Self::try_die) is an error.
    #[track_caller]
    pub fn die(faces: u64) -> Self {
        settle(Self::try_die(faces))
    }

    /// A fair die with faces `1..=faces`.
    ///
    /// # Errors
    /// Kind undefined for no face, kind limit for too many.
    pub fn try_die(faces: u64) -> Result<Self> {
        if faces == 0 {
            return Err(Error::undefined("a die without faces"));
        }
        let faces = i64::try_from(faces)
            .map_err(|_| Error::limit(format!("a die of {faces} faces is over the limit of 2^63 - 1")))?;
        Self::try_uniform(1..=faces)
    }

    /// All integers of a range, equally likely.
    ///
    /// # Panics
    /// Where [`try_uniform`](Self::try_uniform) is an error.
    #[track_caller]
    pub fn uniform(range: RangeInclusive<i64>) -> Self {
        settle(Self::try_uniform(range))
    }

    /// All integers of a range, equally likely.
    ///
    /// # Errors
    /// Kind undefined for an empty range, kind limit for one that is too long.
    pub fn try_uniform(range: RangeInclusive<i64>) -> Result<Self> {
        let extent = Extent::uniform(*range.start(), *range.end())?;
        extent.check()?;
        Ok(Distribution {
            offset: extent.min(),
            step: 1,
            weights: Poly::from_vec(ZZ, vec![BigInt::one(); extent.len() as usize]).into(),
            denominator: extent.len().into(),
        })
    }

    /// The variable that is always `outcome`.
    pub fn constant(outcome: i64) -> Self {
        Distribution { offset: outcome, step: 1, weights: Poly::one(ZZ).into(), denominator: BigInt::one() }
    }

    /// Equally likely faces; a face that stands there twice is twice as likely.
    ///
    /// # Errors
    /// Kind undefined for no face, kind limit for faces too far apart.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let die = Distribution::from_faces([1, 1, 2, 5])?;
    /// assert_eq!(die.probability(1).to_string(), "1/2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_faces(faces: impl IntoIterator<Item = i64>) -> Result<Self> {
        Self::from_weights(faces.into_iter().map(|face| (face, 1)))
    }

    /// Outcomes with integer weights; the denominator is their sum.
    ///
    /// # Errors
    /// Kind undefined for a negative weight or where all are zero, kind limit for outcomes too far apart.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let coin = Distribution::from_weights([(0, 1), (1, 2)])?;
    /// assert_eq!(coin.mean().to_string(), "2/3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_weights<W: Into<BigInt>>(weights: impl IntoIterator<Item = (i64, W)>) -> Result<Self> {
        let mut sums = BTreeMap::<i64, BigInt>::new();
        for (outcome, weight) in weights {
            let weight = weight.into();
            if weight.sign() == Sign::Minus {
                return Err(Error::undefined(format!("the weight of {outcome} is negative: {weight}")));
            }
            if !weight.is_zero() {
                *sums.entry(outcome).or_default() += weight;
            }
        }
        let denominator = sums.values().sum();
        Self::on_lattice(sums, denominator)
    }

    /// Counts of consecutive outcomes, `first` and those after it, as they come from a tally: the share of each is its
    /// probability.
    ///
    /// # Errors
    /// Kind undefined where all counts are zero, kind overflow where an outcome does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let tally = Distribution::from_counts(1, [3, 0, 5])?;
    /// assert_eq!(tally.probability(3).to_string(), "5/8");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_counts(first: i64, counts: impl IntoIterator<Item = u64>) -> Result<Self> {
        let weights = counts.into_iter().map(BigInt::from).collect();
        Self::from_generating_function(first, Poly::from_vec(ZZ, weights))
    }

    /// Outcomes with probabilities, which must sum to exactly 1; the denominator is their least common one.
    ///
    /// # Errors
    /// Kind undefined for a negative probability, or a sum other than 1, which the message states; kind limit for
    /// outcomes too far apart or denominators that have too long a common one.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// use num_rational::BigRational;
    /// let p = |n: i64, d: i64| BigRational::new(n.into(), d.into());
    /// let die = Distribution::from_probabilities([(1, p(1, 2)), (2, p(1, 3)), (3, p(1, 6))])?;
    /// assert_eq!(die.denominator(), &6.into());
    /// let error = Distribution::from_probabilities([(1, p(1, 2)), (2, p(1, 3))]).unwrap_err();
    /// assert_eq!(error.message(), "the probabilities sum to 5/6, not to 1");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_probabilities(probabilities: impl IntoIterator<Item = (i64, BigRational)>) -> Result<Self> {
        let (outcomes, probabilities): (Vec<_>, Vec<_>) = probabilities.into_iter().unzip();
        for (outcome, p) in outcomes.iter().zip(&probabilities) {
            if p.numer().sign() == Sign::Minus {
                return Err(Error::undefined(format!("the probability of {outcome} is negative: {p}")));
            }
        }
        let (numerators, denominator) = numbers::cleared(&probabilities)?;
        let mut sums = BTreeMap::<i64, BigInt>::new();
        for (outcome, numerator) in outcomes.into_iter().zip(numerators) {
            if !numerator.is_zero() {
                *sums.entry(outcome).or_default() += numerator;
            }
        }
        let total: BigInt = sums.values().sum();
        if total != denominator {
            return Err(not_one(total, denominator));
        }
        Self::on_lattice(sums, denominator)
    }

    /// The distribution whose generating function is `weights` over the sum of its coefficients, times `x^offset`.
    ///
    /// # Errors
    /// Kind undefined for a negative weight or where all are zero, kind overflow where an outcome does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, distribution::Distribution};
    /// let coins = Distribution::from_generating_function(0, ZZ.poly([1, 1]).pow(10))?;
    /// assert_eq!(coins.probability(5).to_string(), "63/256");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_generating_function(offset: i64, weights: Poly<Integers>) -> Result<Self> {
        Self::from_lattice(offset.into(), 1, weights)
    }

    /// Weights of the outcomes `offset + step*k`. Points of the lattice without a weight may be too far away for an outcome.
    pub(super) fn from_lattice(offset: i128, step: i128, weights: Poly<Integers>) -> Result<Self> {
        if let Some(k) = weights.iter().position(|w| w.sign() == Sign::Minus) {
            return Err(Error::undefined(format!(
                "the weight of x^{k} is negative: {}",
                weights.coefficient(k)
            )));
        }
        let (Some(first), Some(last)) = (weights.valuation(), weights.degree()) else {
            return Err(Error::undefined("no outcome has a positive weight"));
        };
        let outcome = |k: usize| {
            let outcome = step.checked_mul(k as i128).and_then(|distance| distance.checked_add(offset));
            outcome.and_then(|outcome| i64::try_from(outcome).ok()).ok_or_else(too_far)
        };
        let (min, _) = (outcome(first)?, outcome(last)?);
        let mut stride = 0;
        for (k, _) in weights.iter().enumerate().filter(|(_, weight)| !weight.is_zero()) {
            stride = stride.gcd(&(k - first));
            if stride == 1 {
                break;
            }
        }
        let stride = stride.max(1);
        let denominator = weights.iter().sum();
        // Most are on their lattice already, and large.
        let weights = if first == 0 { weights } else { weights.quo_x_pow(first) };
        let weights = match stride {
            1 => weights,
            stride => weights.deflate(stride).expect("all exponents are multiples of the stride"),
        };
        let step = if weights.len() == 1 { 1 } else { step * stride as i128 };
        let step = i64::try_from(step).map_err(|_| too_far_apart())?;
        Ok(Distribution { offset: min, step, weights: weights.into(), denominator })
    }

    /// Positive weights that sum to the denominator, spread over the smallest lattice.
    pub(super) fn on_lattice(sums: BTreeMap<i64, BigInt>, denominator: BigInt) -> Result<Self> {
        let lattice = Lattice::spanning(sums.keys().copied())?;
        let Lattice { offset, step, len } = lattice;
        Extent::new(offset, step, len as u64, super::log2_above(&denominator))?.check()?;
        let mut weights = vec![BigInt::ZERO; len];
        for (outcome, weight) in sums {
            weights[lattice.index(outcome).expect("the lattice spans it")] = weight;
        }
        Ok(Distribution { offset, step, weights: Poly::from_vec(ZZ, weights).into(), denominator })
    }
}

/// What is wrong with probabilities that sum to `total` over `denominator`.
#[cold]
pub(super) fn not_one(total: BigInt, denominator: BigInt) -> Error {
    let sum = if denominator.bits() <= STATED_BITS {
        numbers::fraction(total, &denominator).to_string()
    } else {
        let (off, sign) =
            if total < denominator { (&denominator - total, '-') } else { (total - &denominator, '+') };
        format!("1 {sign} {}", decimal(&BigRational::new_raw(off, denominator), 6))
    };
    Error::undefined(format!("the probabilities sum to {sum}, not to 1"))
}
