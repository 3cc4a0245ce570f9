//! New variables from independent ones: sums, n-fold sums, multiples, differences, mixtures, and one summand given
//! the sum.
//!
//! A sum is a product of weight polynomials on the common lattice, an n-fold sum a power, a difference a sum with
//! the reversed distribution: `P(-X = a) = P(X = -a)`. Sums of many variables are in `sum`.

mod coins;
mod sum;

use super::build::not_one;
use super::condition::impossible;
use super::lattice::Lattice;
use super::weights::{Weights, product};
use super::{Distribution, Extent, log2_above};
use crate::convolution::integer_product;
use crate::poly::{Poly, settle};
use crate::ring::{Integers, Ring, ZZ, numbers};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::borrow::Cow;
use std::ops::{Add, Mul, Neg, Sub};

impl Distribution {
    /// The sum of two independent variables.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// One product of integer polynomials.
    pub fn try_add(&self, other: &Self) -> Result<Self> {
        let extent = self.extent().plus(&other.extent())?;
        extent.check()?;
        let palindromes = self.weights.is_palindrome() && other.weights.is_palindrome();
        let weights = product(&self.spread(extent.step()), &other.spread(extent.step()), palindromes)?;
        Ok(Self::with_extent(&extent, weights, &self.denominator * &other.denominator))
    }

    /// The sum of `n` independent copies; 0 for none.
    ///
    /// # Panics
    /// Where [`try_times`](Self::try_times) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let hundred = Distribution::die(6).times(100);
    /// assert_eq!(hundred.denominator(), &num_bigint::BigInt::from(6).pow(100));
    /// ```
    #[track_caller]
    pub fn times(&self, n: u64) -> Self {
        settle(self.try_times(n))
    }

    /// The sum of `n` independent copies; 0 for none.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// One power of an integer polynomial.
    pub fn try_times(&self, n: u64) -> Result<Self> {
        match n {
            0 => return Ok(Self::constant(0)),
            1 => return Ok(self.clone()),
            _ => {}
        }
        let extent = self.extent().times(n)?;
        extent.check()?;
        let weights = match coins::power(&self.weights, n) {
            Some(weights) => weights.into(),
            None => self.weights.try_pow(n)?,
        };
        Ok(Self::with_extent(&extent, weights, ZZ.pow(&self.denominator, n)))
    }

    /// Every outcome moved by `distance`.
    ///
    /// # Errors
    /// Kind overflow where an outcome does not fit.
    pub fn shifted(mut self, distance: i64) -> Result<Self> {
        self.offset = self.extent().shifted(distance)?.min();
        Ok(self)
    }

