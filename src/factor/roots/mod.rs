//! Exact roots in the ring of the coefficients: all `r` with `f(r) = 0`, without factoring `f`.
//!
//! They stand apart from factors because far less is computed, and because Z/n has roots where it has no factors that one could speak of.
//!
//! - over GF(q): in [`finite`](super::finite)
//! - `rationals`: over Z and Q, from roots modulo a prime
//! - `residues`: modulo a prime power
//! - `lifting`: Newton's iteration from a prime to its powers
//!
//! # Invariants
//! Roots ascend in the order of the ring, of which residues are `0, 1, ..., n-1`. The multiplicity of a root `r` is the largest `e` for which `(x - r)^e`
//! divides `f` in the ring, modulo prime powers too.

mod lifting;
pub(crate) mod rationals;
mod residues;
#[cfg(test)]
mod tests;

use super::finite;
use crate::ring::{FiniteField, Ring};
use crate::{Error, Poly, Result};

/// A root with its multiplicity.
pub(crate) type Root<R> = (<R as Ring>::Element, usize);

/// A ring in which the roots of polynomials can be found.
pub trait Roots: Ring {
    /// The roots of a polynomial that is not zero with their multiplicities, ascending.
    ///
    /// # Errors
    /// Kind unsupported where the ring cannot tell; kind limit for too many; kind interrupted.
    fn poly_roots(&self, f: &Poly<Self>) -> Result<Vec<(Self::Element, usize)>>;
}

impl<R: Roots> Poly<R> {
    /// The roots in the ring of the coefficients with their multiplicities, ascending.
    ///
    /// # Panics
    /// Where [`try_roots`](Poly::try_roots) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ZZ, Zmod};
    /// let f = ZZ.parse("2*x^4 - 3*x^3 + x^2")?; // x^2*(x - 1)*(2*x - 1)
    /// assert_eq!(f.roots(), [(0.into(), 2), (1.into(), 1)]);
    /// assert_eq!(f.to_ring(&QQ).roots().len(), 3);
    /// assert_eq!(Zmod::prime(7)?.parse("x^3 - 1")?.roots(), [(1, 1), (2, 1), (4, 1)]);
    /// assert_eq!(Zmod::new(8).parse("x^2 - 1")?.roots(), [(1, 1), (3, 1), (5, 1), (7, 1)]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn roots(&self) -> Vec<(R::Element, usize)> {
        crate::poly::settle(self.try_roots())
    }

    /// The roots in the ring of the coefficients with their multiplicities, ascending.
    ///
    /// The multiplicity of `r` is the largest `e` for which `(x - r)^e` divides the polynomial.
    ///
    /// # Errors
    /// Kind undefined for the zero polynomial, of which every element is a root; kind unsupported modulo a number that is no prime power, with a factor
    /// where a small one was found; kind limit for more than `2^20` roots modulo a prime power; kind interrupted, when an
    /// [observer](crate::progress::watch) stops the work.
    pub fn try_roots(&self) -> Result<Vec<(R::Element, usize)>> {
        if self.is_zero() {
            return Err(Error::undefined("the roots of zero: every element is one"));
        }
        self.ring().poly_roots(self)
    }
}

impl<F: FiniteField> Roots for F {
    fn poly_roots(&self, f: &Poly<F>) -> Result<Vec<Root<F>>> {
        let mut roots = finite::roots::of(f)?;
        crate::sorting::by(&mut roots, |(a, _), (b, _)| FiniteField::compare(self, a, b));
        Ok(roots)
    }
}
