//! What a distribution answers: probabilities of outcomes and ranges, moments, modes, quantiles, and how two
//! independent variables compare.
//!
//! Everything is exact. Sums run over the integer weights; one fraction is formed at the end.

use super::{Distribution, decimal_sqrt};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::{Bound, RangeBounds};

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
    /// P(X = outcome), in lowest terms; 0 for what is impossible.
    pub fn probability(&self, outcome: i64) -> BigRational {
        self.fraction(self.weight(outcome))
    }

    /// P(X in range).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// assert_eq!(d6.probability_in(2..4).to_string(), "1/3");
    /// assert_eq!(d6.probability_in(5..).to_string(), "1/3");
    /// ```
    pub fn probability_in(&self, range: impl RangeBounds<i64>) -> BigRational {
        // The lattice points from the first outcome that is not below the range to the last that is not above.
        let steps =
            |bound: i128| bound.div_euclid(self.step.into()).clamp(0, self.weights.len() as i128) as usize;
        let from_offset = |outcome: i64| i128::from(outcome) - i128::from(self.offset);
        let last_step = i128::from(self.step) - 1;
        let start = match range.start_bound() {
            Bound::Included(&a) => steps(from_offset(a) + last_step),
            Bound::Excluded(&a) => steps(from_offset(a) + 1 + last_step),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&b) => steps(from_offset(b) + 1 + last_step),
            Bound::Excluded(&b) => steps(from_offset(b) + last_step),
            Bound::Unbounded => self.weights.len(),
        };
        self.fraction(self.weights.coefficients().get(start..end).unwrap_or_default().iter().sum())
    }

    /// P(X >= outcome).
    pub fn at_least(&self, outcome: i64) -> BigRational {
        self.probability_in(outcome..)
    }

    /// P(X <= outcome).
    pub fn at_most(&self, outcome: i64) -> BigRational {
        self.probability_in(..=outcome)
    }

    /// The expected value.
    pub fn mean(&self) -> BigRational {
        let (first, _) = self.index_sums();
        self.fraction(first * self.step + &self.denominator * self.offset)
    }

    /// The expected squared distance from the mean.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).times(3).variance().to_string(), "35/4");
    /// ```
    pub fn variance(&self) -> BigRational {
        let (first, second) = self.index_sums();
        let step = BigInt::from(self.step);
        let numerator = (second * &self.denominator - &first * &first) * &step * &step;
        BigRational::new(numerator, &self.denominator * &self.denominator)
    }

    /// The square root of the variance, correctly rounded to `digits` significant digits.
    ///
    /// # Panics
    /// When `digits` is 0.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).standard_deviation(6), "1.70783");
    /// ```
    #[track_caller]
    pub fn standard_deviation(&self, digits: usize) -> String {
        decimal_sqrt(&self.variance(), digits)
    }

    /// The most likely outcomes, ascending.
    pub fn modes(&self) -> Vec<i64> {
        let most = self.weights.iter().max();
        self.outcomes().filter(|&(_, w)| Some(w) == most).map(|(outcome, _)| outcome).collect()
    }

    /// The median; half way between two outcomes where each half of the probability ends at one of them.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).median().to_string(), "7/2");
    /// ```
    pub fn median(&self) -> BigRational {
        let mut sum = BigInt::zero();
        let mut low = None;
        for (outcome, weight) in self.outcomes() {
            if let Some(low) = low {
                return BigRational::new(BigInt::from(low) + outcome, 2.into());
            }
            sum += weight;
            let twice = &sum * 2;
            if twice > self.denominator {
                return BigRational::from_integer(outcome.into());
            }
            if twice == self.denominator {
                low = Some(outcome);
            }
        }
        unreachable!("the weights sum to the denominator")
    }

    /// The smallest outcome `x` with `P(X <= x) >= q`.
    ///
    /// # Errors
    /// Kind undefined for `q` outside of 0 to 1.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let tenth = num_rational::BigRational::new(1.into(), 10.into());
    /// assert_eq!(Distribution::die(6).times(3).quantile(&tenth)?, 7);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn quantile(&self, q: &BigRational) -> Result<i64> {
        if q.numer().sign() == Sign::Minus || *q > BigRational::one() {
            return Err(Error::undefined(format!("no quantile belongs to {q}: it is not between 0 and 1")));
        }
        let goal = q.numer() * &self.denominator;
        let mut sum = BigInt::zero();
        for (outcome, weight) in self.outcomes() {
            sum += weight;
            if &sum * q.denom() >= goal {
                return Ok(outcome);
            }
        }
        unreachable!("the weights sum to the denominator")
    }

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
        let [greater, equal, less] = [greater, equal, less].map(|n| BigRational::new(n, denominator.clone()));
        Comparison { greater, equal, less }
    }

    /// Sums of `k*w[k]` and of `k^2*w[k]`.
    fn index_sums(&self) -> (BigInt, BigInt) {
        let (mut first, mut second) = (BigInt::zero(), BigInt::zero());
        for (k, weight) in self.weights.iter().enumerate() {
            let moment = weight * k;
            second += &moment * k;
            first += moment;
        }
        (first, second)
    }

    fn fraction(&self, numerator: BigInt) -> BigRational {
        BigRational::new(numerator, self.denominator.clone())
    }
}
