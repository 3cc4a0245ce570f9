//! Joint distributions of two integer quantities: bivariate generating functions.
//!
//! The sum of independent pairs is the product of their polynomials in two variables,
//! `P((X, Y) + (X', Y') = (a, b)) = sum of P(X = i, Y = j) P(X' = a-i, Y' = b-j)`: the sum of many dice together with the number of
//! sixes among them, a ball that is dropped on a plane. It stands apart from one variable because a table has two lattices, and
//! because here quantities depend on each other.
//!
//! - `combine`: sums and n-fold sums, by Kronecker's substitution and one product of the engine
//! - `ask`: marginals, conditionals, covariance, functions of both
//!
//! # Invariants
//! Weights stand in rows, one an outcome of the first quantity, over one denominator, their sum. Each axis is the smallest lattice:
//! its first and last outcome are possible, and its step is the greatest common divisor of the distances.

mod ask;
mod combine;
#[cfg(test)]
mod tests;

use super::extent::too_far;
use super::lattice::Lattice;
use super::{Distribution, Extent, Reducer, log2_above};
use crate::poly::{Poly, PolyRing};
use crate::ring::{Integers, ZZ};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;

/// The exact joint distribution of two integer quantities with finitely many outcomes.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// // The sum of ten dice together with the number of sixes.
/// let both = Distribution::die(6).joint_map(|x| (x, i64::from(x == 6)))?.times(10);
/// assert_eq!(both.second(), Distribution::die(6).count_successes(10, |x| x == 6)?);
/// assert_eq!(both.given_second(9)?.min(), 55); // nine sixes and something else
/// assert_eq!(both.covariance().to_string(), "25/6");
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Joint {
    first: Lattice,
    second: Lattice,
    /// Row by row, `first.len * second.len` of them.
    weights: Vec<BigInt>,
    denominator: BigInt,
}

/// Refuses a table that is over the limit.
fn check(rows: u64, columns: u64, bits: f64) -> Result<()> {
    table(rows, columns, bits)?.check()
}

/// The size of a product with a table as the result, and its work.
fn product(rows: u64, columns: u64, bits: f64) -> Result<Extent> {
    let table = table(rows, columns, bits)?;
    Ok(table.with_work(table.product_work()))
}

/// The size of a table, as that of a distribution with as many outcomes.
fn table(rows: u64, columns: u64, bits: f64) -> Result<Extent> {
    let cells = rows.checked_mul(columns).filter(|&cells| i64::try_from(cells).is_ok());
    let cells = cells.ok_or_else(|| {
        Error::limit(format!("a table of {rows} times {columns} outcomes is over the limit"))
    })?;
    Extent::new(0, 1, cells, bits)
}

