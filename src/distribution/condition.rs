//! A variable given that something happened, and rolls that are rolled again.
//!
//! To roll until something happens is to condition on it, `P(X = x | E) = P(X = x, E) / P(E)`; to roll again at most `n` times where `X` is in `R`
//! leaves a part that was never lucky:
//! ```text
//! P(x) = [x not in R] p(x) (1 + r + ... + r^(n-1)) + r^n p(x),    r = P(X in R).
//! ```

use super::{Distribution, Extent};
use crate::poly::Poly;
use crate::ring::numbers::fraction;
use crate::ring::{Ring, ZZ};
use crate::{Error, Result};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use std::ops::{Bound, RangeBounds};

impl Distribution {
    /// The variable, given that an event happened.
    ///
    /// # Errors
    /// Kind undefined for an event that is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let even = Distribution::die(6).given(|x| x % 2 == 0)?;
    /// assert_eq!(even.mean().to_string(), "4");
    /// assert!(even.given(|x| x == 3).is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn given(&self, event: impl FnMut(i64) -> bool) -> Result<Self> {
        self.restricted(event, || "the event".into())
    }

    /// The variable, given that it lies in a range.
    ///
    /// # Errors
    /// Kind undefined for a range without a possible outcome.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let high = Distribution::die(6).times(2).given_range(11..)?;
    /// assert_eq!(high.probability(12).to_string(), "1/3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn given_range(&self, range: impl RangeBounds<i64>) -> Result<Self> {
        let what = || match (range.start_bound(), range.end_bound()) {
            (Bound::Unbounded, Bound::Unbounded) => "any outcome".into(),
            (start, end) => {
                let from = match start {
                    Bound::Included(a) => format!("from {a}"),
                    Bound::Excluded(a) => format!("above {a}"),
                    Bound::Unbounded => String::new(),
                };
                let to = match end {
                    Bound::Included(b) => format!("to {b}"),
                    Bound::Excluded(b) => format!("below {b}"),
                    Bound::Unbounded => String::new(),
                };
                format!("an outcome {from} {to}").split_whitespace().collect::<Vec<_>>().join(" ")
            }
        };
        self.restricted(|outcome| range.contains(&outcome), what)
    }

    /// Rolled again once where `again` says so of the first roll.
    ///
    /// # Errors
    /// Kind limit for a result that is too large, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let lucky = Distribution::die(20).reroll(|x| x == 1)?;
    /// assert_eq!(lucky.probability(1).to_string(), "1/400");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn reroll(&self, again: impl FnMut(i64) -> bool) -> Result<Self> {
        self.reroll_up_to(1, again)
    }

    /// Rolled again up to `n` times, as long as `again` says so of the last roll.
    ///
    /// # Errors
    /// Kind limit for a result that is too large, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let third = Distribution::die(6).reroll_up_to(2, |x| x < 6)?;
    /// assert_eq!(third.probability(6).to_string(), "91/216");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn reroll_up_to(&self, n: u64, mut again: impl FnMut(i64) -> bool) -> Result<Self> {
        let flags: Vec<bool> = (0..self.weights.len()).map(|k| again(self.outcome(k))).collect();
        let unlucky: BigInt =
            self.weights.iter().zip(&flags).filter(|(_, again)| **again).map(|(w, _)| w).sum();
        if n == 0 || unlucky.is_zero() || unlucky == self.denominator {
            return Ok(self.clone());
        }
        self.extent().rerolled(n)?.check()?;
        let last = ZZ.pow(&unlucky, n);
        // (D^n - R^n) / (D - R) D: a geometric sum over the denominator D^n.
        let mut lucky = ZZ.pow(&self.denominator, n) - &last;
        lucky = lucky / (&self.denominator - &unlucky) * &self.denominator;
        let both = &lucky + &last;
        let weights =
            self.weights.iter().zip(&flags).map(|(w, &again)| w * if again { &last } else { &both });
        let weights = Poly::from_vec(ZZ, weights.collect()).into();
        let denominator = ZZ.pow(&self.denominator, n + 1);
        Ok(Distribution { offset: self.offset, step: self.step, weights, denominator })
    }

    /// How large [`reroll_up_to`](Self::reroll_up_to) is at most and about how much work, without computing it.
    ///
    /// # Errors
    /// None where the outcomes of one roll fit, as they do.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// assert_eq!(d6.extent_of_reroll(1)?.weight_bits(), 6); // of 36 rolls
    /// assert!(d6.extent_of_reroll(1 << 40)?.check().is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn extent_of_reroll(&self, n: u64) -> Result<Extent> {
        self.extent().rerolled(n)
    }

    /// Rolled again until `stop` says so: the variable given that.
    ///
    /// # Errors
    /// Kind undefined where that never happens.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).reroll_until(|x| x > 2)?, Distribution::uniform(3..=6));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn reroll_until(&self, stop: impl FnMut(i64) -> bool) -> Result<Self> {
        self.restricted(stop, || "the end of rolling again".into())
    }

    /// The variable that is 1 where an event happens and 0 where not.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let hit = Distribution::die(10).indicator(|x| x >= 8);
    /// assert_eq!(hit.probability(1).to_string(), "3/10");
    /// ```
    pub fn indicator(&self, mut event: impl FnMut(i64) -> bool) -> Self {
        let hit: BigInt =
            self.outcomes().filter(|&(outcome, _)| event(outcome)).map(|(_, weight)| weight).sum();
        let (hit, all) = fraction(hit, &self.denominator).into_raw();
        if hit.is_zero() || hit.is_one() && all.is_one() {
            return Self::constant(i64::from(!hit.is_zero()));
        }
        let weights = Poly::from_vec(ZZ, vec![&all - &hit, hit]).into();
        Distribution { offset: 0, step: 1, weights, denominator: all }
    }

    /// How many of `n` independent rolls an event happens in.
    ///
    /// # Errors
    /// Kind limit for a result that is too large, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let hits = Distribution::die(10).count_successes(50, |x| x >= 8)?;
    /// assert_eq!(hits.mean().to_string(), "15");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn count_successes(&self, n: u64, event: impl FnMut(i64) -> bool) -> Result<Self> {
        self.indicator(event).try_times(n)
    }

    fn restricted(&self, mut keep: impl FnMut(i64) -> bool, what: impl Fn() -> String) -> Result<Self> {
        let weights: Vec<_> = self
            .weights
            .iter()
            .enumerate()
            .map(|(k, w)| if !w.is_zero() && keep(self.outcome(k)) { w.clone() } else { BigInt::ZERO })
            .collect();
        let weights = Poly::from_vec(ZZ, weights);
        if weights.is_zero() {
            return Err(impossible(what()));
        }
        // On the lattice of all outcomes, of which it may be a part that has its own.
        Self::from_lattice(self.offset.into(), self.step.into(), weights)
    }
}

pub(super) fn impossible(what: String) -> Error {
    Error::undefined(format!("{what} has probability 0: nothing can be concluded from it"))
}
