//! How large functions of variables are at most: products, extremes, pools of rolls, random numbers of them.
//!
//! It stands apart from `extent` because these are bounds: which outcomes are possible depends on more than the lattices of the
//! operands. A lattice here may have points too many, never too few, and no bound is computed from weights.

use super::Extent;
use super::extent::too_far;
use crate::{Error, Result, limit};
use num_integer::Integer;

impl Extent {
    /// The smallest lattice with these ends and at least these distances.
    fn spanning(min: i128, max: i128, step: i128, bits: f64) -> Result<Self> {
        let step = step.max(1);
        let len = u64::try_from(max.saturating_sub(min) / step + 1);
        match (i64::try_from(min), i64::try_from(step), len) {
            (Ok(min), Ok(step), Ok(len)) => Extent::new(min, step, len, bits),
            _ => Err(too_far()),
        }
    }

    /// The distance of neighbours, 0 where there are none.
    fn distance(&self) -> i128 {
        if self.len() == 1 { 0 } else { self.step().into() }
    }

    fn ends(&self) -> [i128; 2] {
        [self.min().into(), self.max().into()]
    }

    /// The product of two independent variables.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn product(&self, other: &Self) -> Result<Self> {
        let corners = self.ends().into_iter().flat_map(|a| other.ends().into_iter().map(move |b| a * b));
        let (min, max) = corners.fold((i128::MAX, i128::MIN), |(min, max), c| (min.min(c), max.max(c)));
        let [a, b] = [self.min(), other.min()].map(i128::from);
        // (a + s i) (b + t j) = a b + a t j + b s i + s t i j.
        let (s, t) = (self.distance(), other.distance());
        let step = (a * t).gcd(&(b * s)).gcd(&(s * t));
        let product = Self::spanning(min, max, step, self.log2_denominator() + other.log2_denominator())?;
        Ok(product.with_work(self.work() + other.work() + self.words() * other.words()))
    }

    /// The larger of two independent variables.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn maximum(&self, other: &Self) -> Result<Self> {
        self.extreme(other, self.min().max(other.min()), self.max().max(other.max()))
    }

    /// The smaller of two independent variables.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn minimum(&self, other: &Self) -> Result<Self> {
        self.extreme(other, self.min().min(other.min()), self.max().min(other.max()))
    }

    fn extreme(&self, other: &Self, min: i64, max: i64) -> Result<Self> {
        let apart = i128::from(self.min()) - i128::from(other.min());
        let step = apart.gcd(&self.distance()).gcd(&other.distance());
        let bits = self.log2_denominator() + other.log2_denominator();
        let extreme = Self::spanning(min.into(), max.into(), step, bits)?;
        let longest = self.words().max(other.words()) / self.len().max(other.len()) as f64;
        Ok(extreme.with_work(self.work() + other.work() + extreme.words() * longest + extreme.sorting()))
    }

    /// The absolute value.
    pub(super) fn absolute(&self) -> Result<Self> {
        let [low, high] = self.ends();
        let bits = self.log2_denominator();
        if low < 0 && high > 0 {
            // |x| and |y| are apart by x - y or by x + y = x - y + 2 y.
            let step = self.distance().gcd(&(2 * low));
            let folded = Self::spanning(low.rem_euclid(step), high.max(-low), step, bits)?;
            return Ok(folded.with_work(self.work() + self.sorting()));
        }
        let moved = Self::spanning(low.max(-high), high.max(-low), self.distance(), bits)?;
        Ok(moved.with_work(self.work() + moved.writing()))
    }

    /// The greatest distance that all sums of outcomes and multiples of `face` may have.
    pub(super) fn step_with(&self, face: i64) -> i128 {
        self.distance().gcd(&face.into())
    }

    /// The same outcomes after up to `n` more rolls.
    pub(super) fn rerolled(&self, n: u64) -> Result<Self> {
        let bits = self.log2_denominator() * (n as f64 + 1.0);
        let rerolled = Self::spanning(self.min().into(), self.max().into(), self.distance(), bits)?;
        Ok(rerolled.with_work(self.work() + rerolled.writing()))
    }

    /// Refuses a function of two variables that looks at too many pairs of outcomes.
    pub(super) fn of_pairs(&self, other: &Self) -> Result<()> {
        limit::check_work(self.words() * other.words())
    }

    /// The sum of a random number of independent copies of `each`.
    ///
    /// # Errors
    /// Kind undefined where the number may be negative, kind overflow when an outcome does not fit, kind limit where the operands of the last
    /// product would not.
    pub fn compound(&self, each: &Self) -> Result<Self> {
        if self.min() < 0 {
            return Err(Error::undefined(format!("{} dice: the number is negative", self.min())));
        }
        if self.max() == 0 {
            return Ok(Extent::constant(0).with_work(self.work() + each.work()));
        }
        let [fewest, most] = self.ends();
        let [low, high] = each.ends();
        let end = |face: i128, few: i128, many: i128| {
            face.checked_mul(if face < 0 { few } else { many }).ok_or_else(too_far)
        };
        let (min, max) = (end(low, most, fewest)?, end(high, fewest, most)?);
        let step = (self.distance() * low).gcd(&each.distance());
        let sum =
            Self::spanning(min, max, step, self.log2_denominator() + each.log2_denominator() * most as f64)?;
        sum.check_operands()?;
        let levels = (self.len() as f64).log2() + (fewest as f64 + 1.0).log2().min(1.0);
        Ok(sum.with_work(self.work() + each.work() + levels * sum.product_work()))
    }

    /// A die that explodes up to `depth` times on faces from `first` to `last`; all its sums lie `step` apart.
    pub(super) fn exploded(&self, depth: u64, (first, last): (i64, i64), step: i128) -> Result<Self> {
        let rolls = i128::from(depth);
        let min = i128::from(self.min()) + rolls * i128::from(first.min(0));
        let max = i128::from(self.max()) + rolls * i128::from(last.max(0));
        let sum = Self::spanning(min, max, step, self.log2_denominator() * (depth as f64 + 1.0))?;
        Ok(sum.with_work(self.work() + 4.0 * sum.product_work()))
    }
}
