//! Division: `f = q*g + r` with `deg r < deg g`, where the leading coefficient of `g` is a unit.

use super::{Poly, settle};
use crate::ring::{Field, Ring, generic};
use crate::{Error, Result};

impl<R: Ring> Poly<R> {
    /// Quotient and remainder, over any ring.
    ///
    /// # Errors
    /// Kind undefined when `other` is zero or its leading coefficient is no unit (with the factor it shares with
    /// a modulus); kind ring mismatch; kind overflow in a partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let (q, r) = ZZ.poly([1, 2, 3]).try_quo_rem(&ZZ.poly([1, 1]))?;
    /// assert_eq!((q, r), (ZZ.poly([-1, 3]), ZZ.poly([2])));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_quo_rem(&self, other: &Self) -> Result<(Self, Self)> {
        self.check_ring(other)?;
        if other.is_zero() {
            return Err(Error::undefined("division by the zero polynomial"));
        }
        let (quo, rem) = generic::quo_rem(&self.ring, &self.coefficients, &other.coefficients)?;
        Ok((self.sibling(quo), self.sibling(rem)))
    }

    /// The greatest common divisor, over any ring, by the ring's own algorithm.
    ///
    /// # Errors
    /// Kind undefined, with the factor, where a leading coefficient is not invertible modulo a composite number;
    /// kind unsupported over floats; kind ring mismatch.
    pub fn try_gcd(&self, other: &Self) -> Result<Self> {
        self.check_ring(other)?;
        Ok(self.sibling(self.ring.poly_gcd(&self.coefficients, &other.coefficients)?))
    }
}

impl<R: Field> Poly<R> {
    /// Quotient and remainder.
    ///
    /// # Panics
    /// When `other` is zero; on different rings.
    #[track_caller]
    pub fn quo_rem(&self, other: &Self) -> (Self, Self) {
        settle(self.try_quo_rem(other))
    }
}
