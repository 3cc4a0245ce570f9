//! Resultant, subresultants and discriminant: `res(f, g) = lc(f)^deg(g) * product of g(root of f)`, by the ring's hook.
//!
//! Polynomials of degree 0 count with their degree: `res(c, g) = c^deg(g)`.

use super::{Poly, settle};
use crate::Result;
use crate::ring::{Domain, remainders};

impl<R: Domain> Poly<R> {
    /// The resultant; zero exactly when there is a common factor of positive degree, or one of them is zero.
    ///
    /// # Panics
    /// Over floats; on different rings; where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([-2, 0, 1]).resultant(&ZZ.poly([-3, 0, 1])), 1.into());
    /// ```
    #[track_caller]
    pub fn resultant(&self, other: &Self) -> R::Element {
        settle(self.try_resultant(other))
    }

    /// The resultant.
    ///
    /// # Errors
    /// Kind unsupported over floats; kind ring mismatch; kind overflow in a partial ring; over Z and Q kind limit for one that may be over
    /// the [limit](crate::limit).
    pub fn try_resultant(&self, other: &Self) -> Result<R::Element> {
        self.check_ring(other)?;
        self.ring.poly_resultant(&self.coefficients, &other.coefficients)
    }

    /// The subresultants `S_0, S_1, ..` of two polynomials, as many as the smaller degree: `S_0` is the resultant, and the first one that is
    /// not zero is a multiple of the gcd, by an element.
    ///
    /// # Errors
    /// Kind undefined where one is zero; kind unsupported over floats; kind ring mismatch; kind overflow in a partial ring.
    ///
    /// # Complexity
    /// Quadratic in the degrees, in elements that grow linearly over Z.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let chain = ZZ.poly([-2, 0, 1]).try_subresultants(&ZZ.poly([-1, 2, 3]))?;
    /// assert_eq!(chain, [ZZ.poly([17]), ZZ.poly([5, 2])]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_subresultants(&self, other: &Self) -> Result<Vec<Self>> {
        self.check_ring(other)?;
        let chain = remainders::subresultants(&self.ring, &self.coefficients, &other.coefficients)?;
        Ok(chain.into_iter().map(|s| self.sibling(s)).collect())
    }

    /// The discriminant, `lc^(2n-2) * product of (r_i - r_j)^2` over pairs of roots; zero for constants.
    ///
    /// # Panics
    /// Over floats; where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([5, 3, 2]).discriminant(), (3 * 3 - 4 * 2 * 5).into());
    /// ```
    #[track_caller]
    pub fn discriminant(&self) -> R::Element {
        settle(self.try_discriminant())
    }

    /// The discriminant.
    ///
    /// # Errors
    /// Kind unsupported over floats; kind overflow in a partial ring.
    pub fn try_discriminant(&self) -> Result<R::Element> {
        let ring = &self.ring;
        let (Some(leading), Some(degree @ 1..)) = (self.leading_coefficient(), self.degree()) else {
            return Ok(ring.zero());
        };
        let derivative = self.try_derivative(1)?;
        let Some(derivative_degree) = derivative.degree() else { return Ok(ring.zero()) };
        // (-1)^(n(n-1)/2) * res(f, f') / lc(f), with f' taken as of degree n - 1, which in characteristic p it may not be.
        let mut value = self.try_resultant(&derivative)?;
        match degree - 1 - derivative_degree {
            0 => value = ring.try_exact_quo(&value, leading)?,
            drop => {
                for _ in 1..drop {
                    value = ring.try_mul(&value, leading)?;
                }
            }
        }
        if degree % 4 >= 2 { ring.try_neg(&value) } else { Ok(value) }
    }
}
