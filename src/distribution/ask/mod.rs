//! What a distribution answers: probabilities of outcomes and ranges, modes, quantiles.
//!
//! - `moments`: expected values, moments, cumulants
//! - `compare`: two distributions side by side
//! - `sample`: random outcomes, with the feature `rand`
//!
//! Everything is exact. Sums run over the integer weights; one fraction is formed at the end.

mod compare;
mod moments;
#[cfg(feature = "rand")]
mod sample;
#[cfg(test)]
mod tests;

use super::{Distribution, Reducer};
use crate::{Error, Result, ring::numbers::fraction};
pub use compare::Comparison;
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};
#[cfg(feature = "rand")]
pub use sample::Sampler;
use std::ops::{Bound, RangeBounds};

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
        self.fraction(self.weights.range(start..end).sum())
    }

    /// P(X >= outcome).
    pub fn at_least(&self, outcome: i64) -> BigRational {
        self.probability_in(outcome..)
    }

    /// P(X <= outcome).
    pub fn at_most(&self, outcome: i64) -> BigRational {
        self.probability_in(..=outcome)
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

    /// P(X <= outcome) for the outcomes that are possible, ascending.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let text: Vec<_> = Distribution::die(3).cdf().map(|(x, p)| format!("{x}: {p}")).collect();
    /// assert_eq!(text, ["1: 1/3", "2: 2/3", "3: 1"]);
    /// ```
    pub fn cdf(&self) -> impl Iterator<Item = (i64, BigRational)> {
        let reducer = Reducer::new(&self.denominator);
        let mut sum = BigInt::zero();
        self.outcomes().map(move |(outcome, weight)| {
            sum += weight;
            (outcome, reducer.fraction(&sum))
        })
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
        self.quantiles(std::slice::from_ref(q)).map(|found| found[0])
    }

    /// For each `q` the smallest outcome `x` with `P(X <= x) >= q`, in one pass over the outcomes.
    ///
    /// # Errors
    /// Kind undefined for a `q` outside of 0 to 1.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let quarters = ["3/4", "1/4", "1/2"].map(|q| q.parse().unwrap());
    /// assert_eq!(Distribution::die(100).quantiles(&quarters)?, [75, 25, 50]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn quantiles(&self, qs: &[BigRational]) -> Result<Vec<i64>> {
        qs.iter().try_for_each(check_quantile)?;
        let mut order: Vec<usize> = (0..qs.len()).collect();
        crate::sorting::by(&mut order, |&i, &j| qs[i].cmp(&qs[j]));
        let mut pending = order.into_iter().peekable();
        let mut found = vec![self.offset; qs.len()];
        let mut sum = BigInt::zero();
        for (outcome, weight) in self.outcomes() {
            sum += weight;
            while let Some(i) =
                pending.next_if(|&i| &sum * qs[i].denom() >= qs[i].numer() * &self.denominator)
            {
                found[i] = outcome;
            }
            if pending.peek().is_none() {
                break;
            }
        }
        Ok(found)
    }

    fn fraction(&self, numerator: BigInt) -> BigRational {
        fraction(numerator, &self.denominator)
    }
}

/// Refuses what is not between 0 and 1.
pub(super) fn check_quantile(q: &BigRational) -> Result<()> {
    if q.numer().sign() == Sign::Minus || *q > BigRational::one() {
        return Err(Error::undefined(format!("no quantile belongs to {q}: it is not between 0 and 1")));
    }
    Ok(())
}
