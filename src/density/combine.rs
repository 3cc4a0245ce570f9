//! New densities from those of independent variables: sums, differences, multiples, mixtures, sums with a discrete variable, the larger and the smaller of two,
//! and what is left when the variable is known to lie in an interval.
//!
//! Sums, multiples and mixtures are operations on truncated powers. The larger of two has the product of the distribution functions as its own,
//! `P(max <= x) = F(x)*G(x)`, and the smaller is what is left of the sum `F + G`; those are operations on pieces.

use super::{Density, Piecewise, TruncatedPowers};
use crate::distribution::Distribution;
use crate::poly::settle;
use crate::ring::IntoElement;
use crate::{Error, QQ, Rationals, Result};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::collections::{HashMap, VecDeque};
use std::ops::{Add, Div, Mul, Neg, RangeBounds, Sub};

impl Density {
    /// The sum of two independent variables.
    ///
    /// # Errors
    /// Kind limit, before any work. Where no two sums of knots are equal there are as many knots as pairs.
    ///
    /// # Complexity
    /// One product of polynomials in two variables where the knots are close on a lattice, else a short product for each pair of knots.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let trapezoid = Density::uniform(0, 1).try_add(&Density::uniform(0, 3))?;
    /// assert_eq!(trapezoid.to_string(), "[0, 1): 1/3*x; [1, 3): 1/3; [3, 4): -1/3*x + 4/3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_add(&self, other: &Self) -> Result<Self> {
        Ok(Self::from_terms(self.terms.convolved(&other.terms)?))
    }

    /// The difference of two independent variables.
    ///
    /// # Errors
    /// As for [`try_add`](Self::try_add).
    pub fn try_sub(&self, other: &Self) -> Result<Self> {
        self.try_add(&-other)
    }

    /// The sum of `n` independent copies.
    ///
    /// # Panics
    /// Where [`try_times`](Self::try_times) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(0, 2).times(2), Density::triangular(0, 2, 4));
    /// ```
    #[track_caller]
    pub fn times(&self, n: u64) -> Self {
        settle(self.try_times(n))
    }

    /// The sum of `n` independent copies.
    ///
    /// # Errors
    /// Kind undefined for `n = 0`: the constant 0 has no density. Kind limit, before any work.
    ///
    /// # Complexity
    /// One power of a polynomial in two variables, or of one in one variable where all pieces have the same degree, as those of a box.
    pub fn try_times(&self, n: u64) -> Result<Self> {
        if n == 0 {
            return Err(Error::undefined("a sum of no variables is the constant 0, which has no density"));
        }
        Ok(Self::from_terms(self.terms.power(n)?))
    }

    /// The sum of many independent variables.
    ///
    /// # Errors
    /// Kind undefined for none: the constant 0 has no density. Kind limit, before any work; `n` boxes without a relation between their widths have
    /// `2^n` knots.
    ///
    /// # Complexity
    /// One power for equal variables, then products of neighbours.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let widths = [1, 2, 4, 8];
    /// let sum = Density::try_sum(widths.map(|width| Density::uniform(0, width)))?;
    /// assert_eq!((sum.knots().len(), sum.mean().to_string()), (16, "15/2".into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_sum(terms: impl IntoIterator<Item = Self>) -> Result<Self> {
        let mut groups = Vec::<(Self, u64)>::new();
        let mut known = HashMap::new();
        for term in terms {
            let group = *known.entry(term.terms.clone()).or_insert(groups.len());
            match groups.get_mut(group) {
                Some((_, count)) => *count += 1,
                None => groups.push((term, 1)),
            }
        }
        TruncatedPowers::check_sum(groups.iter().map(|(term, count)| (&term.terms, *count)))?;
        let powers = groups.into_iter().map(|(term, count)| term.try_times(count));
        let mut queue = powers.collect::<Result<VecDeque<Self>>>()?;
        let nothing = || Error::undefined("a sum of no variables is the constant 0, which has no density");
        let mut first = queue.pop_front().ok_or_else(nothing)?;
        while let Some(second) = queue.pop_front() {
            queue.push_back(first.try_add(&second)?);
            first = queue.pop_front().expect("the sum was put there");
        }
        Ok(first)
    }

    /// The sum with an independent discrete variable.
    ///
    /// # Errors
    /// Kind limit, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::{density::Density, distribution::Distribution};
    /// // A coin and a box: as uniform as before.
    /// let sum = Density::uniform(0, 1).try_add_discrete(&Distribution::uniform(0..=1))?;
    /// assert_eq!(sum, Density::uniform(0, 2));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_add_discrete(&self, other: &Distribution) -> Result<Self> {
        let masses = other.outcomes().map(|(outcome, weight)| (outcome, weight.clone()));
        let masses = TruncatedPowers::from_masses(masses, other.denominator().clone());
        Ok(Self::from_terms(self.terms.multiplied(&masses)?))
    }

    /// The variable moved by a distance.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(0, 1).shifted((1, 2)), Density::uniform((1, 2), (3, 2)));
    /// ```
    pub fn shifted(&self, distance: impl IntoElement<Rationals>) -> Self {
        Self::from_terms(self.terms.clone().shifted(&distance.into_element(&QQ)))
    }

    /// The variable multiplied by a number.
    ///
    /// # Panics
    /// For 0: the constant 0 has no density.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(0, 1).scaled((-1, 2)), Density::uniform((-1, 2), 0));
    /// ```
    #[track_caller]
    pub fn scaled(&self, factor: impl IntoElement<Rationals>) -> Self {
        settle(self.try_scaled(factor))
    }

    /// The variable multiplied by a number.
    ///
    /// # Errors
    /// Kind undefined for 0: the constant 0 has no density.
    pub fn try_scaled(&self, factor: impl IntoElement<Rationals>) -> Result<Self> {
        let factor = factor.into_element(&QQ);
        if factor.is_zero() {
            return Err(Error::undefined("0 times a variable is the constant 0, which has no density"));
        }
        Ok(Self::from_terms(self.terms.scaled(&factor)))
    }

    /// One of several variables, drawn with the given probabilities.
    ///
    /// # Errors
    /// Kind undefined for a negative probability or a sum other than 1; kind limit, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let (low, high) = (Density::uniform(0, 1), Density::uniform(2, 3));
    /// let either = Density::mixture([("1/4".parse().unwrap(), &low), ("3/4".parse().unwrap(), &high)])?;
    /// assert_eq!(either.to_string(), "[0, 1): 1/4; [2, 3): 3/4");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn mixture<'a>(parts: impl IntoIterator<Item = (BigRational, &'a Self)>) -> Result<Self> {
        let parts: Vec<_> = parts.into_iter().collect();
        if let Some((p, _)) = parts.iter().find(|(p, _)| p.is_negative()) {
            return Err(Error::undefined(format!("the probability of a part is negative: {p}")));
        }
        let total: BigRational = parts.iter().map(|(p, _)| p).sum();
        if !total.is_one() {
            return Err(Error::undefined(format!("the probabilities sum to {total}, not to 1")));
        }
        let possible = parts.iter().filter(|(p, _)| !p.is_zero());
        let terms = TruncatedPowers::combination(possible.map(|(p, part)| (p.clone(), &part.terms)))?;
        Ok(Self::from_terms(terms))
    }

    /// The larger of two independent variables.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let unit = Density::uniform(0, 1);
    /// assert_eq!(unit.maximum(&unit)?.to_string(), "[0, 1): 2*x");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn maximum(&self, other: &Self) -> Result<Self> {
        Self::from_cdf(&self.try_cdf()?.try_mul(other.try_cdf()?)?)
    }

    /// The smaller of two independent variables.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let unit = Density::uniform(0, 1);
    /// assert_eq!(unit.minimum(&unit)?.to_string(), "[0, 1): -2*x + 2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn minimum(&self, other: &Self) -> Result<Self> {
        // min(X, Y) = -max(-X, -Y)
        (-self).maximum(&-other).map(|largest| -largest)
    }

    /// The variable, given that it lies in a range.
    ///
    /// # Errors
    /// Kind undefined where that has probability 0; kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let [zero, one] = [0, 1].map(|n| num_rational::BigRational::from_integer(n.into()));
    /// let rising = Density::triangular(0, 1, 2).given_in(zero..one)?;
    /// assert_eq!(rising.to_string(), "[0, 1): 2*x");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn given_in(&self, range: impl RangeBounds<BigRational>) -> Result<Self> {
        let (from, to) = self.clamped(&range);
        let probability = self.probability_between(from, to);
        if probability.is_zero() {
            return Err(Error::undefined(format!(
                "the event has probability 0: nothing of the support from {} to {} is in the range",
                self.support().0,
                self.support().1
            )));
        }
        let function = self.try_piecewise()?.on_interval(from, to, &probability.recip())?;
        Ok(Self::from_terms(TruncatedPowers::from_piecewise(&function)?))
    }

    /// The density of a continuous distribution function.
    fn from_cdf(cdf: &Piecewise) -> Result<Self> {
        Ok(Self::from_terms(TruncatedPowers::from_piecewise(&cdf.derivative())?))
    }
}

