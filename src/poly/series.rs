//! Functions of a polynomial as a power series: their first `n` coefficients, as a polynomial.
//!
//! They stand apart from [`Series`](crate::Series), which keeps what it knows: a polynomial is exact, so any number of coefficients can be asked for, also
//! where the result begins with a power of `x`.

use super::Poly;
use crate::{
    Result,
    ring::{Elementary, Ring, generic::series::Function},
};
use num_rational::BigRational;

impl<R: Ring> Poly<R> {
    /// `1/f` modulo `x^n`.
    ///
    /// # Errors
    /// Kind undefined where the constant coefficient is no unit, with the factor that it shares with a modulus; kind limit.
    ///
    /// # Complexity
    /// Two products of length `n`.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, -2]).try_inverse_series(4)?, ZZ.poly([1, 2, 4, 8]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_inverse_series(&self, n: usize) -> Result<Self> {
        Ok(self.sibling(self.ring.quotient_series(None, &self.coefficients, n)?))
    }

    /// `f/g` modulo `x^n`, with the powers of `x` that both have taken out.
    ///
    /// # Errors
    /// Kind undefined where the first coefficient of `g` is no unit or the quotient would begin with a negative power of `x`; kind ring mismatch;
    /// kind not exact for coefficients outside of the ring; kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([0, 1, 1]).try_quo_series(&ZZ.poly([0, 1, -1]), 4)?, ZZ.poly([1, 2, 2, 2]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_quo_series(&self, other: &Self, n: usize) -> Result<Self> {
        self.check_ring(other)?;
        Ok(self.sibling(self.ring.quotient_series(Some(&self.coefficients), &other.coefficients, n)?))
    }

    /// An elementary function of `f` modulo `x^n`.
    ///
    /// # Errors
    /// As for [`elementary`](crate::ring::generic::series::elementary); kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ring::Elementary};
    /// let f = QQ.poly([0, 1]).try_elementary_series(Elementary::Tan, 6)?;
    /// assert_eq!(f.to_string(), "2/15*x^5 + 1/3*x^3 + x");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_elementary_series(&self, function: Elementary, n: usize) -> Result<Self> {
        self.series(&Function::Elementary(function, &self.coefficients), n)
    }

    /// `f^e` modulo `x^n`, for any rational `e`: square roots for 1/2.
    ///
    /// # Errors
    /// As for [`power`](crate::ring::generic::series::power); kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::Zmod;
    /// use num_rational::BigRational;
    /// let f = Zmod::prime(7)?.poly([0, 0, 2, 1]); // x^2*(2 + x)
    /// let root = f.try_power_series(&BigRational::new(1.into(), 2.into()), 4)?;
    /// assert_eq!(root.to_string(), "x^3 + 6*x^2 + 3*x");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_power_series(&self, e: &BigRational, n: usize) -> Result<Self> {
        self.series(&Function::Power(&self.coefficients, e), n)
    }

    /// The composition `f(g)` modulo `x^n`.
    ///
    /// A constant coefficient of `g` that is not 0 is allowed: `f` is exact.
    ///
    /// # Errors
    /// Kind ring mismatch; those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)` operations (Y. Kinoshita, B. Li 2024).
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let (f, g) = (ZZ.poly([0, 0, 1]), ZZ.poly([1, 1, 1]));
    /// assert_eq!(f.try_compose_series(&g, 3)?, ZZ.poly([1, 2, 3])); // (1 + x + x^2)^2
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_compose_series(&self, other: &Self, n: usize) -> Result<Self> {
        self.check_ring(other)?;
        match other.coefficients.first().filter(|c| !self.ring.is_zero(c)) {
            None => self.series(&Function::Composition(&self.coefficients, &other.coefficients), n),
            Some(c) => {
                let shifted = self.ring.taylor_shift(&self.coefficients, c)?;
                let mut rest = other.coefficients.clone();
                rest[0] = self.ring.zero();
                self.series(&Function::Composition(&shifted, &rest), n)
            }
        }
    }

    /// The reversion modulo `x^n`: the `r` with `f(r) = x`, for an `f = c*x + ...` with a unit `c`.
    ///
    /// # Errors
    /// Kind undefined where the constant coefficient is not 0, or the next one is no unit, with the factor that it shares with a modulus.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([0, 1, -1]).try_reversion(6)?, ZZ.poly([0, 1, 1, 2, 5, 14])); // Catalan's numbers
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_reversion(&self, n: usize) -> Result<Self> {
        self.series(&Function::Reversion(&self.coefficients), n)
    }

    fn series(&self, function: &Function<'_, R::Element>, n: usize) -> Result<Self> {
        Ok(self.sibling(self.ring.power_series(function, n)?))
    }
}
