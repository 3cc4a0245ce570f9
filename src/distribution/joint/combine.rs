//! Sums of independent pairs: products of polynomials in two variables.
//!
//! Kronecker's substitution `y = 1, x = y^columns`, with as many columns as the result has, makes one variable of two: the rows
//! of the table stand one behind another, and no product reaches into the next row.

use super::super::lattice::Lattice;
use super::{Joint, product};
use crate::Result;
use crate::distribution::{Extent, log2_above};
use crate::poly::{Poly, settle};
use crate::ring::{Integers, Ring, ZZ};
use num_bigint::BigInt;
use num_traits::One;
use std::ops::Add;

impl Joint {
    /// The sum of two independent pairs.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// One product of integer polynomials with as many coefficients as the result has cells.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let signs = |sides| Distribution::die(sides).joint_map(|x| (x, i64::from(x == 1)));
    /// let both = signs(6)?.try_add(&signs(8)?)?; // the sum, and how many ones
    /// assert_eq!(both.probability(2, 2).to_string(), "1/48");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_add(&self, other: &Self) -> Result<Self> {
        let first = sum(&self.first, &other.first)?;
        let second = sum(&self.second, &other.second)?;
        let denominator = &self.denominator * &other.denominator;
        product(first.len as u64, second.len as u64, log2_above(&denominator))?.check()?;
        let product = self.row_by_row(&first, &second).try_mul(&other.row_by_row(&first, &second))?;
        Ok(Joint::from_rows(first, second, product, denominator))
    }

    /// The sum of `n` independent copies; `(0, 0)` for none.
    ///
    /// # Panics
    /// Where [`try_times`](Self::try_times) is an error.
    #[track_caller]
    pub fn times(&self, n: u64) -> Self {
        settle(self.try_times(n))
    }

    /// The sum of `n` independent copies; `(0, 0)` for none.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// One power of an integer polynomial with as many coefficients as the result has cells.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let die = Distribution::die(6).joint_map(|x| (x, i64::from(x == 6)))?;
    /// assert_eq!(die.try_times(10)?.max(), (60, 10));
    /// assert!(die.try_times(1 << 40).is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_times(&self, n: u64) -> Result<Self> {
        if n == 0 {
            let origin = Lattice { offset: 0, step: 1, len: 1 };
            return Ok(Joint {
                first: origin,
                second: origin,
                weights: vec![BigInt::one()],
                denominator: BigInt::one(),
            });
        }
        self.extent_of_times(n)?.check()?;
        let [first, second] = self.axes_of_times(n)?.map(|axis| Lattice::of_extent(&axis));
        let power = self.row_by_row(&first, &second).try_pow(n)?;
        Ok(Joint::from_rows(first, second, power, ZZ.pow(&self.denominator, n)))
    }

    /// How large the table of [`try_times`](Self::try_times) is, as a distribution with an outcome a cell, and about how much work,
    /// without computing it.
    ///
    /// # Errors
    /// Kind overflow where an outcome does not fit, kind limit where the number of cells does not.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let die = Distribution::die(6).joint_map(|x| (x, i64::from(x == 6)))?;
    /// let hundred = die.extent_of_times(100)?;
    /// assert_eq!(hundred.len(), 501 * 101);
    /// assert!(hundred.work() > 1e6);
    /// assert!(die.extent_of_times(1_000_000)?.check().is_err()); // and nothing was computed
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn extent_of_times(&self, n: u64) -> Result<Extent> {
        let [first, second] = self.axes_of_times(n)?;
        product(first.len(), second.len(), log2_above(&self.denominator) * n as f64)
    }

    fn axes_of_times(&self, n: u64) -> Result<[Extent; 2]> {
        Ok([self.first.extent()?.times(n)?, self.second.extent()?.times(n)?])
    }

    /// The weights on lattices with steps that divide those of this one, a row a row of the second lattice.
    fn row_by_row(&self, first: &Lattice, second: &Lattice) -> Poly<Integers> {
        // A single row or column lies on every lattice.
        let stretch =
            |from: &Lattice, to: &Lattice| if from.len == 1 { 1 } else { (from.step / to.step) as usize };
        let (down, across) = (stretch(&self.first, first), stretch(&self.second, second));
        let mut rows = vec![BigInt::ZERO; ((self.first.len - 1) * down + 1) * second.len];
        for (i, row) in self.weights.chunks(self.second.len).enumerate() {
            for (j, weight) in row.iter().enumerate() {
                rows[i * down * second.len + j * across].clone_from(weight);
            }
        }
        Poly::from_vec(ZZ, rows)
    }

    fn from_rows(first: Lattice, second: Lattice, rows: Poly<Integers>, denominator: BigInt) -> Self {
        let mut weights = rows.into_coefficients();
        weights.resize(first.len * second.len, BigInt::ZERO);
        Joint { first, second, weights, denominator }
    }
}

fn sum(a: &Lattice, b: &Lattice) -> Result<Lattice> {
    Ok(Lattice::of_extent(&a.extent()?.plus(&b.extent()?)?))
}

/// The sum of two independent pairs; panics where `try_add` is an error.
impl Add<&Joint> for &Joint {
    type Output = Joint;
    #[track_caller]
    fn add(self, other: &Joint) -> Joint {
        settle(self.try_add(other))
    }
}