macro_rules! operators {
    ($($left:ty, $right:ty;)*) => { $(
        /// The sum of two independent variables; panics where `try_add` is an error.
        impl Add<$right> for $left {
            type Output = Density;
            #[track_caller]
            fn add(self, other: $right) -> Density {
                settle(self.try_add(&other))
            }
        }
        /// The difference of two independent variables; panics where `try_sub` is an error.
        impl Sub<$right> for $left {
            type Output = Density;
            #[track_caller]
            fn sub(self, other: $right) -> Density {
                settle(self.try_sub(&other))
            }
        }
    )* };
}
operators! {
    Density, Density;
    Density, &Density;
    &Density, Density;
    &Density, &Density;
}

macro_rules! mixed_operators {
    ($($density:ty, $discrete:ty;)*) => { $(
        /// The sum with an independent discrete variable; panics where `try_add_discrete` is an error.
        impl Add<$discrete> for $density {
            type Output = Density;
            #[track_caller]
            fn add(self, other: $discrete) -> Density {
                settle(self.try_add_discrete(&other))
            }
        }
        /// The sum with an independent discrete variable; panics where `try_add_discrete` is an error.
        impl Add<$density> for $discrete {
            type Output = Density;
            #[track_caller]
            fn add(self, other: $density) -> Density {
                other + self
            }
        }
    )* };
}
mixed_operators! {
    Density, Distribution;
    Density, &Distribution;
    &Density, Distribution;
    &Density, &Distribution;
}

