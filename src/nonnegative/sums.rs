//! Sums of coefficients: tails and distribution functions, each from the side where it is small.
//!
//! They stand apart because nothing is multiplied: a running sum of terms that are not negative, in a pair of floats beside
//! an exponent.
//!
//! # Error
//! A sum in pairs of floats is within `3*u^2`, and what is left out is below `2^-200` of what stays, so that sums of `n` terms are within
//! `4*n*u^2` before they are rounded.

use super::double_double::DoubleDouble;
use super::scaled::{Scaled, UNIT, ZERO, normal, power_of_two};
use super::{Nonnegative, both};
use std::ops::{Bound, RangeBounds};

/// A running sum, `value * 2^e`.
struct Sum {
    value: DoubleDouble,
    e: i32,
}

impl Sum {
    fn new() -> Self {
        Sum { value: 0.0.into(), e: ZERO }
    }

    fn add(&mut self, m: f64, e: i32) {
        if m == 0.0 {
            return;
        }
        let power = |shift: i32| if shift < -200 { 0.0 } else { power_of_two(shift.into()) };
        let mut term = m;
        if e > self.e {
            self.value = self.value.scaled(power(self.e - e));
            self.e = e;
        } else {
            term *= power(e - self.e);
        }
        self.value = self.value.plus(term.into());
    }

    fn rounded(&self) -> (f64, i32) {
        let (m, e) = normal(self.value.high());
        (m, if m == 0.0 { ZERO } else { e + self.e })
    }
}

impl Nonnegative {
    /// The sum of the coefficients of a range, clipped to those there are, as a vector of one coefficient.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// use monic::nonnegative::Nonnegative;
    /// let sum = Nonnegative::try_from(&Distribution::die(6).times(1000))?;
    /// let tail = sum.sum(4900..); // P(1000d6 >= 5900), coefficient 0 is that of 1000
    /// assert!((tail.log10(0) - -633.998_268).abs() < 1e-6);
    /// assert!(tail.relative_error() < 3e-16);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn sum(&self, range: impl RangeBounds<usize>) -> Self {
        let start = match range.start_bound() {
            Bound::Included(&k) => k,
            Bound::Excluded(&k) => k.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&k) => k.saturating_add(1),
            Bound::Excluded(&k) => k,
            Bound::Unbounded => self.len(),
        };
        let end = end.min(self.len());
        let mut sum = Sum::new();
        for k in start.min(end)..end {
            sum.add(self.values.m[k], self.values.e[k]);
        }
        let (m, e) = sum.rounded();
        self.summed(Scaled { m: vec![m], e: vec![e] })
    }

    /// Coefficient `k` is the sum of all up to `k`: for probabilities `P(X <= k)`, accurate where it is small.
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// let v = Nonnegative::from_f64(&[1e-300, 2e-300, 1.0])?;
    /// assert_eq!(v.cumulative().to_f64(), [1e-300, 3e-300, 1.0]);
    /// assert_eq!(v.tails().to_f64(), [1.0, 1.0, 1.0]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn cumulative(&self) -> Self {
        self.running(0..self.len())
    }

    /// Coefficient `k` is the sum of all from `k` on: for probabilities `P(X >= k)`, accurate where it is small.
    pub fn tails(&self) -> Self {
        self.running((0..self.len()).rev())
    }

    fn running(&self, order: impl Iterator<Item = usize>) -> Self {
        let mut out = Scaled::zeros(self.len());
        let mut sum = Sum::new();
        for k in order {
            sum.add(self.values.m[k], self.values.e[k]);
            out.set(k, sum.rounded());
        }
        self.summed(out)
    }

    fn summed(&self, values: Scaled) -> Self {
        let own = UNIT + 4.0 * self.len() as f64 * UNIT * UNIT;
        Nonnegative { values, error: both(self.error, own) }
    }
}
