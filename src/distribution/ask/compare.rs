//! How two distributions compare: independent variables outcome by outcome, the distance between two distributions, and which
//! one lies above the other everywhere.
//!
//! It stands apart because all of it walks two distributions at once, in ascending order; fractions are over the product of
//! the denominators.

use super::super::Distribution;
use crate::ring::numbers::fraction;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use std::cmp::Ordering;

/// How two independent variables compare; the three sum to 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// P(first > second).
    pub greater: BigRational,
    /// P(first = second).
    pub equal: BigRational,
    /// P(first < second).
    pub less: BigRational,
}

impl Distribution {
    /// The probabilities that this variable is greater than, equal to and less than another, independent one.
    ///
    /// # Complexity
    /// Two products of integers an outcome; no table of pairs.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let c = Distribution::die(6).compare(&Distribution::die(4));
    /// assert_eq!([c.greater, c.equal, c.less].map(|p| p.to_string()), ["7/12", "1/6", "1/4"]);
    /// ```
    pub fn compare(&self, other: &Self) -> Comparison {
        let (mut greater, mut equal) = (BigInt::zero(), BigInt::zero());
        let mut below = BigInt::zero();
        let mut rest = other.outcomes().peekable();
        for (outcome, weight) in self.outcomes() {
            while let Some((_, w)) = rest.next_if(|&(o, _)| o < outcome) {
                below += w;
            }
            greater += weight * &below;
            if let Some(&(o, w)) = rest.peek()
                && o == outcome
            {
                equal += weight * w;
            }
        }
        let denominator = &self.denominator * &other.denominator;
        let less = &denominator - &greater - &equal;
        let [greater, equal, less] = [greater, equal, less].map(|n| fraction(n, &denominator));
        Comparison { greater, equal, less }
    }

    /// The total variation distance: the largest difference of the probabilities that the two give to an event, half the sum of
    /// `|P(X = k) - P(Y = k)|`. 0 for equal distributions, 1 where no outcome is possible in both.
    ///
    /// # Complexity
    /// Two products of integers an outcome.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let distance = Distribution::die(6).total_variation(&Distribution::die(4));
    /// assert_eq!(distance.to_string(), "1/3");
    /// ```
    pub fn total_variation(&self, other: &Self) -> BigRational {
        // Both sum to the same, so it is the sum of what one has more.
        let mut sum = BigInt::zero();
        for (a, b) in self.beside(other) {
            if a > b {
                sum += a - b;
            }
        }
        fraction(sum, &(&self.denominator * &other.denominator))
    }

    /// The usual stochastic order (dominance of first order): `Greater` where `P(X > t) >= P(Y > t)` for every `t` and the two differ,
    /// `Less` the other way round, `Equal` for equal distributions, and `None` where neither is above the other everywhere.
    ///
    /// # Complexity
    /// Two products of integers an outcome.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// use std::cmp::Ordering;
    /// let (d4, d6) = (Distribution::die(4), Distribution::die(6));
    /// assert_eq!(d6.stochastic_order(&d4), Some(Ordering::Greater));
    /// assert_eq!(d6.stochastic_order(&d4.times(2)), Some(Ordering::Less));
    /// assert_eq!(d6.stochastic_order(&Distribution::constant(3)), None);
    /// ```
    pub fn stochastic_order(&self, other: &Self) -> Option<Ordering> {
        let mut order = Ordering::Equal;
        let mut difference = BigInt::zero();
        for (a, b) in self.beside(other) {
            difference += a - b;
            // Less mass up to an outcome is more above it.
            let here = BigInt::zero().cmp(&difference);
            if here.is_ne() {
                if order == here.reverse() {
                    return None;
                }
                order = here;
            }
        }
        Some(order)
    }

    /// The weights of both for every outcome that is possible in one of them, ascending, over the product of the denominators.
    fn beside(&self, other: &Self) -> impl Iterator<Item = (BigInt, BigInt)> {
        let (mut left, mut right) = (self.outcomes().peekable(), other.outcomes().peekable());
        std::iter::from_fn(move || {
            let next = left.peek().map(|x| x.0).into_iter().chain(right.peek().map(|y| y.0)).min()?;
            let a = left.next_if(|x| x.0 == next).map(|x| x.1 * &other.denominator);
            let b = right.next_if(|y| y.0 == next).map(|y| y.1 * &self.denominator);
            Some((a.unwrap_or_default(), b.unwrap_or_default()))
        })
    }
}
