//! Derivative and integral: `sum of k*c[k]*x^(k-1)` and `sum of c[k]/(k+1)*x^(k+1)`, formally over any ring.

use super::{Poly, check_size, settle};
use crate::Result;
use crate::ring::{Field, Ring, generic::series::numbers::no_quotient};
use num_bigint::BigInt;
use std::ops::RangeInclusive;

impl<R: Ring> Poly<R> {
    /// The derivative.
    ///
    /// # Panics
    /// In a partial ring, where a coefficient does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2, 3]).derivative(), ZZ.poly([2, 6]));
    /// ```
    #[track_caller]
    pub fn derivative(&self) -> Self {
        settle(self.try_derivative(1))
    }

    /// The `k`-th derivative.
    ///
    /// # Panics
    /// In a partial ring, where a coefficient does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([0, 0, 0, 1, 1]).derivative_n(3), ZZ.poly([6, 24]));
    /// ```
    #[track_caller]
    pub fn derivative_n(&self, k: usize) -> Self {
        settle(self.try_derivative(k))
    }

    /// The `k`-th derivative.
    ///
    /// # Errors
    /// Kind overflow in a partial ring.
    pub fn try_derivative(&self, k: usize) -> Result<Self> {
        if k == 0 {
            return Ok(self.clone());
        }
        let Some(rest) = self.coefficients.get(k..) else { return Ok(Poly::zero(self.ring.clone())) };
        // (i+1)(i+2)...(i+k), from one coefficient that is not zero to the next by one product and one exact division.
        let product = |range: RangeInclusive<usize>| range.product::<BigInt>();
        let (mut falling, mut last) = (product(1..=k), 0);
        let mut coefficients = vec![self.ring.zero(); rest.len()];
        for (i, c) in rest.iter().enumerate().filter(|(_, c)| !self.ring.is_zero(c)) {
            falling = falling * product(last + k + 1..=i + k) / product(last + 1..=i);
            last = i;
            coefficients[i] = self.ring.try_mul(&self.ring.try_from_integer(falling.clone())?, c)?;
        }
        Ok(self.sibling(coefficients))
    }

    /// The integral with constant term zero.
    ///
    /// # Errors
    /// Kind undefined or not exact where a coefficient of `x^k` does not divide by `k + 1`; kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2]).try_integral()?, ZZ.poly([0, 1, 1]));
    /// assert!(ZZ.poly([0, 1]).try_integral().is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_integral(&self) -> Result<Self> {
        if self.is_zero() {
            return Ok(self.clone());
        }
        check_size(&self.ring, self.len() as u64 + 1, 0)?;
        let mut coefficients = Vec::with_capacity(self.len() + 1);
        coefficients.push(self.ring.zero());
        for (k, c) in self.coefficients.iter().enumerate() {
            coefficients.push(if self.ring.is_zero(c) {
                c.clone()
            } else {
                let number = self.ring.try_from_integer((k + 1).into())?;
                self.ring.try_exact_quo(c, &number).map_err(|error| no_quotient(&self.ring, k + 1, &error))?
            });
        }
        Ok(self.sibling(coefficients))
    }
}

impl<R: Field> Poly<R> {
    /// The integral with constant term zero.
    ///
    /// # Panics
    /// Where `k + 1` is zero in the field for a coefficient of `x^k`: in characteristic `p` only.
    ///
    /// # Examples
    /// ```
    /// use monic::QQ;
    /// assert_eq!(QQ.poly([1, 1]).integral().to_string(), "1/2*x^2 + x");
    /// ```
    #[track_caller]
    pub fn integral(&self) -> Self {
        settle(self.try_integral())
    }
}
