//! What only moves coefficients: shifts by `x^k`, truncation, reversal, spreading.
//!
//! No ring operation happens here, so nothing can fail but the size of a result.

use super::{Poly, check_size, reserve, settle};
use crate::Result;
use crate::ring::Ring;

impl<R: Ring> Poly<R> {
    /// `self * x^k`.
    ///
    /// # Panics
    /// When the result is over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2]).mul_x_pow(2), ZZ.poly([0, 0, 1, 2]));
    /// ```
    #[track_caller]
    pub fn mul_x_pow(&self, k: usize) -> Self {
        settle(self.try_mul_x_pow(k as u64))
    }

    /// `self * x^k`.
    ///
    /// # Errors
    /// Kind limit.
    pub fn try_mul_x_pow(&self, k: u64) -> Result<Self> {
        if self.is_zero() {
            return Ok(self.clone());
        }
        check_size(&self.ring, k.saturating_add(self.len() as u64), 0)?;
        Ok(self.clone().shift_up(k as usize))
    }

    /// `self * x^k` in the storage of `self`; the size has been checked.
    pub(super) fn shift_up(mut self, k: usize) -> Self {
        if k > 0 && !self.is_zero() {
            self.coefficients.splice(0..0, std::iter::repeat_n(self.ring.zero(), k));
        }
        self
    }

    /// The quotient by `x^k`: coefficients `k..`.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2, 3]).quo_x_pow(1), ZZ.poly([2, 3]));
    /// ```
    pub fn quo_x_pow(&self, k: usize) -> Self {
        let coefficients = self.coefficients.get(k..).unwrap_or_default().to_vec();
        Poly { ring: self.ring.clone(), coefficients }
    }

    /// The remainder modulo `x^n`: coefficients `0..n`.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2, 3]).truncate(2), ZZ.poly([1, 2]));
    /// ```
    pub fn truncate(&self, n: usize) -> Self {
        self.sibling(self.coefficients[..n.min(self.len())].to_vec())
    }

    /// `x^degree * self(1/x)`: the coefficients backwards. Zeros at the low end are lost.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2, 3]).reverse(), ZZ.poly([3, 2, 1]));
    /// ```
    pub fn reverse(&self) -> Self {
        self.sibling(self.coefficients.iter().rev().cloned().collect())
    }

    /// `x^(len - 1) * self(1/x)` for the polynomial taken modulo `x^len`: coefficient `k` becomes that of
    /// `len - 1 - k`.
    ///
    /// # Panics
    /// When `len` coefficients are over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2]).reverse_len(4), ZZ.poly([0, 0, 2, 1]));
    /// ```
    #[track_caller]
    pub fn reverse_len(&self, len: usize) -> Self {
        let kept = self.len().min(len);
        settle(check_size(&self.ring, len as u64, 0));
        let zeros = std::iter::repeat_n(self.ring.zero(), len - kept);
        self.sibling(zeros.chain(self.coefficients[..kept].iter().rev().cloned()).collect())
    }

    /// `self(x^k)`.
    ///
    /// # Panics
    /// When the result is over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2]).inflate(3), ZZ.poly([1, 0, 0, 2]));
    /// assert_eq!(ZZ.poly([1, 2]).inflate(0), ZZ.poly([3]));
    /// ```
    #[track_caller]
    pub fn inflate(&self, k: usize) -> Self {
        settle(self.try_inflate(k as u64))
    }

    /// `self(x^k)`.
    ///
    /// # Errors
    /// Kind limit; for `k = 0` kind overflow in a partial ring.
    pub fn try_inflate(&self, k: u64) -> Result<Self> {
        let Some(degree) = self.degree() else { return Ok(self.clone()) };
        if k == 0 {
            return Ok(Poly::constant(
                self.ring.clone(),
                self.ring.evaluate(&self.coefficients, &self.ring.one())?,
            ));
        }
        let len = (degree as u64).saturating_mul(k).saturating_add(1);
        check_size(&self.ring, len, 0)?;
        let mut coefficients = Vec::new();
        reserve(&mut coefficients, len as usize)?;
        coefficients.resize(len as usize, self.ring.zero());
        for (c, place) in self.coefficients.iter().zip(coefficients.iter_mut().step_by(k as usize)) {
            *place = c.clone();
        }
        Ok(Poly { ring: self.ring.clone(), coefficients })
    }

    /// The `g` with `g(x^k) == self`, where there is one.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 0, 2]).deflate(2), Some(ZZ.poly([1, 2])));
    /// assert_eq!(ZZ.poly([1, 1, 2]).deflate(2), None);
    /// ```
    ///
    /// # Panics
    /// When `k` is 0.
    #[track_caller]
    pub fn deflate(&self, k: usize) -> Option<Self> {
        assert!(k > 0, "x^0 is a constant: nothing but a constant is a polynomial in it");
        let spread = self.coefficients.iter().enumerate().all(|(i, c)| i % k == 0 || self.ring.is_zero(c));
        spread.then(|| self.sibling(self.coefficients.iter().step_by(k).cloned().collect()))
    }
}