macro_rules! scalar_operators {
    ($($density:ty)*) => { $(
        /// The variable moved.
        impl Add<i64> for $density {
            type Output = Density;
            fn add(self, distance: i64) -> Density {
                self.shifted(distance)
            }
        }
        /// The variable moved.
        impl Sub<i64> for $density {
            type Output = Density;
            fn sub(self, distance: i64) -> Density {
                self.shifted(-BigInt::from(distance))
            }
        }
        /// The variable multiplied; panics for 0.
        impl Mul<i64> for $density {
            type Output = Density;
            #[track_caller]
            fn mul(self, factor: i64) -> Density {
                self.scaled(factor)
            }
        }
        /// The variable multiplied; panics for 0.
        impl Mul<$density> for i64 {
            type Output = Density;
            #[track_caller]
            fn mul(self, variable: $density) -> Density {
                variable.scaled(self)
            }
        }
        /// The variable divided; panics for 0.
        impl Div<i64> for $density {
            type Output = Density;
            #[track_caller]
            fn div(self, divisor: i64) -> Density {
                assert!(divisor != 0, "a variable divided by 0");
                self.scaled(BigRational::new(1.into(), divisor.into()))
            }
        }
        /// The variable with its sign changed.
        impl Neg for $density {
            type Output = Density;
            fn neg(self) -> Density {
                self.scaled(-1)
            }
        }
    )* };
}
scalar_operators!(Density & Density);