    /// Every outcome multiplied by `factor`: one roll counted that many times.
    ///
    /// # Errors
    /// Kind overflow where an outcome does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let doubled = Distribution::die(6).scaled(2)?;
    /// assert_eq!((doubled.min(), doubled.max(), doubled.step()), (2, 12, 2));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn scaled(mut self, factor: i64) -> Result<Self> {
        if factor == 0 {
            return Ok(Self::constant(0));
        }
        let extent = self.extent().scaled(factor)?;
        (self.offset, self.step) = (extent.min(), extent.step());
        if factor < 0 {
            self.weights = self.weights.reversed();
        }
        Ok(self)
    }

    /// The reversed distribution, that of `-X`: `P(-X = a) = P(X = -a)`.
    ///
    /// # Errors
    /// Kind overflow where an outcome does not fit.
    pub fn reversed(self) -> Result<Self> {
        self.scaled(-1)
    }

    /// One of several variables, drawn with the given probabilities.
    ///
    /// # Errors
    /// Kind undefined for a negative probability or a sum other than 1, kind limit for a result that is too large.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// use num_rational::BigRational;
    /// let half = BigRational::new(1.into(), 2.into());
    /// let (d4, d6) = (Distribution::die(4), Distribution::die(6));
    /// let either = Distribution::mixture([(half.clone(), &d4), (half, &d6)])?;
    /// assert_eq!(either.probability(1).to_string(), "5/24");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn mixture<'a>(parts: impl IntoIterator<Item = (BigRational, &'a Self)>) -> Result<Self> {
        let parts: Vec<_> = parts.into_iter().filter(|(p, _)| !p.is_zero()).collect();
        if let Some((p, _)) = parts.iter().find(|(p, _)| p.numer().sign() == Sign::Minus) {
            return Err(Error::undefined(format!("the probability of a part is negative: {p}")));
        }
        let probabilities: Vec<_> = parts.iter().map(|(p, _)| p.clone()).collect();
        let (numerators, common) = numbers::cleared(&probabilities)?;
        let total: BigInt = numerators.iter().sum();
        if total != common {
            return Err(not_one(total, common));
        }
        // The parts of a unit that their weights are of, over the least common denominator.
        let unit = |(p, part): &(BigRational, &Self)| {
            BigRational::new_raw(BigInt::one(), integer_product(p.denom(), &part.denominator))
        };
        let (factors, denominator) = numbers::cleared(&parts.iter().map(unit).collect::<Vec<_>>())?;
        let lattice = Lattice::enclosing(parts.iter().map(|(_, part)| part.lattice()))?;
        let size = Extent::new(lattice.offset, lattice.step, lattice.len as u64, log2_above(&denominator))?;
        let terms: f64 = parts.iter().map(|(_, part)| part.weights.len() as f64).sum();
        let words = |n: &BigInt| n.bits() as f64 / 64.0 + 1.0;
        size.with_work(terms * words(&denominator)).check()?;
        let mut weights = vec![BigInt::ZERO; lattice.len];
        for ((p, part), factor) in parts.into_iter().zip(factors) {
            let factor = factor * p.numer();
            for (outcome, weight) in part.outcomes() {
                let place = lattice.index(outcome).expect("the lattice has those of all parts");
                weights[place] += weight * &factor;
            }
        }
        Ok(Self::with_extent(&size, Poly::from_vec(ZZ, weights), denominator))
    }

    /// The first of two independent variables, given their sum: `P(A = a | A + B = c)`.
    ///
    /// # Errors
    /// Kind undefined where the sum `c` is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// let first = d6.posterior(&d6, 11)?;
    /// assert_eq!(first, Distribution::uniform(5..=6));
    /// assert!(d6.posterior(&d6, 13).is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn posterior(&self, other: &Self, c: i64) -> Result<Self> {
        let joint = self.outcomes().filter_map(|(a, weight)| {
            let rest = other.index(c.checked_sub(a)?)?;
            Some((a, weight * &other.weights[rest]))
        });
        Self::from_weights(joint).map_err(|_| impossible(format!("the sum {c}")))
    }

    /// The weights on a lattice with a step that divides this one's.
    fn spread(&self, step: i64) -> Cow<'_, Poly<Integers>> {
        match (self.step / step) as usize {
            // A single point lies on every lattice.
            _ if self.weights.len() == 1 => self.weights.polynomial(),
            1 => self.weights.polynomial(),
            factor => Cow::Owned(self.weights.polynomial().inflate(factor)),
        }
    }

    pub(super) fn with_extent(extent: &Extent, weights: impl Into<Weights>, denominator: BigInt) -> Self {
        let weights = weights.into();
        debug_assert_eq!(extent.len(), weights.len() as u64);
        Distribution { offset: extent.min(), step: extent.step(), weights, denominator }
    }
}

macro_rules! operators {
    ($($left:ty, $right:ty;)*) => { $(
        /// The sum of two independent variables; panics where `try_add` is an error.
        impl Add<$right> for $left {
            type Output = Distribution;
            #[track_caller]
            fn add(self, other: $right) -> Distribution {
                settle(self.try_add(&other))
            }
        }
        /// The difference of two independent variables; panics for a result that is too large.
        impl Sub<$right> for $left {
            type Output = Distribution;
            #[track_caller]
            fn sub(self, other: $right) -> Distribution {
                settle(other.clone().reversed().and_then(|other| self.try_add(&other)))
            }
        }
    )* };
}
operators! {
    Distribution, Distribution;
    Distribution, &Distribution;
    &Distribution, Distribution;
    &Distribution, &Distribution;
}

macro_rules! scalar_operators {
    ($($left:ty)*) => { $(
        /// Every outcome moved; panics where one does not fit.
        impl Add<i64> for $left {
            type Output = Distribution;
            #[track_caller]
            fn add(self, distance: i64) -> Distribution {
                settle(Distribution::from(self).shifted(distance))
            }
        }
        /// Every outcome moved; panics where one does not fit.
        impl Sub<i64> for $left {
            type Output = Distribution;
            #[track_caller]
            fn sub(self, distance: i64) -> Distribution {
                let moved = distance.checked_neg().ok_or_else(|| Error::overflow(format!("-({distance}) does not fit")));
                settle(moved.and_then(|back| Distribution::from(self).shifted(back)))
            }
        }
        /// One roll counted `factor` times; panics where an outcome does not fit.
        impl Mul<i64> for $left {
            type Output = Distribution;
            #[track_caller]
            fn mul(self, factor: i64) -> Distribution {
                settle(Distribution::from(self).scaled(factor))
            }
        }
        /// One roll counted `self` times; panics where an outcome does not fit.
        impl Mul<$left> for i64 {
            type Output = Distribution;
            #[track_caller]
            fn mul(self, variable: $left) -> Distribution {
                variable * self
            }
        }
        /// The reversed distribution; panics where an outcome does not fit.
        impl Neg for $left {
            type Output = Distribution;
            #[track_caller]
            fn neg(self) -> Distribution {
                settle(Distribution::from(self).reversed())
            }
        }
    )* };
}
scalar_operators!(Distribution & Distribution);

impl From<&Distribution> for Distribution {
    fn from(distribution: &Distribution) -> Self {
        distribution.clone()
    }
}