impl Joint {
    /// Pairs of outcomes with integer weights, in any order; a pair that stands there twice has the sum of its weights.
    ///
    /// # Errors
    /// Kind undefined for a negative weight or where all are zero, kind limit for outcomes too far apart.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Joint;
    /// let step = Joint::from_weights([((1, 0), 1), ((-1, 0), 1), ((0, 1), 1), ((0, -1), 1)])?;
    /// let walk = step.times(4); // four steps on a grid
    /// assert_eq!(walk.probability(0, 0).to_string(), "9/64");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_weights<W: Into<BigInt>>(weights: impl IntoIterator<Item = ((i64, i64), W)>) -> Result<Self> {
        let mut sums = BTreeMap::<(i64, i64), BigInt>::new();
        for (pair, weight) in weights {
            let weight = weight.into();
            if weight.sign() == Sign::Minus {
                return Err(Error::undefined(format!("the weight of {pair:?} is negative: {weight}")));
            }
            if !weight.is_zero() {
                *sums.entry(pair).or_default() += weight;
            }
        }
        let first = Lattice::spanning(sums.keys().map(|pair| pair.0))?;
        let second = Lattice::spanning(sums.keys().map(|pair| pair.1))?;
        let denominator: BigInt = sums.values().sum();
        check(first.len as u64, second.len as u64, log2_above(&denominator))?;
        let mut table = vec![BigInt::ZERO; first.len * second.len];
        for ((x, y), weight) in sums {
            let (i, j) = first.index(x).zip(second.index(y)).expect("the axes have all outcomes");
            table[i * second.len + j] = weight;
        }
        Ok(Joint { first, second, weights: table, denominator })
    }

    /// The pair whose generating function is `f` over the sum of its coefficients, times `x^i y^j` for the offsets `(i, j)`: `f` is in `x`, its
    /// coefficients are in `y`.
    ///
    /// # Errors
    /// Kind undefined for a negative weight or where all are zero, kind overflow where an outcome does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::{PolyRing, ZZ, distribution::Joint};
    /// let ring = PolyRing::new(ZZ, "y");
    /// let coins = ring.poly([ZZ.poly([1, 1]), ZZ.poly([0, 2])]); // 1 + y + 2 x y
    /// let both = Joint::from_generating_function((0, 0), &coins)?;
    /// assert_eq!(both.probability(1, 1).to_string(), "1/2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_generating_function(offsets: (i64, i64), f: &Poly<PolyRing<Integers>>) -> Result<Self> {
        let place = |offset: i64, k: usize| {
            let outcome = i64::try_from(k).ok().and_then(|k| offset.checked_add(k));
            outcome.ok_or_else(too_far)
        };
        let mut weights = Vec::new();
        for (i, row) in f.iter().enumerate() {
            for (j, weight) in row.iter().enumerate().filter(|(_, weight)| !weight.is_zero()) {
                weights.push(((place(offsets.0, i)?, place(offsets.1, j)?), weight.clone()));
            }
        }
        Self::from_weights(weights)
    }

    /// The smallest outcome of each quantity; they need not occur together.
    pub fn min(&self) -> (i64, i64) {
        (self.first.offset, self.second.offset)
    }

    /// The largest outcome of each quantity; they need not occur together.
    pub fn max(&self) -> (i64, i64) {
        (self.first.outcome(self.first.len - 1), self.second.outcome(self.second.len - 1))
    }

    /// The generating function of the weights from the [smallest outcomes](Self::min) on: a polynomial in `x`, for the first quantity, whose
    /// coefficients are polynomials in `y`, for the second. That of a sum is the product.
    ///
    /// # Errors
    /// Kind limit where outcomes are so far apart that the polynomial would be too large.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let both = Distribution::die(3).joint_map(|x| (x, x % 2))?;
    /// let twice = both.times(2);
    /// assert_eq!(twice.min(), (2, 0));
    /// assert_eq!(twice.generating_function()?.to_string(), "y^2*x^4 + 2*y*x^3 + (2*y^2 + 1)*x^2 + 2*y*x + y^2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn generating_function(&self) -> Result<Poly<PolyRing<Integers>>> {
        let span = |axis: &Lattice| (axis.len as u64 - 1).saturating_mul(axis.step as u64).saturating_add(1);
        let (rows, columns) = (span(&self.first), span(&self.second));
        check(rows, columns, log2_above(&self.denominator))?;
        let mut f = vec![Poly::zero(ZZ); rows as usize];
        let places = f.iter_mut().step_by(self.first.step as usize);
        for (row, weights) in places.zip(self.weights.chunks(self.second.len)) {
            *row = Poly::from_vec(ZZ, weights.to_vec()).inflate(self.second.step as usize);
        }
        Ok(Poly::from_vec(PolyRing::new(ZZ, "y"), f))
    }

    /// The pairs that are possible, in order, each with its weight.
    pub fn outcomes(&self) -> impl Iterator<Item = ((i64, i64), &BigInt)> {
        let columns = self.second.len;
        let pair = move |k: usize| (self.first.outcome(k / columns), self.second.outcome(k % columns));
        self.weights.iter().enumerate().filter(|(_, w)| !w.is_zero()).map(move |(k, w)| (pair(k), w))
    }

    /// The pairs that are possible, in order, each with its probability.
    pub fn probabilities(&self) -> impl Iterator<Item = ((i64, i64), BigRational)> {
        let reducer = Reducer::new(&self.denominator);
        self.outcomes().map(move |(pair, weight)| (pair, reducer.fraction(weight)))
    }

    /// The weight of one pair, over the common denominator.
    pub fn weight(&self, x: i64, y: i64) -> BigInt {
        match self.first.index(x).zip(self.second.index(y)) {
            Some((i, j)) => self.weights[i * self.second.len + j].clone(),
            None => BigInt::ZERO,
        }
    }

    /// The common denominator of all probabilities, not reduced.
    pub fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// Both axes.
    #[cfg(feature = "serde")]
    pub(super) fn lattices(&self) -> (Lattice, Lattice) {
        (self.first, self.second)
    }

    /// The weights, row by row.
    #[cfg(feature = "serde")]
    pub(super) fn weights(&self) -> &[BigInt] {
        &self.weights
    }

    /// The two quantities in the other order.
    pub fn swapped(&self) -> Self {
        let (rows, columns) = (self.first.len, self.second.len);
        let cell = |k: usize| self.weights[k % rows * columns + k / rows].clone();
        Joint {
            first: self.second,
            second: self.first,
            weights: (0..rows * columns).map(cell).collect(),
            denominator: self.denominator.clone(),
        }
    }
}

/// Joint distributions are equal when every probability is, whatever the denominators.
impl PartialEq for Joint {
    fn eq(&self, other: &Self) -> bool {
        (self.first, self.second) == (other.first, other.second)
            && self
                .weights
                .iter()
                .zip(&other.weights)
                .all(|(a, b)| a * &other.denominator == b * &self.denominator)
    }
}

impl Eq for Joint {}

impl Distribution {
    /// Two independent variables side by side.
    ///
    /// # Errors
    /// Kind limit for a table that is too large, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let both = Distribution::die(6).joint(&Distribution::die(4))?;
    /// assert_eq!(both.probability_of(|x, y| x < y).to_string(), "1/4");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn joint(&self, other: &Self) -> Result<Joint> {
        let (first, second) = (self.lattice(), other.lattice());
        let denominator = &self.denominator * &other.denominator;
        check(first.len as u64, second.len as u64, log2_above(&denominator))?;
        let weights = self.weights.iter().flat_map(|a| other.weights.iter().map(move |b| a * b)).collect();
        Ok(Joint { first, second, weights, denominator })
    }

    /// Two functions of one variable: what is rolled and what it counts for.
    ///
    /// # Errors
    /// Kind limit for outcomes too far apart.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let both = Distribution::die(6).joint_map(|x| (x, x % 2))?;
    /// assert_eq!(both.given_second(1)?.mean().to_string(), "3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn joint_map(&self, mut f: impl FnMut(i64) -> (i64, i64)) -> Result<Joint> {
        Joint::from_weights(self.outcomes().map(|(outcome, weight)| (f(outcome), weight.clone())))
    }
}
