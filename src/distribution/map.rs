//! Functions of one variable and of two independent ones: `P(f(X, Y) = c) = sum over f(a, b) = c of P(X = a) P(Y = b)`.
//!
//! It stands apart from sums because an arbitrary function has no generating function: every outcome, or every pair, is looked at. The
//! larger and the smaller of two need no pairs, since `P(max(X, Y) <= c) = P(X <= c) P(Y <= c)`.

use super::extent::BITS_PER_WEIGHT;
use super::{Distribution, Extent};
use crate::poly::{Poly, settle};
use crate::ring::ZZ;
use crate::{Error, Result, limit, progress};
use num_bigint::BigInt;
use num_traits::Zero;
use std::collections::BTreeMap;
use std::iter;
use std::ops::{Mul, RangeInclusive};

/// Outcomes from one report of progress to the next.
const REPORTED: usize = 1024;

impl Distribution {
    /// The distribution of `f(X)`.
    ///
    /// # Errors
    /// Kind limit or overflow for outcomes too far apart.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let square = Distribution::uniform(-2..=2).map(|x| x * x)?;
    /// assert_eq!(square.probability(4).to_string(), "2/5");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn map(&self, mut f: impl FnMut(i64) -> i64) -> Result<Self> {
        let mut sums = BTreeMap::<i64, BigInt>::new();
        let total = self.weights.len() as u64;
        for (done, (outcome, weight)) in self.outcomes().enumerate() {
            if done % REPORTED == 0 {
                progress::report("outcomes", done as u64, total)?;
            }
            *sums.entry(f(outcome)).or_default() += weight;
        }
        Self::on_lattice(sums, self.denominator.clone())
    }

    /// The distribution of `f(X, Y)` for two independent variables.
    ///
    /// # Errors
    /// Kind limit or overflow for outcomes too far apart, kind limit for too many of them, or for too many pairs, before any work.
    ///
    /// # Complexity
    /// One product of weights for each pair of outcomes.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// let distance = d6.map2(&d6, |x, y| (x - y).abs())?;
    /// assert_eq!(distance.probability(1).to_string(), "5/18");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn map2(&self, other: &Self, mut f: impl FnMut(i64, i64) -> i64) -> Result<Self> {
        self.extent().of_pairs(&other.extent())?;
        let denominator = &self.denominator * &other.denominator;
        let mut sums = BTreeMap::<i64, BigInt>::new();
        for (done, (x, a)) in self.outcomes().enumerate() {
            progress::report("pairs", done as u64, self.weights.len() as u64)?;
            for (y, b) in other.outcomes() {
                *sums.entry(f(x, y)).or_default() += a * b;
            }
            // How many values f has is known only now; the next outcome adds no more than the other variable has.
            limit::check(sums.len() as u64, denominator.bits().saturating_add(BITS_PER_WEIGHT))?;
        }
        Self::on_lattice(sums, denominator)
    }

    /// The product of two independent variables.
    ///
    /// # Errors
    /// Kind overflow where an outcome does not fit, kind limit for a result or a number of pairs that is too large, before any work.
    ///
    /// # Complexity
    /// One product of weights for each pair of outcomes.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let area = Distribution::die(6).try_product(&Distribution::die(6))?;
    /// assert_eq!(area.probability(12).to_string(), "1/9"); // 2*6, 3*4, and turned
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_product(&self, other: &Self) -> Result<Self> {
        match (self.as_constant(), other.as_constant()) {
            (Some(factor), _) => other.clone().scaled(factor),
            (_, Some(factor)) => self.clone().scaled(factor),
            _ => {
                let extent = self.extent().product(&other.extent())?;
                extent.check()?;
                self.products(other, &extent)
            }
        }
    }

    /// The larger of two independent variables.
    ///
    /// # Errors
    /// Kind limit for a result that is too large, before any work.
    ///
    /// # Complexity
    /// Two products of integers an outcome. The largest of many equal variables is
    /// [`Pool::keep_highest(1)`](super::Pool::keep_highest).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let best = Distribution::die(6).maximum(&Distribution::die(8))?;
    /// assert_eq!(best.probability(6).to_string(), "11/48");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn maximum(&self, other: &Self) -> Result<Self> {
        self.extent().maximum(&other.extent())?.check()?;
        self.extreme(other, self.outcomes(), other.outcomes(), |a, b| a < b)
    }

    /// The smaller of two independent variables.
    ///
    /// # Errors
    /// Kind limit for a result that is too large, before any work.
    ///
    /// # Complexity
    /// Two products of integers an outcome. The smallest of many equal variables is
    /// [`Pool::keep_lowest(1)`](super::Pool::keep_lowest).
    pub fn minimum(&self, other: &Self) -> Result<Self> {
        self.extent().minimum(&other.extent())?.check()?;
        self.extreme(other, self.descending(), other.descending(), |a, b| a > b)
    }

    /// `|X|`.
    ///
    /// # Errors
    /// Kind overflow where `-2^63` is possible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let distance = (Distribution::die(6) - Distribution::die(6)).absolute()?;
    /// assert_eq!(distance.probability(0).to_string(), "1/6");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn absolute(&self) -> Result<Self> {
        if self.min() == i64::MIN {
            return Err(Error::overflow(format!("the absolute value of {} does not fit", self.min())));
        }
        if self.min() >= 0 {
            return Ok(self.clone());
        }
        if self.max() <= 0 {
            return self.clone().reversed();
        }
        self.map(i64::abs)
    }

    /// Outcomes outside of a range moved to its nearest end.
    ///
    /// # Errors
    /// Kind undefined for an empty range.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let damage = (Distribution::die(6) - 3).clamp(0..=2)?;
    /// assert_eq!(damage.probability(0).to_string(), "1/2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn clamp(&self, range: RangeInclusive<i64>) -> Result<Self> {
        let (low, high) = range.into_inner();
        if low > high {
            return Err(Error::undefined(format!("no outcome lies in {low}..={high}")));
        }
        self.map(|outcome| outcome.clamp(low, high))
    }

    /// All products, on the lattice that they lie on.
    fn products(&self, other: &Self, extent: &Extent) -> Result<Self> {
        let mut weights = vec![BigInt::ZERO; extent.len() as usize];
        for (done, (x, a)) in self.outcomes().enumerate() {
            progress::report("pairs", done as u64, self.weights.len() as u64)?;
            for (y, b) in other.outcomes() {
                // The corners fit, so every product does; two of them may be further apart.
                let distance = i128::from(x * y) - i128::from(extent.min());
                weights[(distance / i128::from(extent.step())) as usize] += a * b;
            }
        }
        Self::from_lattice(extent.min().into(), extent.step().into(), Poly::from_vec(ZZ, weights))
    }

    /// The outcome that comes later in an order which both go through: what came before counts for the other.
    fn extreme<'a>(
        &self,
        other: &Self,
        ours: impl Iterator<Item = (i64, &'a BigInt)>,
        theirs: impl Iterator<Item = (i64, &'a BigInt)>,
        before: impl Fn(i64, i64) -> bool,
    ) -> Result<Self> {
        let (mut ours, mut theirs) = (ours.peekable(), theirs.peekable());
        let (mut our_sum, mut their_sum) = (BigInt::ZERO, BigInt::ZERO);
        let mut sums = BTreeMap::new();
        let next = |a: Option<i64>, b: Option<i64>| match (a, b) {
            (Some(a), Some(b)) => Some(if before(b, a) { b } else { a }),
            (a, b) => a.or(b),
        };
        while let Some(outcome) = next(ours.peek().map(|o| o.0), theirs.peek().map(|o| o.0)) {
            let mut weight = BigInt::ZERO;
            let our_weight = ours.next_if(|o| o.0 == outcome).map(|o| o.1);
            if let Some(w) = our_weight {
                weight += w * &their_sum;
                our_sum += w;
            }
            if let Some((_, w)) = theirs.next_if(|o| o.0 == outcome) {
                // Ours counts up to here, so that the pair of equals counts once.
                weight += w * &our_sum;
                their_sum += w;
            }
            if !weight.is_zero() {
                sums.insert(outcome, weight);
            }
        }
        Self::on_lattice(sums, &self.denominator * &other.denominator)
    }

    /// The outcomes that are possible, descending, each with its weight.
    fn descending(&self) -> impl Iterator<Item = (i64, &BigInt)> {
        let mut k = self.weights.len();
        iter::from_fn(move || {
            loop {
                k = k.checked_sub(1)?;
                let weight = &self.weights[k];
                if !weight.is_zero() {
                    return Some((self.outcome(k), weight));
                }
            }
        })
    }
}

macro_rules! products {
    ($($left:ty, $right:ty;)*) => { $(
        /// The product of two independent variables; panics where `try_product` is an error.
        impl Mul<$right> for $left {
            type Output = Distribution;
            #[track_caller]
            fn mul(self, other: $right) -> Distribution {
                settle(self.try_product(&other))
            }
        }
    )* };
}
products! {
    Distribution, Distribution;
    Distribution, &Distribution;
    &Distribution, Distribution;
    &Distribution, &Distribution;
}
